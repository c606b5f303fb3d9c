"""``rlscheck check``: a list in, a report out."""

from __future__ import annotations

import argparse

from checker.cli import checking
from checker.formats import FORMATS
from checker.report import SEVERITIES

DESCRIPTION = """\
Checks a medication list: every entry is accounted for, what is reported to
worsen restless legs is flagged with its evidence, clashes with a treatment are
told."""
EXAMPLES = """\
  rlscheck check docs/examples/list.txt
  rlscheck check -e "coffee, red wine" -e cigarettes
  rlscheck check list.txt --market US
  pbpaste | rlscheck check -
  rlscheck check --format json list.txt > report.json
  rlscheck check --format csv list.csv

exit status:
  0 nothing found; 1 something flagged, unclear or not recognised, or a clash of
  at least the chosen severity; 2 an error"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="the list; - or nothing reads standard input")
    parser.add_argument(
        "-e",
        "--entry",
        action="append",
        default=[],
        metavar="TEXT",
        help="a list given here; may be repeated",
    )
    add_market(parser)
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="how to write it (default: text)")
    parser.add_argument(
        "--min-severity",
        choices=SEVERITIES,
        default="",
        help="leave out milder clashes (default: moderate in text, where minor ones stand in short; all elsewhere)",
    )
    parser.add_argument(
        "--professional", action="store_true", help="text with remarks, notes for pharmacists and every source"
    )
    parser.add_argument("--exit-zero", action="store_true", help="end with 0 also when something was found")


def add_market(parser: argparse.ArgumentParser) -> None:
    """Add the option for the market, which several commands share."""
    parser.add_argument(
        "--market",
        type=checking.normal_market,
        default="",
        metavar="XX",
        help="the country where the medicines were bought, such as US or UK: some names stand for different things",
    )


def settings(options: argparse.Namespace) -> checking.Settings:
    """Return what the options ask for."""
    return checking.Settings(
        options.file,
        options.entry,
        options.market,
        options.format,
        options.min_severity,
        options.professional,
        options.exit_zero,
    )


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    return checking.run(settings(options))
