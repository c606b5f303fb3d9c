"""Tables for the commands that list things: text, CSV, JSON, lines of JSON."""

from __future__ import annotations

import argparse
import json
import textwrap
from collections.abc import Iterable, Sequence

from checker.cli.output import write, write_utf8
from checker.formats.layout import printable, width

FORMATS = ("text", "csv", "json", "ndjson")

_WIDTH = 80  # columns of a terminal
_SMALLEST = 20  # columns of the first column


def add_format(parser: argparse.ArgumentParser) -> None:
    """Add the option for the format of a table."""
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to write the table (default: text)")


def show(rows: Sequence[dict[str, str]], form: str, narrow: Iterable[str]) -> None:
    """Write a table.

    Args:
        rows: column -> value, the same columns in each.
        form: one of ``FORMATS``.
        narrow: the columns that the text has, which has to fit a terminal.
    """
    if form == "text":
        write(_text(rows, tuple(narrow)))
    elif form == "csv":
        write_utf8(_csv(rows))
    elif form == "json":
        write_utf8(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    else:
        write_utf8("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows))


def _text(rows: Sequence[dict[str, str]], columns: tuple[str, ...]) -> str:
    table = [columns, *(tuple(printable(row[column]) for column in columns) for row in rows)]
    sizes = [max(width(line[place]) for line in table) for place in range(len(columns))]
    room = max(_SMALLEST, _WIDTH - sum(sizes[1:]) - 2 * (len(columns) - 1))
    sizes[0] = min(sizes[0], room)
    lines = []
    for first, *rest in table:
        head, *more = textwrap.wrap(first, room, subsequent_indent="  ") if width(first) > room else [first]
        cells = zip((head, *rest), sizes, strict=True)
        lines.append("  ".join(_padded(cell, size) for cell, size in cells).rstrip())
        lines += more
    return "".join(f"{line}\n" for line in lines)


def _padded(cell: str, size: int) -> str:
    return cell + " " * (size - width(cell))


def _csv(rows: Sequence[dict[str, str]]) -> str:
    import csv
    import io

    from checker.formats.csv_format import harmless

    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({column: harmless(cell) for column, cell in row.items()} for row in rows)
    return out.getvalue()
