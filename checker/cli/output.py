"""Writing to wherever the output goes: a terminal of any alphabet, a file, a pipe that may close."""

from __future__ import annotations

import os
import sys

_LEAST, _USUAL = 40, 80


def write(text: str | bytes) -> None:
    """Write to standard output; what a terminal's alphabet lacks becomes a question mark."""
    if isinstance(text, bytes):
        write_utf8(text)
        return
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))


def write_utf8(text: str | bytes) -> None:
    """Write what a machine reads: always UTF-8, whatever the terminal speaks."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # a stream in memory
        sys.stdout.write(data.decode("utf-8", "replace"))
        return
    buffer.write(data)
    buffer.flush()


def complain(text: str) -> None:
    """Write an error, each line of it, with the program's name."""
    lines = text.splitlines() or [""]
    message = "".join(f"rlscheck: {line}\n" for line in lines)
    try:
        sys.stderr.write(message)
    except UnicodeEncodeError:
        sys.stderr.write(message.encode("ascii", "replace").decode())


def let_go() -> None:
    """Stop writing: point standard output at nothing, so that Python's last flush cannot fail."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass


def colours() -> bool:
    """Return whether colours are wanted: on a terminal, unless NO_COLOR or TERM says otherwise."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def columns() -> int:
    """Return the width of the page: 80 columns, or the terminal's where it is narrower."""
    if not sys.stdout.isatty():
        return _USUAL
    try:
        size = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return _USUAL
    return max(_LEAST, min(_USUAL, size)) if size else _USUAL
