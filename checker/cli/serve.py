"""``rlscheck serve``: the web page on this computer."""

from __future__ import annotations

import argparse

from checker.cli import OK

DESCRIPTION = """\
Runs the web page until it is ended with Ctrl-C. By default only this computer
can reach it. No list is stored, logged or sent anywhere."""
EXAMPLES = """\
  rlscheck serve
  rlscheck serve --port 8080"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1, this computer alone)"
    )
    parser.add_argument("--port", type=_port, default=8000, help="the port (default: 8000; 0 takes a free one)")


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give a number up to 65535")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from checker.web.server import serve

    serve(host=options.host, port=options.port)
    return OK
