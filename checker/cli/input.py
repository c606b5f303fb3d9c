"""Reading what is to be checked: a file, standard input, or texts on the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from checker.cli import UserError

STANDARD_INPUT = "-"


def read_list(path: str | None, texts: Sequence[str]) -> str:
    """Return the list to check.

    Args:
        path: a file, ``-`` for standard input; None when texts are given, else standard input.
        texts: lists given as arguments.

    Raises:
        UserError: both are given.
        OSError: the file cannot be read.
    """
    if texts:
        if path is not None:
            raise UserError("give either a file or texts with -e, not both")
        return "\n".join(_argument(text) for text in texts)
    from checker.medication_list import decode

    return decode(read_bytes(path or STANDARD_INPUT))


def read_bytes(path: str) -> bytes:
    """Return the content of a file, or of standard input for ``-``."""
    if path != STANDARD_INPUT:
        with open(path, "rb") as handle:
            return handle.read()
    if sys.stdin.isatty():
        sys.stderr.write("Type or paste the list, one medicine a line; end with Ctrl-D on a line of its own.\n")
        sys.stderr.flush()
    buffer = getattr(sys.stdin, "buffer", None)
    content: bytes = sys.stdin.read().encode() if buffer is None else buffer.read()
    return content


def _argument(text: str) -> str:
    """An argument as it was typed, also where it is not in the terminal's alphabet."""
    if text.isascii():
        return text
    from checker.medication_list import decode

    return decode(os.fsencode(text))
