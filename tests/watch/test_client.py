"""Servers that are slow, fail, limit, redirect and lie end in an answer or in one sentence."""

from __future__ import annotations

import time

import pytest

from gen.watch.client import Look, Manners, Unanswered
from tests.watch.server import Answer, Reply, always, in_turn, running

PLACE = "api.example.org/works"
ADDRESS = f"https://{PLACE}"


def said(answer: Answer, **manners: float) -> str:
    """The sentence with which asking ends."""
    with running({PLACE: answer}) as server, pytest.raises(Unanswered) as error:
        server.client(**manners).json(ADDRESS)
    assert error.value.exit_code == 3
    (problem,) = error.value.problems
    return str(problem)


NO_JSON = "answered with something other than JSON, perhaps a page for people; try later"
FAULTS = {
    "a page for people": (always("<!doctype html><p>Are you a robot?"), NO_JSON),
    "half an answer": (always('{"message": '), NO_JSON),
    "a nest of brackets": (always("[" * 100_000), NO_JSON),
    "a broken line": (
        always('{"message": "cut off here"}', cut=9),
        "broke off in the middle of its answer; try again later",
    ),
    "an error": (always("no", status=500), "answered with the error 500; try again later"),
    "a refusal": (always("no", status=403), "answered with the error 403; try again later"),
    # As OpenAlex, Crossref and arXiv say why.
    "a reason": (
        always(
            {"error": "Invalid query parameters error.", "message": "Wildcards are too short."},
            status=400,
        ),
        "refuses the question: Wildcards are too short.",
    ),
    "a reason in a list": (
        always(
            {
                "status": "failed",
                "message-type": "validation-failure",
                "message": [{"type": "integer-not-valid", "value": "x", "message": "No integer. "}],
            },
            status=400,
        ),
        "refuses the question: No integer.",
    ),
    "a reason in Atom": (
        always("<feed><entry><summary>bad id\n a&amp;b</summary></entry></feed>", status=400),
        "refuses the question: bad id a&b",
    ),
    "a reason without end": (
        always({"message": "x" * 1000}, status=400),
        f"refuses the question: {'x' * 300}",
    ),
    "nothing there": (always("", status=404), f"knows nothing of {ADDRESS}"),
    "a limit": (
        always("", status=429, headers={"Retry-After": "86400"}),
        "asks to wait longer than this command does",
    ),
    # As OpenAlex says that a day's allowance is used up, or that a search takes it too long.
    "a limit with a reason": (
        always({"error": "Rate limit exceeded", "message": "Resets at midnight."}, status=429),
        "asks to wait longer than this command does: Resets at midnight.",
    ),
    "an error with a reason": (
        always({"error": "Gateway timeout", "message": "Narrow the query."}, status=504),
        "answered with the error 504; try again later: Narrow the query.",
    ),
    "a circle": (
        always("", status=302, headers={"Location": f"/{PLACE}"}),
        "leads from one address to the next without an end",
    ),
    "a flood": (always(" " * 300_000), "answered with more than is sensible"),
    "silence": (
        always("{}", before=lambda: time.sleep(0.6)),
        "gives no answer in time; try again later",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_goes_wrong_is_said_in_a_sentence(fault: str) -> None:
    answer, sentence = FAULTS[fault]
    assert said(answer, retries=0) == f"api.example.org: {sentence}"


def test_without_a_network_it_says_so() -> None:
    with running({}) as server:
        client = server.client(retries=0)
    with pytest.raises(Unanswered, match="is this machine connected to the internet"):
        client.json(ADDRESS)


def test_a_server_that_drips_is_left_alone() -> None:
    with running({PLACE: always("x" * 150_000)}) as server:
        client = server.client()
        ticks = iter(range(1000))
        client.clock = lambda: float(next(ticks))  # a second goes by with every piece
        with pytest.raises(Unanswered, match="answers too slowly"):
            client.text(ADDRESS)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_that_fails_is_asked_again(status: int) -> None:
    answer = in_turn(Reply("", status, {"Retry-After": "0"}), Reply("", status), Reply('{"a": 1}'))
    with running({PLACE: answer}) as server:
        assert server.client().json(ADDRESS) == {"a": 1}
        assert len(server.asked) == 3


def test_a_server_that_asks_for_too_long_a_wait_is_not_waited_for() -> None:
    for wait, asked in (("3600", 1), ("0", 3)):
        answer = always("", status=429, headers={"Retry-After": wait})
        with running({PLACE: answer}) as server, pytest.raises(Unanswered, match="asks to wait"):
            server.client(patience=60).json(ADDRESS)
        assert len(server.asked) == asked


def test_it_says_who_asks_and_waits_between_two_questions() -> None:
    with running({PLACE: always({})}) as server:
        client = server.client(contact="ada@example.org", pauses={"api.example.org": 0.2})
        begun = time.monotonic()
        client.json(ADDRESS, {"q": "a b"})
        client.json(ADDRESS)
        assert time.monotonic() - begun >= 0.2
        assert server.asked[0] == (PLACE, {"q": "a b"})
        assert "ada@example.org" in server.headers[0]["User-Agent"]


def test_the_real_servers_are_asked_as_slowly_as_they_wish() -> None:
    manners = Manners()
    assert manners.pauses["export.arxiv.org"] >= 3
    assert manners.pauses["eutils.ncbi.nlm.nih.gov"] >= 1 / 3
    assert manners.timeout
    assert manners.retries


THERE = "https://hub.example/a"
LOOKS: dict[str, tuple[dict[str, Answer], Look]] = {
    "alive": ({"hub.example/a": always("")}, Look(200, THERE)),
    "dead": ({}, Look(404, THERE)),
    "moved": (
        {
            "hub.example/a": always("", status=301, headers={"Location": "/hub.example/b"}),
            "hub.example/b": always(""),
        },
        Look(200, "https://hub.example/b", moved=True),
    ),
    "elsewhere for now": (
        {
            "hub.example/a": always("", status=302, headers={"Location": "/hub.example/b"}),
            "hub.example/b": always(""),
        },
        Look(200, "https://hub.example/b"),
    ),
    "deaf to HEAD": ({"hub.example/a": in_turn(Reply("", 405), Reply(""))}, Look(200, THERE)),
}


@pytest.mark.parametrize("case", LOOKS)
def test_a_look_tells_what_lives_behind_an_address(case: str) -> None:
    answers, look = LOOKS[case]
    with running(answers) as server:
        assert server.client().look(THERE) == look


def test_a_look_at_a_server_that_is_gone_ends_in_no_error() -> None:
    with running({}) as server:
        client = server.client()
    assert client.look(THERE) == Look(0, THERE)
