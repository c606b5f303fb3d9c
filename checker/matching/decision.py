"""Decide between the names near a misspelling: correct, ask, or say that it is not known.

The best of those that ``checker.matching.scoring`` ranks is taken only when it is clearly ahead; where the
runner-up has another effect on restless legs it has to be further ahead; a published look-alike pair is asked.
"""

from __future__ import annotations

from checker.matching.beginnings import begun_alike, cut_short
from checker.matching.candidates import Near
from checker.matching.confusable import may_be_another
from checker.matching.lexicon import Lexicon
from checker.matching.reading import readings
from checker.matching.scoring import SETTINGS, Scored, Settings, effects, identity, is_medicine, score
from drugdb.values import NamedTuple

MOST = 5  # candidates offered
SURE = 3  # of them the best, whatever they are


class Decision(NamedTuple):
    """``chosen`` is set for a correction; else ``offered`` says what to ask, best first."""

    chosen: Scored | None
    offered: tuple[Scored, ...]


def decide(
    query: str,
    close: list[Near],
    lexicon: Lexicon,
    market: str,
    *,
    sure: bool,
    ordinary: bool = False,
    settings: Settings = SETTINGS,
) -> Decision:
    """Choose, or say what to ask.

    Args:
        query: the folded misspelling.
        close: the names near it.
        sure: False when the line itself speaks against a medicine (an ordinary word, unknown words
            around it): then nothing is corrected, only asked.
        ordinary: the misspelling is an ordinary word: only what is very near is asked about.
    """
    ranked = score(query, close, lexicon, market, settings)
    size = len(query)
    begun = () if ordinary or not sure else cut_short(query, lexicon, market)
    if not ranked:
        guess = () if ordinary or not sure else begun or _choose(begun_alike(query, lexicon, market), lexicon)
        return Decision(None, guess[:MOST])
    reach = settings.ask_per_letter * size + settings.ask_base
    if ordinary:
        reach = settings.ask_ordinary if size >= settings.short else 0.0
    offered = [s for s in ranked if s.distance <= (reach if is_medicine(s) else min(reach, settings.ask_words))]
    best = ranked[0]
    if sure and not ordinary and _may_correct(ranked, size, settings) and _clear(query, ranked, lexicon, settings):
        others = [each for each in begun if identity(each.reading) != identity(best.reading)]
        guarded = () if others else _guarded(query, best, lexicon, market)
        if not others and not guarded:
            return Decision(best, ())
        return Decision(None, (*others, *_choose(offered, lexicon)[: MOST - len(others) - len(guarded)], *guarded))
    known = {identity(each.reading) for each in begun}
    rest = [each for each in offered if identity(each.reading) not in known]
    return Decision(None, (*begun, *_choose(rest, lexicon))[:MOST])


def _guarded(query: str, best: Scored, lexicon: Lexicon, market: str) -> tuple[Scored, ...]:
    """The medicines known by name alone that are a single slip away, where the best is not, or is hardly ever met.

    The guard is never corrected to; but neither is its misspelling taken for something else.
    """
    if best.reading.weight > 1 and best.slips <= 1:
        return ()
    near = [name for name in lexicon.guards_near(query) if set(name.substances) != set(best.reading.substances)]
    return tuple(Scored(reading, query, 1.0, 0.0, 1) for reading in readings(near, market)[:2])


def _may_correct(ranked: list[Scored], size: int, settings: Settings) -> bool:
    """Whether the best is near enough and a medicine; classes and triggers are everyday words, and asked."""
    best = ranked[0]
    if not is_medicine(best):
        return False
    if best.reading.kind == "product" and best.reading.weight == 0 and best.distance > settings.rare:
        return False  # a brand hardly ever met is no reason to be sure
    if size < settings.short:
        return best.distance <= settings.near_short
    reach = settings.near_per_letter * size + settings.near_base
    if (
        best.reading.weight > 1
        and best.slips <= settings.alone_slips
        and all(best.score - other.score >= settings.lead_alone for other in ranked[1:])
    ):
        reach *= settings.alone
    return best.distance <= reach


def _clear(query: str, ranked: list[Scored], lexicon: Lexicon, settings: Settings) -> bool:
    """Whether nothing else comes near enough to the best to be meant instead."""
    best = ranked[0]
    if any(_rivals(best, other, lexicon, settings) for other in ranked[1:]):
        return False
    return not may_be_another(query, best, lexicon, settings)


def _rivals(best: Scored, other: Scored, lexicon: Lexicon, settings: Settings) -> bool:
    """Whether another name may be meant as well."""
    if best.key == other.key:
        return True  # one name, several readings: by market or pack
    own, theirs = effects(best.reading, lexicon), effects(other.reading, lexicon)
    lead = best.score - other.score
    rare = is_medicine(other) and best.reading.weight - other.reading.weight >= settings.better_known
    if theirs and is_medicine(other) and other.slips <= 1:
        return True  # an aggravator a single slip away is never passed over
    if rare and not theirs:
        return lead < settings.lead_rare or best.distance > other.distance + settings.nearer_rare
    clears = bool(theirs) and not own  # to clear a line of an aggravator takes more than to ask
    needed = settings.lead if theirs == own else settings.lead_other_effect
    if clears:
        needed = settings.lead_to_clear
    elif other.reading.weight == 0:
        needed *= settings.rare_rival
    if lead < needed:
        return True
    one_slip = best.slips == 1 and other.reading.weight > 0
    doubt = settings.lead_one_slip if one_slip else settings.lead_beyond_doubt
    return lead < doubt and _as_near(best, other)


def _as_near(best: Scored, other: Scored) -> bool:
    """Whether another medicine is no more slips away than the best, counted plainly.

    A product that holds more than the best (Brand and Brand-D) is not another one in this sense: its
    own letters are missing.
    """
    if not is_medicine(other) or set(best.reading.substances) < set(other.reading.substances):
        return False
    return other.slips <= best.slips


def _choose(offered: list[Scored], lexicon: Lexicon) -> tuple[Scored, ...]:
    """The best three, then aggravators before innocents, a slip away first: what matters must not fall off the end."""

    def place(scored: Scored) -> tuple[bool, bool]:
        flagged = bool(effects(scored.reading, lexicon))
        return not (flagged and scored.slips <= 1), not flagged

    rest = sorted(offered[SURE:], key=place)
    return (*offered[:SURE], *rest)[:MOST]
