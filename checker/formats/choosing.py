"""What of a report is shown: clashes from a severity on."""

from __future__ import annotations

from collections.abc import Iterable

from checker.report import SEVERITIES, Interaction


def severe_enough(found: Iterable[Interaction], least: str) -> tuple[Interaction, ...]:
    """Return the clashes of a severity or a graver one."""
    allowed = SEVERITIES[: SEVERITIES.index(least) + 1]
    return tuple(each for each in found if each.severity in allowed)
