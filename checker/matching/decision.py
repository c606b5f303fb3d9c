"""Decide between the names near a misspelling: correct, ask, or say that it is not known.

A plain noisy-channel model (Kernighan, Church and Gale, 1990): how likely a name is written this way,
times how common the name is. The best is taken only when it is clearly ahead; where the runner-up has
another effect on restless legs it has to be further ahead; a published look-alike pair is asked.
"""

from __future__ import annotations

from rapidfuzz.distance import OSA

from checker.matching.candidates import Near
from checker.matching.lexicon import GUARD, Lexicon
from checker.matching.likeness import far
from checker.matching.reading import Reading, readings
from drugdb.folding import fold
from drugdb.sound import block_ended
from drugdb.values import NamedTuple

FLAGGED = frozenset(("worsens", "mixed", "augments"))
_BEGUN = 30  # names looked at that begin with a misspelling
_BEGINNING = 6  # letters of a beginning that says something
_STEM = 5  # letters of an ending that a family of substances shares
_OFF = 2  # letters by which the beginning of a misspelling may be longer or shorter than the name's
MOST = 5  # candidates offered
SURE = 3  # of them the best, whatever they are


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
    towards_part: float = 0.2  # part of the way that it takes at the least
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
    alone: float = 1.5  # times as far, where nothing else comes near a name that is common
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


class Decision(NamedTuple):
    """``chosen`` is set for a correction; else ``offered`` says what to ask, best first."""

    chosen: Scored | None
    offered: tuple[Scored, ...]


def _identity(reading: Reading) -> tuple[str, tuple[str, ...]]:
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
            identity = _identity(reading)
            known = best.get(identity)
            if known is not None:
                slips = min(slips, known.slips)
                if value <= known.score:
                    best[identity] = known._replace(slips=slips)
                    continue
            best[identity] = Scored(reading, item.key, item.distance, value, slips)
    return sorted(best.values(), key=lambda s: (-s.score, s.key))


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
    if not ranked:
        return Decision(None, () if ordinary or not sure else _choose(_begun_alike(query, lexicon, market), lexicon))
    reach = settings.ask_per_letter * size + settings.ask_base
    if ordinary:
        reach = settings.ask_ordinary if size >= settings.short else 0.0
    offered = [s for s in ranked if s.distance <= (reach if _is_medicine(s) else min(reach, settings.ask_words))]
    best = ranked[0]
    if sure and not ordinary and _may_correct(ranked, size, settings) and _clear(query, ranked, lexicon, settings):
        guarded = _guarded(query, best, lexicon, market)
        if not guarded:
            return Decision(best, ())
        return Decision(None, (*_choose(offered, lexicon)[: MOST - len(guarded)], *guarded))
    return Decision(None, _choose(offered, lexicon))


