"""``rlscheck match``: lines in, one JSON object a line out, in the same order."""

from __future__ import annotations

import argparse

from checker.cli import answering
from checker.cli.check import add_market

DESCRIPTION = """\
Reads names of medicines, one line each, and writes for each line one JSON
object with what it was read as:

  {"input": "...", "status": "exact", "name": "...", "kind": "substance",
   "substances": ["..."], "candidates": []}

The status is exact, corrected, ambiguous or unrecognised; an ambiguous name has
candidates: [{"name": ..., "kind": ..., "substances": [...]}, ...]. A line that
holds several medicines gives {"input": ..., "items": [such objects]}. Each line
is answered as soon as it was read, so that a program can ask and wait."""
EXAMPLES = """\
  rlscheck match names.txt > names.jsonl
  echo "redbul" | rlscheck match
  cut -f2 export.tsv | rlscheck match --market UK"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="the names; - or nothing reads standard input")
    add_market(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    return answering.run(options.file, options.market)
