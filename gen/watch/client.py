"""Asks servers that are slow, fail, limit, redirect and lie; says in a sentence what went wrong.

The only module that knows requests.
"""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import MaxRetryError, ReadTimeoutError, ResponseError
from urllib3.util import Retry

from gen.problems import DataError, Problem

AGENT: Final = "living-review/1 (systematic review; {contact})"
# Seconds between two requests to a server, as it asks for; of others, those of OTHERS.
# https://info.arxiv.org/help/api/tou.html, https://www.ncbi.nlm.nih.gov/books/NBK25497/
PAUSES: Final = {"export.arxiv.org": 3.0, "eutils.ncbi.nlm.nih.gov": 0.4, "api.crossref.org": 0.2}
OTHERS: Final = 1.0
FAULTY: Final = (429, 500, 502, 503, 504)  # worth asking again
GONE: Final = frozenset({404, 410})
MOVED: Final = frozenset({301, 308})
PIECE: Final = 65_536  # bytes
# Where a refusal says why: in JSON, as OpenAlex and Crossref write it, or in Atom, as arXiv does.
REASON: Final = re.compile(r'"message"\s*:\s*"([^"]+)|<summary>([^<]+)')
LONGEST: Final = 300  # characters of a reason


class Unanswered(DataError):
    """A server gave no answer that can be used. What was found before is kept."""

    exit_code = 3

    @property
    def summary(self) -> str:
        return "Nothing was written; run the command again later."


def unanswered(host: str, what: str) -> Unanswered:
    return Unanswered([Problem(file=host, message=what)])


def refused(host: str, reason: str) -> Unanswered:
    """A question that the server does not take, with what it says of it."""
    return unanswered(host, f"refuses the question{said(reason)}")


def said(reason: str) -> str:
    """The reason of a server as the end of our sentence."""
    return f": {' '.join(html.unescape(reason).split())[:LONGEST]}" if reason else ""


