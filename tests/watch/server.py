"""A server on this machine that stands in for all databases: it answers, fails, limits and lies."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from gen.watch.client import Client, Manners

# Nobody waits in a test.
QUICK = {"timeout": 0.3, "longest": 0.5, "backoff": 0.0, "retries": 2, "others": 0.0}
QUICK |= {"largest": 200_000, "patience": 0}


@dataclass
class Reply:
    """What the server does when it is asked."""

    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    before: Callable[[], Any] | None = None  # such as a wait
    cut: int | None = None  # so many bytes of the body, then it hangs up


Answer = Callable[[dict[str, str]], Reply]


@dataclass
class Server:
    """`answers` is host and path -> what it says; `asked` is what it was asked, in order."""

    address: str
    answers: dict[str, Answer]
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def client(self, **manners: object) -> Client:
        settings: Any = QUICK | {"pauses": {}, "through": self.address} | manners
        return Client(Manners(**settings))


def always(body: object, **reply: object) -> Answer:
    """The same reply whatever is asked; what is no text is sent as JSON."""
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    settings: Any = reply
    return lambda _: Reply(text, **settings)


def in_turn(*replies: Reply) -> Answer:
    """One reply after the other; the last one for good."""
    left = list(replies)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def running(answers: dict[str, Answer]) -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            place = parts.path.removeprefix("/")
            state.asked.append((place, query))
            state.headers.append(dict(self.headers))
            reply = state.answers.get(place, lambda _: Reply("", 404))(query)
            if reply.before:
                reply.before()
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body if reply.cut is None else body[: reply.cut])

        do_HEAD = do_GET  # noqa: N815 - as http.server names it

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            pass  # a client that hung up

    with Quiet(("127.0.0.1", 0), Handler) as server:
        state = Server(f"http://127.0.0.1:{server.server_port}/", answers)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
