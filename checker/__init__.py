"""rlscheck: a medication list in, every line accounted for, what worsens restless legs flagged.

    import checker
    report = checker.check("a list, one medicine a line")

Importing this costs nothing; what a check needs is imported by the first one.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing itself is a fifth of a short check's time
if TYPE_CHECKING:
    from checker.report import Report
    from drugdb.reader import Database

__version__ = "0.1.0"


def check(text: str, market: str = "", database: Database | None = None) -> Report:
    """Check a medication list.

    Args:
        text: whatever a person has: one medicine a line, commas, a table, a discharge summary.
        market: the country where the medicines were bought ("US", "UK"); some names depend on it.
        database: an open database to use; the usual one when None, built on first use.

    Returns:
        The report (``checker.report.Report``): a finding for every entry, clashes, duplicates, counts.

    Raises:
        DatabaseError: there is no usable database. The text says what to do.
    """
    from checker.assessment import assess
    from checker.matching import Matcher
    from checker.medication_list import read

    if database is None:
        from drugdb.reader import open_database

        with open_database() as own:
            return check(text, market, own)
    matcher = Matcher(database, market)
    return assess(matcher.match_list(read(text, database.words())), database, market)
