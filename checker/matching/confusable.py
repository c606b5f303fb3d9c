"""Names that a misspelling may lie between: families, published look-alikes, beginnings of several names."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from checker.matching.lexicon import Lexicon
from checker.matching.likeness import SECOND, VOWEL, far
from checker.matching.scoring import Scored, Settings, effects
from drugdb.folding import fold
from drugdb.sound import block_ended

_STEM = 5  # letters of an ending that a family of substances shares
_OFF = 2  # letters by which the beginning of a misspelling may be longer or shorter than the name's
_BEGUN = 30  # names looked at that begin with a misspelling


def may_be_another(query: str, best: Scored, lexicon: Lexicon, settings: Settings) -> bool:
    """Return whether the best may be confused with a name that need not be near the misspelling itself."""
    if (best.slips > 1 and _of_a_family(query, best, lexicon, settings)) or _cut_off(query, best, lexicon):
        return True
    return _towards_an_aggravator(query, best, lexicon, settings) or any(
        _as_near_to(query, partner, best, settings) or _between(query, best, partner, tall_man, settings)
        for partner, tall_man in _published_partners(best, lexicon).items()
    )


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
    # one wrong vowel alone leads to no other name
    return gone > max(settings.near_per_letter * size + settings.near_base, VOWEL * SECOND)


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
        for key in lexicon.starting(query, _BEGUN)
        for name in lexicon.names(key)
        if name.kind in ("substance", "product") and name.weight
    }
    return len(begun) > 1


def _as_near_to(query: str, partner: str, best: Scored, settings: Settings) -> bool:
    """Whether a name that the best is known to be confused with is as few slips away, and not much likelier ones."""
    return OSA.distance(query, partner) <= best.slips and far(query, partner) <= best.distance + settings.partner


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
