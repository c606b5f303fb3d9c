"""Which current entry of a list holds which substance."""

from __future__ import annotations

from collections.abc import Iterable

from checker.report import AMBIGUOUS, ITEM, UNRECOGNISED, Finding
from drugdb.values import NamedTuple

_CLASS = "class"


class Holder(NamedTuple):
    """A substance, a trigger or a class in one entry."""

    number: int
    text: str  # the entry's own words
    name: str  # of the substance or trigger, or the id of the class
    is_class: bool


def takes_part(finding: Finding) -> bool:
    """Return whether an entry is taken now; what is not current clashes with nothing."""
    return finding.entry.kind == ITEM and finding.entry.current


def holders(findings: Iterable[Finding]) -> tuple[Holder, ...]:
    """Return what the current entries hold for certain, in their order."""
    found = []
    for finding in findings:
        entry, match = finding.entry, finding.match
        if not takes_part(finding) or match.status in (AMBIGUOUS, UNRECOGNISED):
            continue
        if match.kind == _CLASS:
            found += [Holder(entry.number, entry.text, each, True) for each in match.target]
        else:
            found += [Holder(entry.number, entry.text, row.name, False) for row in finding.substances]
    return tuple(found)


def not_checked(findings: Iterable[Finding]) -> tuple[int, ...]:
    """Return the current entries that can not, or only in part, be checked for clashes.

    Those are the unclear and unrecognised ones, the medicines that are known by name only, and those
    that name a class instead of a medicine.
    """
    return tuple(
        finding.entry.number
        for finding in findings
        if takes_part(finding)
        and (
            finding.match.status in (AMBIGUOUS, UNRECOGNISED) or finding.match.kind == _CLASS or not finding.substances
        )
    )
