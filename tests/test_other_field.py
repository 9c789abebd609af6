"""Another field starts from this code: other terms, another name, three studies in, a site out."""

from __future__ import annotations

import re

import pytest

from gen.corpus.load import load
from gen.site import site as generated_site
from tests import build, invented, markup
from tests.real import TAXONOMY

# Of remote sensing: vocabulary -> label, plural, terms.
VOCABULARIES = {
    "modalities": ("Sensor", "Sensors", ("Optical", "Multispectral", "SAR", "Lidar")),
    "domains": ("Application", "Applications", ("Agriculture", "Forestry", "Floods")),
    "tasks": ("Task", "Tasks", ("Segmentation", "Change detection", "Scene classification")),
}
# What is said of this review's field only; not where it is a part of an id.
OURS = re.compile(r"(?i)(?<![-/\w])(?:medical|medicine|radiolog\w+|clinic\w+|patients?)(?![-\w])")
# The questions of the trends are this review's own: some are asked of medicine by name.
KEPT = ("trends/", "cite/trends/", "search/")
REVIEW = """\
title = "Foundation Models in Remote Sensing: a Living Review"
short = "Earth Review"
subject = "foundation models in remote sensing"
keywords = ["remote sensing"]
authors = ["The Earth Review Contributors"]
repository = "https://example.org/earth/review"
site = "https://example.org/earth/"
"""
STUDIES = [
    {
        "id": f"earth-{number}",
        "name": f"EarthNet {number}",
        "title": f"EarthNet {number}: reading images of the Earth",
        "authors": "Erde, Eva",
        "date": f"2024-0{number}",
        "arxiv": f"240{number}.00001",
        "contribution": "foundation-model",
        "family": "vision-only",
        "architecture": "vit-encoder",
        "training": "masked-modelling",
        "modalities": modalities,
        "domains": domain,
        "tasks": "segmentation; change-detection",
        "train_data": "scenes",
        "summary": "A model that was made up for the tests.",
        "evidence": "https://example.org/paper",
        "coded_from": "abstract",
    }
    for number, modalities, domain in (
        (1, "sar", "floods"),
        (2, "optical; multispectral", "agriculture"),
        (3, "sar; lidar", "forestry"),
    )
]


def vocabulary(name: str, label: str, plural: str, terms: tuple[str, ...]) -> str:
    head = f'[{name}]\nlabel = "{label}"\nplural = "{plural}"\nabout = "{plural} of a study."\n'
    return head + "".join(
        f"[{name}.terms.{term.lower().replace(' ', '-')}]\n"
        f'label = "{term}"\ndefinition = "{term} as the study names it."\n'
        for term in terms
    )


def taxonomy() -> str:
    """The terms of this review with three vocabularies replaced, and the rest of no field."""
    parts = re.split(r"(?m)^(?=\[[a-z_]+\]$)", TAXONOMY.read_text(encoding="utf-8"))
    names = [re.match(r"\[([a-z_]+)\]", part) for part in parts]
    return "".join(
        vocabulary(name[1], *VOCABULARIES[name[1]])
        if name and name[1] in VOCABULARIES
        else OURS.sub("earthly", part)
        for name, part in zip(names, parts, strict=True)
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | bytes]:
    data = invented.write(tmp_path_factory.mktemp("earth") / "data")
    (data / "taxonomy.toml").write_text(taxonomy(), encoding="utf-8")
    (data / "review.toml").write_text(REVIEW, encoding="utf-8")
    for table in ("results", "second_coding", "permalinks", "renames", "base_models"):
        invented.write_table(data, table, [])
    invented.write_table(data, "studies", STUDIES)
    invented.write_table(
        data, "datasets", [{"id": "scenes", "name": "Scenes", "modalities": "optical"}]
    )
    source = {"source": "list", "kind": "curated-list"}
    counts = {"raw_records": "1", "unique_new_records": "1"}
    invented.write_table(data, "sources", [source | counts])
    record = {"id": "r1", "title": "Waits", "sources": "list", "decision": "include"}
    invented.write_table(data, "records", [record | {"priority": "1"}])
    docs = build.docs(data.parent / "docs")
    for chapter in (docs / "review").glob("*.md"):  # they are of this field: others write theirs
        chapter.write_text("# Review {#top}\n", encoding="utf-8")
    return dict(generated_site(load(data), docs))


def test_three_studies_of_another_field_make_a_site(site: dict[str, str | bytes]) -> None:
    for page, words in {
        "index.md": "Foundation Models in Remote Sensing",
        "modalities/sar.md": "SAR as the study names it.",
        "tasks/change-detection.md": "Change detection",
        "domains/floods.md": "EarthNet 1",
        "studies/earth-3.md": "EarthNet 3: reading images of the Earth",
        "datasets/scenes.md": "Scenes",
        "about/codebook.md": "Lidar",
        "data/studies.csv": "earth-2",
        "status.json": "Foundation Models in Remote Sensing",
    }.items():
        assert words in str(site[page]), page
    assert markup.read(site, "modalities/sar.md").text.count("EarthNet") >= 2


def test_no_page_speaks_of_the_field_of_this_review(site: dict[str, str | bytes]) -> None:
    found = {
        path: text[max(0, match.start() - 60) : match.end() + 60]
        for path, text in site.items()
        if isinstance(text, str) and not path.startswith(KEPT) and (match := OURS.search(text))
    }
    assert found == {}
