"""The ways to write a report. Each is a module with ``render(report, options)``, imported only when chosen.

To add one, write its module here and its line in ``FORMATS``; the command line and its help follow.
"""

from __future__ import annotations

from drugdb.values import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from checker.report import Report

FORMATS = {
    "text": "checker.formats.text",
    "json": "checker.formats.json_format",
    "ndjson": "checker.formats.ndjson_format",
    "csv": "checker.formats.csv_format",
}


class Options(NamedTuple):
    """How a report is written; a format takes what concerns it."""

    width: int = 80
    colour: bool = False
    min_severity: str = ""  # leave out clashes below it; empty for the format's own way
    professional: bool = False  # mechanisms, remarks and every source as well


DEFAULTS = Options()


def renderer(name: str) -> Callable[[Report, Options], str | bytes]:
    """Return the function that writes a report in a format.

    Args:
        name: a key of ``FORMATS``.

    Returns:
        A function that gives text, or bytes for a format that is no text.
    """
    # importlib costs more than the module that is wanted
    render: Callable[[Report, Options], str | bytes] = __import__(FORMATS[name], fromlist=["render"]).render
    return render
