"""How much an effect matters: the order of effects and risks, and the concern that an effect raises."""

from __future__ import annotations

from collections.abc import Iterable

from checker.report import AUGMENTS, FLAGGED, MIXED, NEUTRAL, NOT_LISTED, TREATMENT, WORSENS
from drugdb.records import DrugClass, Substance
from drugdb.values import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeVar

    _Row = TypeVar("_Row", Substance, DrugClass)

_EFFECTS = {"worsens": 0, "augments": 1, "mixed": 2, "relieves": 3, "neutral": 4, "": 5}
_RISKS = {"high": 0, "moderate": 1, "low": 2, "none": 3, "": 4}
_CONCERNS = {
    "worsens": WORSENS,
    "augments": AUGMENTS,
    "mixed": MIXED,
    "relieves": TREATMENT,
    "neutral": NEUTRAL,
    "": NOT_LISTED,
}


class Rating(NamedTuple):
    """Effect, risk and evidence of what matters most; all empty when nothing is assessed."""

    effect: str
    risk: str
    evidence: str


UNRATED = Rating("", "", "")


def weight(row: Substance | DrugClass) -> tuple[int, int]:
    """Return how far down a rated row belongs, the gravest first."""
    return _EFFECTS.get(row.effect, 5), _RISKS.get(row.risk, 4)


def gravest_first(rows: Iterable[_Row]) -> tuple[_Row, ...]:
    """Return rows in the order of how much they matter; equals stay in their order."""
    return tuple(sorted(rows, key=weight))


def rating(rows: Iterable[_Row]) -> Rating:
    """Return the rating of the gravest row."""
    worst = min(rows, key=weight, default=None)
    return UNRATED if worst is None else Rating(worst.effect, worst.risk, worst.evidence)


def concern_of(effect: str, *, treats: bool = False) -> str:
    """Return the concern that an effect raises; ``treats`` when it is or was used for restless legs."""
    concern = _CONCERNS.get(effect, NOT_LISTED)
    return TREATMENT if treats and concern in (NEUTRAL, NOT_LISTED) else concern


def flagged(row: Substance | DrugClass) -> bool:
    """Return whether a row is to be pointed out."""
    return row.effect in FLAGGED
