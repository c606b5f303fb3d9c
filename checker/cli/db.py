"""``rlscheck db``: the database that everything is read from."""

from __future__ import annotations

import argparse
import sys

from checker.cli import FOUND, OK
from checker.cli.output import complain, write

DESCRIPTION = """\
The database is made from the curated files on first use and kept in your cache
folder, or where RLSCHECK_DB says."""
EXAMPLES = """\
  rlscheck db info
  rlscheck db build
  rlscheck db export my-data      take the data along as CSV files
  rlscheck db import my-data      use them after editing

exit status:
  0 all is well; 1 verify found faults, or refresh could not ask for everything;
  2 an error"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="actions")
    info = actions.add_parser("info", help="where it is and what it holds")
    info.set_defaults(act=_info)
    build = actions.add_parser("build", help="make it anew from the curated files")
    build.add_argument("--force", action="store_true", help="replace a file that is no database of rlscheck")
    build.set_defaults(act=_build)
    verify = actions.add_parser("verify", help="check that it is whole and holds what it says")
    verify.set_defaults(act=_verify)
    refresh = actions.add_parser("refresh", help="ask a public service for brand names that are missing, as proposals")
    refresh.add_argument("substances", nargs="*", metavar="SUBSTANCE", help="these alone; all when none is given")
    refresh.add_argument("--output", default="proposals.csv", metavar="FILE", help="where to (default: proposals.csv)")
    refresh.set_defaults(act=_refresh)
    export = actions.add_parser("export", help="write the data as CSV files into a folder")
    export.add_argument("folder", metavar="FOLDER")
    export.add_argument("--force", action="store_true", help="write over files that are there already")
    export.set_defaults(act=_export)
    take = actions.add_parser("import", help="build from a folder of CSV files, edited or not")
    take.add_argument("folder", metavar="FOLDER")
    take.add_argument("--force", action="store_true", help="replace a file that is no database of rlscheck")
    take.set_defaults(act=_import)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    status: int = options.act(options)
    return status


def _info(_: argparse.Namespace) -> int:
    from drugdb.location import info

    found = info()
    lines = [
        f"path        {found.path}",
        f"chosen by   {found.chosen_by}",
        f"state       {found.state}{'' if found.fits or not found.meta else ', does not fit the curated files'}",
        f"size        {found.size:,} bytes",
        *(f"{key:23} {value}" for key, value in sorted(found.meta.items())),
        *(f"{name.rstrip('_') + ' rows':23} {count:,}" for name, count in found.counts.items()),
    ]
    write("\n".join((*lines, "")))
    for warning in found.warnings:
        complain(warning)
    return OK


def _build(options: argparse.Namespace) -> int:
    from drugdb.build import build

    write(f"{build(force=options.force)}\n")
    return OK


def _verify(_: argparse.Namespace) -> int:
    from drugdb.location import ensure
    from drugdb.reader import verify

    path = ensure()
    found = verify(path)
    for each in found:
        complain(each)
    write(f"{path}: {'no fault found' if not found else f'{len(found)} faults'}\n")
    return FOUND if found else OK


def _refresh(options: argparse.Namespace) -> int:
    from drugdb.refresh import propose

    answer = propose(options.output, substances=options.substances, progress=_told)
    if sys.stderr.isatty():
        sys.stderr.write("\r" + " " * 70 + "\r")
    for failure in answer.failures:
        complain(failure)
    write(
        f"{answer.path}: {answer.proposals} proposals for {answer.asked} substances, for a pharmacist to look through\n"
    )
    return FOUND if answer.failures else OK


def _told(number: int, total: int, name: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\rrlscheck: {number} of {total}: {name[:40]:40}")
        sys.stderr.flush()


def _export(options: argparse.Namespace) -> int:
    from drugdb.transfer import export

    found = export(options.folder, force=options.force)
    write(f"{found.folder}: {len(found.files)} files\n")
    return OK


def _import(options: argparse.Namespace) -> int:
    from drugdb.transfer import import_

    write(f"{import_(options.folder, force=options.force)}\n")
    return OK