def _begun_alike(query: str, lexicon: Lexicon, market: str) -> list[Scored]:
    """The names that begin as a word near no name does, the most common first: a guess that is only asked about."""
    shared = max(len(query) // 2, _BEGINNING)
    if len(query) < shared:
        return []
    best: dict[tuple[str, tuple[str, ...]], Scored] = {}
    for key in lexicon.database.keys_starting(query[:shared], _BEGUN):
        for reading in lexicon.readings(key, market):
            if reading.kind in ("substance", "product") and reading.weight:
                best.setdefault(_identity(reading), Scored(reading, key, 0.0, reading.weight, len(query)))
    return sorted(best.values(), key=lambda scored: (-scored.score, scored.key))


def _guarded(query: str, best: Scored, lexicon: Lexicon, market: str) -> tuple[Scored, ...]:
    """The medicines known by name alone that are a single slip away, where the best is not, or is hardly ever met.

    The guard is never corrected to; but neither is its misspelling taken for something else.
    """
    if best.reading.weight > 1 and best.slips <= 1:
        return ()
    near = [name for name in lexicon.guards_near(query) if set(name.substances) != set(best.reading.substances)]
    return tuple(Scored(reading, query, 1.0, 0.0, 1) for reading in readings(near, market)[:2])


def _is_medicine(scored: Scored) -> bool:
    return scored.reading.kind not in ("class", "trigger")


def _may_correct(ranked: list[Scored], size: int, settings: Settings) -> bool:
    """Whether the best is near enough and a medicine; classes and triggers are everyday words, and asked."""
    best = ranked[0]
    if not _is_medicine(best):
        return False
    if best.reading.kind == "product" and best.reading.weight == 0 and best.distance > settings.rare:
        return False  # a brand hardly ever met is no reason to be sure
    if size < settings.short:
        return best.distance <= settings.near_short
    reach = settings.near_per_letter * size + settings.near_base
    if best.reading.weight > 1 and all(best.score - other.score >= settings.lead_alone for other in ranked[1:]):
        reach *= settings.alone
    return best.distance <= reach


def _clear(query: str, ranked: list[Scored], lexicon: Lexicon, settings: Settings) -> bool:
    """Whether nothing else comes near enough to the best to be meant instead."""
    best = ranked[0]
    if any(_rivals(best, other, lexicon, settings) for other in ranked[1:]):
        return False
    if best.slips > 1 and _of_a_family(query, best, lexicon, settings):
        return False
    return (
        not _cut_off(query, best, lexicon)
        and not any(
            _as_near_to(query, partner, best, settings) or _between(query, best, partner, tall_man, settings)
            for partner, tall_man in _published_partners(best, lexicon).items()
        )
        and not _towards_an_aggravator(query, best, lexicon, settings)
    )


def _towards_an_aggravator(query: str, best: Scored, lexicon: Lexicon, settings: Settings) -> bool:
    """Whether an innocent's misspelling goes straight towards the aggravator it is published as confused with."""
    if effects(best.reading, lexicon):
        return False
    for partner in _published_partners(best, lexicon):
        if any(effects(reading, lexicon) for reading in lexicon.readings(partner)):
            name = fold(best.reading.substances[0]) if best.reading.kind == "substance" else best.key
            whole, gone, left = far(name, partner), far(query, name), far(query, partner)
            if settings.towards_part * whole <= gone and gone + left <= settings.towards * whole:
                return True
    return False


def _rivals(best: Scored, other: Scored, lexicon: Lexicon, settings: Settings) -> bool:
    """Whether another name may be meant as well."""
    if best.key == other.key:
        return True  # one name, several readings: by market or pack
    own, theirs = effects(best.reading, lexicon), effects(other.reading, lexicon)
    lead = best.score - other.score
    rare = _is_medicine(other) and best.reading.weight - other.reading.weight >= settings.better_known
    if theirs and _is_medicine(other) and other.slips <= 1:
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


def _of_a_family(query: str, best: Scored, lexicon: Lexicon, settings: Settings) -> bool:
    """Whether the best ends like other common substances, and the beginning that tells them apart is too far off.

    Half of "-azolam" or "-prazole" says nothing of which one is meant; what is left is a short name.
    """
    block = lexicon.block(block_ended(best.key))
    if best.reading.kind != "substance" or block is None:
        return False
    head = best.key
    least = max(_STEM, (len(best.key) + 1) // 2)  # letters of an ending that a family shares
    ending = best.key[-least:]
    for key in block.keys:
        if not key.endswith(ending) or key in (best.key, ending):
            continue
        if any(
            other.kind == "substance" and other.weight > 1 and not set(other.substances) <= set(best.reading.substances)
            for other in lexicon.readings(key)
        ):
            head = min(head, best.key[: -_shared_end(key, best.key)], key=len)
    if not head or head == best.key:
        return False
    size = len(head)
    gone = min(far(query[:end], head) for end in range(max(1, size - _OFF), size + _OFF + 1))
    return gone > settings.near_per_letter * size + settings.near_base


def _shared_end(one: str, two: str) -> int:
    """How many last letters two keys share."""
    count = 0
    for left, right in zip(reversed(one), reversed(two), strict=False):
        if left != right:
            break
        count += 1
    return count


def _cut_off(query: str, best: Scored, lexicon: Lexicon) -> bool:
    """Whether the misspelling is the beginning of the names of several medicines."""
    if not best.key.startswith(query):
        return False
    begun = {
        name.substances
        for key in lexicon.database.keys_starting(query, _BEGUN)
        for name in lexicon.names(key)
        if name.kind in ("substance", "product") and name.weight
    }
    return len(begun) > 1


def _as_near_to(query: str, partner: str, best: Scored, settings: Settings) -> bool:
    """Whether a name that the best is known to be confused with is as few slips away, and not much likelier ones."""
    return OSA.distance(query, partner) <= best.slips and far(query, partner) <= best.distance + settings.partner


def _as_near(best: Scored, other: Scored) -> bool:
    """Whether another medicine is no more slips away than the best, counted plainly.

    A product that holds more than the best (Brand and Brand-D) is not another one in this sense: its
    own letters are missing.
    """
    if not _is_medicine(other) or set(best.reading.substances) < set(other.reading.substances):
        return False
    return other.slips <= best.slips


def _between(query: str, best: Scored, partner: str, tall_man: bool, settings: Settings) -> bool:
    """Whether the misspelling lies on the way from the best to a name it is known to be confused with."""
    name = fold(best.reading.substances[0]) if best.reading.kind == "substance" else best.key
    whole, gone = far(name, partner), far(query, name)
    if gone < settings.between_least:
        return False
    left = far(query, partner)
    if tall_man and gone >= settings.adrift * whole and left <= settings.astray * whole:
        return True
    if gone + left > settings.detour * whole:
        return False
    part = settings.between_tall_man if tall_man else settings.between
    if gone + left < settings.straight * whole:
        part *= settings.straight_part
    return gone >= part * whole and left <= whole * (1 - settings.nearer)


def _published_partners(best: Scored, lexicon: Lexicon) -> dict[str, bool]:
    """The keys that a published list of confused names pairs with the best; True for tall-man lists."""
    partners = dict(lexicon.partners(best.key))
    if best.reading.kind == "substance":
        partners.update(lexicon.partners(fold(best.reading.substances[0])))
    partners.pop(best.key, None)
    return partners


def _choose(offered: list[Scored], lexicon: Lexicon) -> tuple[Scored, ...]:
    """The best three, then aggravators before innocents, a slip away first: what matters must not fall off the end."""

    def place(scored: Scored) -> tuple[bool, bool]:
        flagged = bool(effects(scored.reading, lexicon))
        return not (flagged and scored.slips <= 1), not flagged

    rest = sorted(offered[SURE:], key=place)
    return (*offered[:SURE], *rest)[:MOST]
