"""How likely each thing near a misspelling is meant: a plain noisy-channel model.

How likely a name is written this way, times how common the name is (Kernighan, Church and Gale, 1990).
"""

from __future__ import annotations

from rapidfuzz.distance import OSA

from checker.matching.candidates import Near
from checker.matching.lexicon import GUARD, Lexicon
from checker.matching.reading import Reading
from drugdb.values import NamedTuple

FLAGGED = frozenset(("worsens", "mixed", "augments"))


class Settings(NamedTuple):
    """The numbers of the model, calibrated as docs/matching.md says."""

    steepness: float = 2.6  # nats for a whole edit
    commonness: float = 0.75  # nats for a step of commonness (0 to 3)
    lead: float = 1.0  # nats ahead of another medicine of the same effect
    lead_other_effect: float = 1.0  # nats ahead of a medicine with another effect
    partner: float = 1.2  # edits farther at which a published look-alike as few slips away is still asked about
    between: float = 0.4  # part of the way to a published look-alike from which it is asked about
    between_tall_man: float = 0.22  # the same for pairs with tall-man letters, the most confused of all
    between_least: float = 0.6  # edits that it takes at the least: one wrong vowel leads nowhere else
    adrift: float = 0.75  # part of the way from which a tall-man pair is asked about though it leads elsewhere
    astray: float = 1.3  # times the way, within which it still counts as between the two
    nearer: float = 0.05  # part of that way by which the misspelling has come nearer to the look-alike
    towards: float = 1.05  # times the way, within which an innocent's misspelling leads to an aggravator
    towards_part: float = 0.25  # part of the way that it takes at the least
    straight: float = 0.95  # times the way, below which the misspelling leads straight to the look-alike
    straight_part: float = 0.9  # times the part of the way that then is enough
    detour: float = 1.3  # times the way from the best to the look-alike, that the way over the misspelling may be long
    rare_rival: float = 0.6  # times, what the best must be ahead of a name hardly ever met
    better_known: int = 2  # steps of commonness by which an innocent is so much rarer that it must come nearer
    nearer_rare: float = 0.2  # edits by which it must
    lead_rare: float = 0.5  # nats ahead of it all the same
    rare: float = 0.7  # edits within which a brand hardly ever met is corrected to
    lead_to_clear: float = 1.3  # nats an innocent must be ahead of an aggravator
    lead_beyond_doubt: float = 2.2  # nats ahead from which another as many slips away is not asked about
    lead_one_slip: float = 3.0  # the same where both are a single slip away
    near_per_letter: float = 0.2  # edits per letter within which a correction may be made
    near_base: float = 0.16
    alone: float = 1.3  # times as far, where nothing else comes near a name that is common
    alone_slips: int = 2  # plain slips that it may be away at the most
    lead_alone: float = 4.0  # nats ahead of anything else that make it so
    short: int = 5  # letters below which hardly anything is corrected
    near_short: float = 0.4  # edits within which it still is
    ask_per_letter: float = 0.28  # edits per letter within which a name is offered
    ask_base: float = 0.35
    ask_words: float = 1.3  # edits within which a class or a trigger is offered
    ask_ordinary: float = 0.9  # edits within which a name is offered for an ordinary word


SETTINGS = Settings()


class Scored(NamedTuple):
    """A reading near the misspelling, by that name of it that fits best."""

    reading: Reading
    key: str
    distance: float  # in edits, weighted
    score: float  # in nats
    slips: int  # plain edits from the nearest of its names


def identity(reading: Reading) -> tuple[str, tuple[str, ...]]:
    return ("", reading.substances) if reading.substances and not reading.target else (reading.kind, reading.target)


def effects(reading: Reading, lexicon: Lexicon) -> frozenset[str]:
    """Return whether the reading would be flagged, and with which effects."""
    if reading.kind == "class":
        rows = (lexicon.database.drug_class(each) for each in reading.target)
        return frozenset(row.effect for row in rows if row and row.effect in FLAGGED)
    return frozenset(e for e in map(lexicon.effect, reading.substances) if e in FLAGGED)


def score(query: str, close: list[Near], lexicon: Lexicon, market: str, settings: Settings) -> list[Scored]:
    """Return each thing the names near stand for, best first, once."""
    best: dict[tuple[str, tuple[str, ...]], Scored] = {}
    for item in close:
        slips = OSA.distance(query, item.key)
        for reading in lexicon.readings(item.key, market):
            if reading.kind == GUARD:
                continue
            # who says where they live is likelier to write a brand from there
            common = max(reading.weight, 2) if market in reading.markets else reading.weight
            value = settings.commonness * common - settings.steepness * item.distance
            thing = identity(reading)
            known = best.get(thing)
            if known is not None:
                slips = min(slips, known.slips)
                if value <= known.score:
                    best[thing] = known._replace(slips=slips)
                    continue
            best[thing] = Scored(reading, item.key, item.distance, value, slips)
    return sorted(best.values(), key=lambda s: (-s.score, s.key))


def is_medicine(scored: Scored) -> bool:
    return scored.reading.kind not in ("class", "trigger")
