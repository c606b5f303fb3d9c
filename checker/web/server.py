"""Run the page under waitress, with an access log that says nothing of what people take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from checker.web import create_app

_Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def logged(app: _Wsgi) -> _Wsgi:
    """Wrap an application: one line a request on standard error, without query, body or address."""

    def wrapped(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began = time.perf_counter()
        status = ["-"]

        def start(line: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            status[0] = line.split(" ", 1)[0]
            return start_response(line, headers, *rest)

        answer = app(environ, start)
        spent = 1000 * (time.perf_counter() - began)
        path = environ.get("PATH_INFO", "/")
        shown = path if path.isascii() and path.isprintable() and status[0] != "404" else "-"
        print(f"{environ.get('REQUEST_METHOD', '-')} {shown} {status[0]} {spent:.0f} ms", file=sys.stderr, flush=True)
        return answer

    return wrapped


def serve(host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve until interrupted.

    Raises:
        OSError: the address cannot be used, most often because the port is taken.
        drugdb.identity.DatabaseError: there is no usable database.
    """
    from waitress.server import create_server

    app = create_app()
    server = create_server(logged(app), host=host, port=port, threads=4, ident=None, max_request_body_size=4_000_000)
    print(f"rlscheck is at http://{host}:{port}/ - Ctrl-C ends it", file=sys.stderr, flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
