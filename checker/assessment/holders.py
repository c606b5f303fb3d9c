"""What a list holds for certain, and in which of its current entries."""

from __future__ import annotations

from collections.abc import Iterable

from checker.report import AMBIGUOUS, ITEM, UNRECOGNISED, Finding
from drugdb.values import NamedTuple

_CLASS = "class"


class Held(NamedTuple):
    """A substance, a trigger or a class, with the entries that hold it."""

    name: str  # of the substance or trigger, or the id of the class
    is_class: bool
    entries: tuple[int, ...]  # numbers, in the order of the list

    @property
    def key(self) -> str:
        """What tells it from all others; a class may bear the name of a substance."""
        return f"class {self.name}" if self.is_class else self.name


def takes_part(finding: Finding) -> bool:
    """Return whether an entry is taken now; what is not current clashes with nothing."""
    return finding.entry.kind == ITEM and finding.entry.current


def holdings(findings: Iterable[Finding]) -> tuple[Held, ...]:
    """Return what the current entries hold, each thing once, in the order of the list."""
    found: dict[tuple[str, bool], list[int]] = {}
    for finding in findings:
        number, match = finding.entry.number, finding.match
        if not takes_part(finding) or match.status in (AMBIGUOUS, UNRECOGNISED):
            continue
        if match.kind == _CLASS:
            for each in match.target:
                found.setdefault((each, True), []).append(number)
        else:
            for row in finding.substances:
                found.setdefault((row.name, False), []).append(number)
    return tuple(Held(name, is_class, tuple(numbers)) for (name, is_class), numbers in found.items())


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
