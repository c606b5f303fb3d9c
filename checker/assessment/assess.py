"""Assess a whole list: the findings, what clashes, what is doubled, what to ask instead."""

from __future__ import annotations

from collections.abc import Iterable

from checker.assessment import wording
from checker.assessment.duplicates import duplicates
from checker.assessment.facts import Facts
from checker.assessment.findings import finding_of
from checker.assessment.holders import Held, holdings, not_checked
from checker.assessment.order import counts, order
from checker.report import FLAGGED, DataVersion, Entry, Explanation, Finding, Interaction, Match, Report
from drugdb.values import TYPE_CHECKING

if TYPE_CHECKING:
    from drugdb.reader import Database

_TRIGGER = "trigger"


def assess(pairs: Iterable[tuple[Entry, Match]], database: Database, market: str = "") -> Report:
    """Return the report on a list.

    Args:
        pairs: every entry with its match, in the order of the list (``Matcher.match_list``).
        database: an open database.
        market: the market that the names were read for; empty when it is not known.

    Returns:
        A report with one finding for every entry, in the order of the list.
    """
    pairs = tuple(pairs)
    facts = Facts(database, len(pairs))
    findings = tuple(finding_of(entry, match, facts) for entry, match in pairs)
    held = holdings(findings)
    texts = {finding.entry.number: finding.entry.text for finding in findings}
    found, findings = _with_rules(findings, held, texts, facts)
    triggers = frozenset(row.name for finding in findings for row in finding.substances if row.kind == _TRIGGER)
    doubled = duplicates(held, triggers, texts)
    data = _data(database)
    return Report(
        data,
        market,
        findings,
        found,
        doubled,
        not_checked(findings),
        counts(findings, found, doubled),
        wording.LIMITS.format(version=data.version, reviewed=data.reviewed),
        order(findings),
        _glossary(findings, facts),
    )


def _with_rules(
    findings: tuple[Finding, ...], held: tuple[Held, ...], texts: dict[int, str], facts: Facts
) -> tuple[tuple[Interaction, ...], tuple[Finding, ...]]:
    """The clashes, and the findings with their alternatives. A list of one entry never reads the rules."""
    asking = [finding.concern in FLAGGED for finding in findings]
    several = len({number for each in held for number in each.entries}) > 1
    if not several and not any(asking):
        return (), findings
    book = None
    found: tuple[Interaction, ...] = ()
    if several:
        from checker.assessment.interactions import interactions
        from checker.assessment.rulebook import Rulebook

        book = Rulebook(facts.database)
        found = interactions(held, texts, book, facts)
    if not any(asking):
        return found, findings
    from checker.assessment.alternatives import Alternatives

    instead = Alternatives(facts, book, held, texts)
    return found, tuple(
        finding._replace(alternatives=instead.of(finding)) if ask else finding
        for finding, ask in zip(findings, asking, strict=True)
    )


def _glossary(findings: tuple[Finding, ...], facts: Facts) -> tuple[Explanation, ...]:
    if not any(finding.treatments for finding in findings):
        return ()
    from checker.assessment.treatments import glossary

    return glossary(findings, facts)


def _data(database: Database) -> DataVersion:
    meta = database.meta
    return DataVersion(
        meta.get("data_version", ""), meta.get("reviewed", ""), meta.get("content_hash", ""), meta.get("licence", "")
    )
