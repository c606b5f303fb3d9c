"""Run the page under waitress, with an access log that says nothing of what people take.

No list touches the disk: requests and answers are buffered in memory up to the size that is accepted at all.
"""

from __future__ import annotations

import errno
import sys
import time
import weakref
from collections.abc import Callable, Iterable
from typing import Any

from checker.web import create_app
from checker.web.errors import ERRORS

_Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_LARGEST = 20_000_000  # bytes of a request; from 5 MB on the application itself refuses, with a page
_PATIENCE = 30.0  # seconds that a request may take to arrive
_LOOK = 5  # seconds between two looks for requests that take too long


def logged(app: _Wsgi) -> _Wsgi:
    """Wrap an application: one line a request on standard error.

    The line has the method, the kind of page, the status and the time: no query, no body, no name that was
    looked up, no address of a person.
    """

    def wrapped(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began = time.perf_counter()
        status = ["-"]

        def start(line: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            status[0] = line.split(" ", 1)[0]
            return start_response(line, headers, *rest)

        answer = app(environ, start)
        spent = 1000 * (time.perf_counter() - began)
        method = environ.get("REQUEST_METHOD", "-")
        method = method if method.isalpha() and len(method) < 10 else "-"
        route = environ.get("rlscheck.route", "-")
        print(f"{method} {route} {status[0]} {spent:.0f} ms", file=sys.stderr, flush=True)
        return answer

    return wrapped


class TooSlow:
    """The answer to a request that did not arrive in time, as waitress wants its errors."""

    body = ""

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Return status, headers and body."""
        title, text = ERRORS[408]
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]
        return "408 Request Timeout", headers, f"{title}. {text}\n".encode()


class Patience:
    """Answers 408 to requests that are still arriving after ``seconds``, however steadily they drip.

    Args:
        server: waitress's server.
        seconds: how long a request may take.
    """

    def __init__(self, server: Any, seconds: float = _PATIENCE) -> None:
        self.server, self.seconds = server, seconds
        self.began: weakref.WeakKeyDictionary[Any, float] = weakref.WeakKeyDictionary()
        self.usual = server.maintenance

    def __call__(self, now: float) -> None:
        """Look at every connection; waitress calls this every few seconds."""
        for channel in list(self.server.active_channels.values()):
            request = channel.request
            if request is not None and now - self.began.setdefault(request, now) > self.seconds:
                self.refuse(channel)
        self.usual(now)

    @staticmethod
    def refuse(channel: Any) -> None:
        """End what is arriving on a connection with an error."""
        with channel.requests_lock:
            request = channel.request
            if request is None or channel.requests:
                return
            request.error, request.completed, channel.request = TooSlow(), True, None
            channel.requests.append(request)
            channel.server.add_task(channel)


def serve(host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve until interrupted.

    Raises:
        OSError: the address cannot be used, most often because the port is taken; the text says what to do.
        drugdb.identity.DatabaseError: there is no usable database.
    """
    from waitress.server import create_server

    app = create_app()
    try:
        server = create_server(
            logged(app),
            host=host,
            port=port,
            threads=4,
            ident=None,
            max_request_body_size=_LARGEST,
            inbuf_overflow=_LARGEST + 1,
            outbuf_overflow=_LARGEST,
            channel_timeout=_PATIENCE,
            cleanup_interval=_LOOK,
        )
    except OSError as error:
        raise OSError(error.errno, _refusal(error, host, port)) from error
    server.maintenance = Patience(server)
    shown = f"[{host}]" if ":" in host else host
    print(f"rlscheck is at http://{shown}:{server.effective_port}/ - Ctrl-C ends it", file=sys.stderr, flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _refusal(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} is taken, perhaps by another rlscheck. Choose another one: rlscheck serve --port {port + 1}"
        )
    if error.errno == errno.EACCES:
        return f"port {port} needs rights that you do not have. Choose one above 1023: rlscheck serve --port 8000"
    return f"cannot listen on {host}, port {port}: {error.strerror}"
