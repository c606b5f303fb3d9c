"""``rlscheck sources``: what the statements rest on."""

from __future__ import annotations

import argparse

from checker.cli import OK, UserError, tables
from checker.cli.output import columns, write
from checker.formats.layout import printable, wrap
from checker.formats.references import citation
from drugdb.records import Source

RELIABILITIES = ("primary", "secondary", "tertiary")

DESCRIPTION = """\
Lists the sources: citation, kind, how reliable, link, and how many statements
of the database rest on each. What is secondary or tertiary is second-hand."""
EXAMPLES = """\
  rlscheck sources
  rlscheck sources --kind guideline
  rlscheck sources --reliability primary --format csv
  rlscheck sources garciaborreguero2016"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("id", nargs="*", metavar="ID", help="these alone")
    parser.add_argument("--kind", default="", metavar="KIND", help="one kind alone, such as guideline, trial or label")
    parser.add_argument("--reliability", choices=RELIABILITIES, default="", help="one grade alone")
    tables.add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from drugdb.reader import open_database

    with open_database() as database:
        everything = database.sources()
    kinds = sorted({source.kind for source in everything})
    if options.kind and options.kind not in kinds:
        raise UserError(f"there are no sources of the kind {options.kind!r}; the kinds are {', '.join(kinds)}")
    known = {source.id for source in everything}
    for each in options.id:
        if each not in known:
            raise UserError(f"there is no source {each!r}. See: rlscheck sources")
    rows = [
        source
        for source in everything
        if (not options.id or source.id in options.id)
        and options.kind in ("", source.kind)
        and options.reliability in ("", source.reliability)
    ]
    if options.format == "text":
        write("".join(_lines(rows)))
    else:
        tables.show([_row(source) for source in rows], options.format, ())
    return OK


def _lines(rows: list[Source]) -> list[str]:
    out = []
    for source in rows:
        times = "1 statement" if source.statements == 1 else f"{source.statements} statements"
        text = f"{citation(source)} {source.kind}, {source.reliability}, {times}. {source.link}".strip()
        out.append(f"{source.id}\n")
        out += [f"{line}\n" for line in wrap(printable(text), columns(), "    ")]
        if source.note:
            out += [f"{line}\n" for line in wrap(printable(source.note), columns(), "    ")]
    count = "1 source" if len(rows) == 1 else f"{len(rows)} sources"
    return [*out, f"{count}\n"]


def _row(source: Source) -> dict[str, str]:
    return {
        "id": source.id,
        "citation": citation(source),
        "title": source.title,
        "authors": source.authors,
        "journal": source.journal,
        "year": source.year,
        "kind": source.kind,
        "reliability": source.reliability,
        "link": source.link,
        "pmid": source.pmid,
        "doi": source.doi,
        "statements": str(source.statements),
        "note": source.note,
    }
