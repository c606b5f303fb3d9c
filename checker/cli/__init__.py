"""The command line: one module a command, imported only when it is the one."""

from __future__ import annotations

import sys

from drugdb.values import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

OK, FOUND, FAILED = 0, 1, 2  # exit statuses, as linters have them
_INTERRUPTED = 130

COMMANDS = {
    "check": "check a medication list",
    "match": "read names, one line each, and write what each was read as",
    "show": "all that is known of a medicine, a class or a trigger",
    "list": "the table of what is known, filtered",
    "sources": "what the statements rest on",
    "serve": "run the web page on this computer",
    "db": "build, verify, refresh, import or export the database",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: the arguments; when None, those of the process, which then may end here.

    Returns:
        The exit status: 0 nothing found, 1 something flagged or unclear, 2 an error.
    """
    own = argv is None
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        status = _run(arguments, own=own)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # whoever reads has enough; nothing of ours may complain at the end of the process
        from checker.cli.output import let_go

        let_go()
        return OK
    except Exception as error:
        text = _explained(error)
        if text is None:
            raise
        return _fail(text)
    return status


def _run(arguments: list[str], *, own: bool) -> int:
    """Run a command. ``own``: the process is for nothing else, so it may be ended in the quickest way."""
    from checker.cli.quick import quick

    run_quickly = quick(arguments)
    if run_quickly is not None:
        if own:
            import gc

            gc.disable()  # what is made lives as long as the process
        status = run_quickly()
        if own:
            _leave(status)
        return status
    from checker.cli.parsing import parse

    run, options = parse(arguments)
    return run(options)


def _leave(status: int) -> None:
    """End the process at once: Python's tidying up takes a tenth of the time of a short check."""
    import os

    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _explained(error: Exception) -> str | None:
    """What to tell a person of an error; None for one that is a fault of ours."""
    from drugdb.identity import DatabaseError

    if isinstance(error, (DatabaseError, UserError)):
        return str(error)
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}"
    return None


def _fail(text: str) -> int:
    from checker.cli.output import complain

    complain(text)
    return FAILED


class UserError(Exception):
    """Something that the person at the keyboard can put right. The text says what and how."""
