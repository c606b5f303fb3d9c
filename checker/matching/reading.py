"""What one key stands for: a single reading, or several that differ by market or pack."""

from __future__ import annotations

from collections.abc import Iterable

from checker.report import AMBIGUOUS, EXACT, Candidate, Match
from drugdb.records import Name
from drugdb.values import NamedTuple

MEDICINES = frozenset(("substance", "synonym", "product"))
# A pack with an EU-wide name is sold in each of these.
_EU_WIDE = frozenset(("IE", "DE", "AT", "FR", "ES", "IT", "NL", "PL", "BE", "PT", "SE", "DK", "FI"))


class Reading(NamedTuple):
    """One thing a name may stand for, with the names that say so."""

    kind: str  # substance, product, class, trigger, guard
    substances: tuple[str, ...]
    target: tuple[str, ...]
    names: tuple[Name, ...]

    @property
    def name(self) -> str:
        """The name as the reference writes it; of an ingredient its non-proprietary name."""
        return self.substances[0] if self.kind == "substance" else self.names[0].text

    @property
    def markets(self) -> tuple[str, ...]:
        """Every market in which the name stands for this."""
        return tuple(sorted({market for name in self.names for market in name.markets}))

    @property
    def weight(self) -> int:
        """How common it is, 0 to 3."""
        return max(name.weight for name in self.names)

    def candidate(self) -> Candidate:
        """The reading as a choice to offer."""
        note = next((name.note for name in self.names if name.note), "")
        return Candidate(self.name, self.kind, self.substances, " ".join(self.markets), note)


def _identity(name: Name) -> tuple[str, tuple[str, ...]]:
    if name.kind in ("class", "trigger"):
        return name.kind, name.target
    return "medicine", name.substances


def sold_in(name: Name, market: str) -> bool:
    """Return whether a name is in use in a market; ingredients are in use everywhere."""
    if not name.markets or market in name.markets:
        return True
    return "EU" in name.markets and market in _EU_WIDE


def readings(names: Iterable[Name], market: str = "") -> tuple[Reading, ...]:
    """Group the names of one key into what they stand for.

    With a market, names used there come alone if there are any; a name that is unknown there is
    still read as what it is elsewhere.
    """
    names = tuple(names)
    if market:
        names = tuple(name for name in names if sold_in(name, market)) or names
    groups: dict[tuple[str, tuple[str, ...]], list[Name]] = {}
    for name in names:
        groups.setdefault(_identity(name), []).append(name)
    found = []
    for (sort, _), group in groups.items():
        group.sort(key=lambda name: -len(name.markets))
        first = next((name for name in group if name.kind == "substance"), group[0])
        kind = first.kind if sort != "medicine" else _medicine_kind(group)
        found.append(Reading(kind, first.substances, first.target, (first, *(n for n in group if n is not first))))
    found.sort(key=lambda reading: -len(reading.markets))
    return tuple(found)


def _medicine_kind(group: list[Name]) -> str:
    kinds = {name.kind for name in group}
    if "substance" in kinds or "synonym" in kinds:
        return "substance"
    return "product" if "product" in kinds else "guard"


def match_of(found: tuple[Reading, ...], market: str, read: str) -> Match:
    """Return the match for a key that the vocabulary holds."""
    if len(found) == 1:
        only = found[0]
        substances = () if only.kind == "class" else only.substances
        return Match(EXACT, only.name, only.kind, substances, only.target, (), _class_doubt(only), read)
    doubt = "pack" if market or _same_markets(found) else "market"
    return Match(AMBIGUOUS, found[0].name, "", (), (), tuple(r.candidate() for r in found), doubt, read)


def _class_doubt(reading: Reading) -> str:
    return "class" if reading.kind == "class" else ""


def _same_markets(found: tuple[Reading, ...]) -> bool:
    """Whether knowing the market would not help."""
    return len({reading.markets for reading in found}) == 1