class Patient(Retry):
    """Asks again, unless the server wants a longer wait than `retry_after_max` seconds."""

    def increment(self, *arguments: Any, **named: Any) -> Self:  # noqa: ANN401 - as urllib3 calls it
        response = named.get("response")
        if response is not None and (self.get_retry_after(response) or 0) >= self.retry_after_max:
            raise MaxRetryError(named["_pool"], arguments[1], ResponseError("too long a wait"))
        return super().increment(*arguments, **named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How patiently and how politely servers are asked. Times are in seconds."""

    contact: str = "no contact given"  # an address at which they can complain
    timeout: float = 30  # of silence
    longest: float = 120  # of a whole answer
    retries: int = 4
    backoff: float = 2  # before the second try; twice as much before each further one
    patience: int = 120  # the longest wait that a server may ask for
    largest: int = 30_000_000  # bytes of an answer
    pauses: Mapping[str, float] = field(default_factory=lambda: PAUSES)
    others: float = OTHERS
    # Put before every address, as http://127.0.0.1:8000/: a rehearsal asks a server of its own.
    through: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What lives behind an address."""

    status: int  # of HTTP; 0 where no server answered
    final: str  # where it led
    moved: bool = False  # whether every step on the way was said to be for good


@dataclass(slots=True)
class Client:
    """A session of polite requests."""

    manners: Manners
    clock: Callable[[], float] = time.monotonic
    _last: dict[str, float] = field(default_factory=dict)
    _patient: requests.Session = field(init=False)
    _hasty: requests.Session = field(init=False)

    def __post_init__(self) -> None:
        self._patient = self._session(self.manners.retries)
        self._hasty = self._session(1)  # a dead link stays dead

    def signed(self, name: str) -> dict[str, str]:
        """The parameter of this name that says who asks, where there is an address to write to."""
        return {name: self.manners.contact} if "@" in self.manners.contact else {}

    def json(self, address: str, parameters: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401
        """What a server says in JSON. Raises Unanswered."""
        text = self.text(address, parameters)
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise unanswered(
                urlsplit(address).netloc,
                "answered with something other than JSON, perhaps a page for people; try later",
            ) from None

    def text(self, address: str, parameters: Mapping[str, str] | None = None) -> str:
        """What a server says. Raises Unanswered."""
        host = urlsplit(address).netloc
        try:
            with self._asked(self._patient, "GET", address, parameters) as answer:
                if answer.status_code in GONE:
                    raise unanswered(host, f"knows nothing of {address}")
                text = self._read(host, answer)
                if answer.status_code != 200:  # noqa: PLR2004
                    raise self._refusal(host, answer.status_code, text)
                return text
        except requests.RequestException as error:
            raise unanswered(host, self._sentence(error)) from None

    @staticmethod
    def _refusal(host: str, status: int, text: str) -> Unanswered:
        """What a server answered instead, with its own reason where it gives one."""
        found = REASON.search(text)
        reason = (found[1] or found[2]) if found else ""
        if status == 429:  # noqa: PLR2004
            return unanswered(host, f"asks to wait longer than this command does{said(reason)}")
        if reason and status < 500:  # noqa: PLR2004
            return refused(host, reason)
        return unanswered(host, f"answered with the error {status}; try again later{said(reason)}")

    def look(self, address: str) -> Look:
        """What lives behind an address; never raises, since most servers have their reasons."""
        try:
            with self._asked(self._hasty, "HEAD", address) as answer:
                if answer.ok or answer.status_code in {429, *FAULTY}:
                    return self._looked(answer)
            with self._asked(self._hasty, "GET", address) as answer:  # some refuse every HEAD
                return self._looked(answer)
        except requests.RequestException:
            return Look(0, address)

    def _looked(self, answer: requests.Response) -> Look:
        final = answer.url.removeprefix(self.manners.through)
        if self.manners.through and "://" not in final:
            final = f"https://{final}"
        steps = [step.status_code for step in answer.history]
        return Look(answer.status_code, final, bool(steps) and MOVED.issuperset(steps))

    def _asked(
        self,
        session: requests.Session,
        method: str,
        address: str,
        parameters: Mapping[str, str] | None = None,
    ) -> requests.Response:
        self._pause(urlsplit(address).netloc)
        through = self.manners.through
        return session.request(
            method,
            through + address.removeprefix("https://") if through else address,
            params=parameters,
            timeout=self.manners.timeout,
            stream=True,
            allow_redirects=True,
        )

    def _read(self, host: str, answer: requests.Response) -> str:
        """The text of an answer, unless it is too large or takes too long."""
        content, until = bytearray(), self.clock() + self.manners.longest
        for piece in answer.iter_content(PIECE):
            content += piece
            if len(content) > self.manners.largest:
                raise unanswered(host, "answered with more than is sensible")
            if self.clock() > until:
                raise unanswered(host, "answers too slowly; try again later")
        return content.decode("utf-8", errors="replace")

    def _pause(self, host: str) -> None:
        """Wait until the server may be asked again."""
        pause = self.manners.pauses.get(host, self.manners.others)
        wait = self._last.get(host, -pause) + pause - self.clock()
        if wait > 0:
            time.sleep(wait)
        self._last[host] = self.clock()

    def _session(self, retries: int) -> requests.Session:
        session = requests.Session()
        session.headers["User-Agent"] = AGENT.format(contact=self.manners.contact)
        session.max_redirects = 5
        session.trust_env = not self.manners.through
        retry = Patient(
            total=retries,
            connect=min(retries, 1),  # who is offline need not wait
            status_forcelist=FAULTY,
            backoff_factor=self.manners.backoff,
            retry_after_max=max(1, self.manners.patience),
            raise_on_status=False,
        )
        for scheme in ("https://", "http://"):
            session.mount(scheme, HTTPAdapter(max_retries=retry))
        return session

    @staticmethod
    def _sentence(error: requests.RequestException) -> str:
        if isinstance(error, requests.TooManyRedirects):
            return "leads from one address to the next without an end"
        cause = getattr(next(iter(error.args), None), "reason", None)  # after the last retry
        if isinstance(error, requests.Timeout) or isinstance(cause, ReadTimeoutError):
            return "gives no answer in time; try again later"
        if isinstance(error, requests.exceptions.ChunkedEncodingError):
            return "broke off in the middle of its answer; try again later"
        if isinstance(error, requests.ConnectionError):
            return "cannot be reached; is this machine connected to the internet?"
        return "gave an answer that cannot be read; try again later"
