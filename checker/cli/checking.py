"""The four steps of a check, from a text to a written report."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from checker.cli import FOUND, OK, UserError
from checker.report import Entry, Report
from drugdb.values import NamedTuple

_LONG = 1000  # entries from which on progress is told
_STEP = 500


class Settings(NamedTuple):
    """What ``rlscheck check`` was asked."""

    file: str | None
    texts: Sequence[str]
    market: str
    format: str
    min_severity: str
    professional: bool
    exit_zero: bool


def run(settings: Settings) -> int:
    """Check a list and write the report; return the exit status."""
    from checker.cli.input import read_list

    text = read_list(settings.file, settings.texts)
    report = report_on(text, settings.market)
    _write(report, settings)
    if settings.exit_zero:
        return OK
    return FOUND if found(report, settings.min_severity or "moderate") else OK


def report_on(text: str, market: str) -> Report:
    """Return the report on a list.

    Raises:
        UserError: the market is none that products are known for.
        DatabaseError: there is no usable database.
    """
    from checker.assessment import assess
    from checker.matching import Matcher
    from checker.medication_list import read
    from drugdb.reader import open_database

    with open_database() as database:
        if market and market not in database.markets():
            raise unknown_market(market, database.markets())
        matcher = Matcher(database, market)
        entries = read(text, database.words())
        return assess(matcher.match_list(_told(entries)), database, market)


def unknown_market(market: str, known: Iterable[str]) -> UserError:
    """Return the error for a market that no product is known for."""
    return UserError(f"no products are known for the market {market!r}; choose one of {' '.join(known)}")


def normal_market(text: str) -> str:
    """Return a market as the database writes it: two capitals, UK for GB."""
    market = text.strip().upper()
    return "UK" if market == "GB" else market


def found(report: Report, least: str) -> bool:
    """Return whether a list has anything to look at: flagged, unclear, unrecognised, or a clash."""
    from checker.formats.choosing import severe_enough

    counts = report.counts
    return bool(
        counts["flagged"] or counts["unresolved"] or counts["unrecognised"] or severe_enough(report.interactions, least)
    )


def _told(entries: tuple[Entry, ...]) -> Iterable[Entry]:
    """The entries, with word on a terminal of how far a long list has come."""
    if len(entries) < _LONG or not sys.stderr.isatty():
        return entries
    return _counted(entries)


def _counted(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    for number, entry in enumerate(entries):
        if number % _STEP == 0:
            sys.stderr.write(f"\rrlscheck: {number:,} of {len(entries):,} entries read")
            sys.stderr.flush()
        yield entry
    sys.stderr.write("\r" + " " * 60 + "\r")


def _write(report: Report, settings: Settings) -> None:
    from checker.cli.output import colours, columns, write, write_utf8
    from checker.formats import Options, renderer

    text = settings.format == "text"
    options = Options(columns() if text else 80, text and colours(), settings.min_severity, settings.professional)
    made = renderer(settings.format)(report, options)
    (write if text else write_utf8)(made)
