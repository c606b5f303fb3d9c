"""The same substance in more than one entry."""

from __future__ import annotations

from collections.abc import Iterable

from checker.assessment.holders import Holder
from checker.report import Duplicate


def duplicates(holders: Iterable[Holder], triggers: frozenset[str]) -> tuple[Duplicate, ...]:
    """Return what is taken twice, in the order of the list.

    Args:
        holders: what the current entries hold.
        triggers: names of triggers; coffee twice is no double dose.
    """
    found: dict[str, dict[int, str]] = {}
    for holder in holders:
        if not holder.is_class and holder.name not in triggers:
            found.setdefault(holder.name, {})[holder.number] = holder.text
    return tuple(
        Duplicate(name, tuple(entries), tuple(entries.values())) for name, entries in found.items() if len(entries) > 1
    )
