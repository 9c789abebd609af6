"""What an address proves of how to get what it holds: by its form alone, safe for a shell."""

from __future__ import annotations

import pytest

from gen.pages.actions import GITHUB, HUGGING_FACE


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://huggingface.co/owner/model-1.0", "owner/model-1.0"),
        ("https://huggingface.co/owner/model/tree/main/sub", "owner/model"),
        ("https://huggingface.co/owner/model/", "owner/model"),
        ("https://huggingface.co/owner", ""),
        ("https://huggingface.co/datasets/owner", ""),
        ("https://huggingface.co/spaces/owner/x", ""),
        ("https://huggingface.co/collections/owner/x", ""),
        ("https://huggingface.co/-owner/model", ""),
        ("https://huggingface.co/owner/model;rm", ""),
        ("https://huggingface.co/owner/$(id)", ""),
        ("https://evil.example/huggingface.co/owner/model", ""),
    ],
)
def test_a_model_on_hugging_face_is_told_by_its_address(address: str, name: str) -> None:
    match = HUGGING_FACE.fullmatch(address)
    assert (match[1] if match else "") == name


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://github.com/owner/code", "owner/code"),
        ("https://github.com/owner/code/tree/main#readme", "owner/code"),
        ("https://github.com/owner", ""),
        ("https://github.com/owner/code&x", ""),
        ("https://gitlab.com/owner/code", ""),
    ],
)
def test_a_repository_on_github_is_told_by_its_address(address: str, name: str) -> None:
    match = GITHUB.fullmatch(address)
    assert (match[1] if match else "") == name
