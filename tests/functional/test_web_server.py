"""The server under the page: slow, malformed and oversized senders, a taken port, what it writes to its log."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from waitress.server import create_server

from checker.web.server import Patience, serve
from tests.databases import built

_HEAD = b"POST /check HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n"


@pytest.fixture
def running() -> Iterator[Any]:
    """A server with little patience, so that the tests are short."""

    def app(environ: object, start: object) -> list[bytes]:
        raise AssertionError("an incomplete request must not reach the page")

    made = create_server(
        app, host="127.0.0.1", port=0, channel_timeout=5, cleanup_interval=0.2, max_request_body_size=20
    )
    made.maintenance = Patience(made, 0.4)
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    yield made
    made.trigger.pull_trigger(made.close)
    thread.join(5)


def _answer(port: int, *parts: bytes) -> bytes:
    """Send parts with pauses between them and return what comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        for part in parts:
            try:
                client.sendall(part)
            except OSError:  # already answered and closed
                break
            time.sleep(0.15)
        return client.recv(4000)


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ((_HEAD.replace(b"500", b"9"), *[b"x"] * 6), b"408"),  # drips and is never idle
        ((_HEAD.replace(b"500", b"9"),), b"408"),
        ((b"POST /check HT",), b"408"),
        ((b"GARBAGE\r\n\r\n",), b"400"),
        ((_HEAD.replace(b"500", b"minus"),), b"400"),
        ((_HEAD, b"x" * 500), b"413"),
    ],
)
def test_bad_senders_get_an_answer(running: Any, parts: tuple[bytes, ...], status: bytes) -> None:
    got = _answer(running.effective_port, *parts)
    assert b" " + status + b" " in got.split(b"\r\n")[0], got
    assert b"Traceback" not in got


def test_a_taken_port_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RLSCHECK_DB", built())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=rf"port {port} is taken.*rlscheck serve --port {port + 1}"):
            serve(port=port)


def test_it_listens_on_this_computer_alone_and_ends_on_ctrl_c(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RLSCHECK_DB", built())
    seen: list[tuple[str, int]] = []

    def interrupted(self: Any) -> None:
        seen.append((self.effective_host, self.effective_port))
        raise KeyboardInterrupt

    monkeypatch.setattr("waitress.server.TcpWSGIServer.run", interrupted)
    serve(port=0)
    assert seen[0][0] == "127.0.0.1"
    assert f"http://127.0.0.1:{seen[0][1]}/" in capsys.readouterr().err
