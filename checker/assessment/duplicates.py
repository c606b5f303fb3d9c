"""The same substance in more than one entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checker.assessment.holders import Held
from checker.report import Duplicate


def duplicates(held: Iterable[Held], triggers: frozenset[str], texts: Mapping[int, str]) -> tuple[Duplicate, ...]:
    """Return what is taken twice, in the order of the list.

    Args:
        held: what the current entries hold.
        triggers: names of triggers; coffee twice is no double dose.
        texts: the words of the entries, by number.
    """
    return tuple(
        Duplicate(each.name, each.entries, tuple(texts[number] for number in each.entries))
        for each in held
        if len(each.entries) > 1 and not each.is_class and each.name not in triggers
    )
