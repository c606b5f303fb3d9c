"""Which product of a brand is meant: its variants, its markets, and words that turn a name into another thing."""

from __future__ import annotations

from collections.abc import Sequence

from checker.matching.items import SPEAKS_FOR, Item
from checker.matching.lexicon import Lexicon
from checker.matching.reading import Reading, sold_in
from checker.report import AMBIGUOUS, CORRECTED, EXACT, Candidate, Match, Word
from drugdb.folding import fold

_NIGHT = ("pm", "night", "nighttime", "nightshift", "nacht", "nuit", "noche", "sleep")
_FURTHEST_VARIANT = 4  # words and hyphens behind a name that a variant is looked for in
_ONE_SLIP = 1.0  # edits of a single slip


class Brands:
    """Asks, where the words beside a name leave open which product it is.

    Args:
        lexicon: the vocabulary.
        market: two letters ("US"), or empty when it is not known.
    """

    def __init__(self, lexicon: Lexicon, market: str) -> None:
        self._lexicon = lexicon
        self._market = market

    def _readings(self, key: str) -> tuple[Reading, ...]:
        return self._lexicon.readings(key, self._market)

    def with_variants(self, words: Sequence[Word], items: list[Item]) -> list[Item]:
        """A product followed by a word that changes products ("Night", "D") is not the plain product."""
        out = []
        for item in items:
            start, end, match = item
            follows = words[end] if end < len(words) else None
            plain = match.kind == "product" and match.status == EXACT and words[end - 1].kind != "variant"
            family: tuple[Candidate, ...] = ()
            reach = end + 1
            variant = _variant_after(words, end) if plain else 0
            if variant:
                family = self._family(words[start:end], match)
                said = words[variant - 1]
                if said.key in _NIGHT and said.text.islower() and not any(_for_the_night(c.name) for c in family):
                    family = ()  # "zyrtec night" says when it is taken; "Zyrtec Night" may be a product
                reach = variant
            elif plain and follows is not None and follows.kind == "name" and not self._lexicon.ordinary(follows.key):
                family = self._spoilt_variant(words[start:end], follows, match)
            if len(family) > 1:
                asked = Match(AMBIGUOUS, match.name, "", (), (), family, "variant", match.read)
                out.append(Item(start, reach, asked))
            else:
                out.append(item)
        return out

    def sold_elsewhere(self, words: Sequence[Word], item: Item) -> Item:
        """A product that the given market does not know, of a brand that it knows otherwise, is asked about."""
        start, end, match = item
        if not self._market or match.status != EXACT or match.kind != "product" or end - start < 2:
            return item
        key = "".join(word.key for word in words[start:end])
        if any(sold_in(name, self._market) for name in self._lexicon.names(key)):
            return item
        here = [
            r
            for r in self._readings(words[start].key)
            if self._market in r.markets and r.substances != match.substances
        ]
        if not here:
            return item
        candidates = (*(r.candidate() for r in here), Candidate(match.name, match.kind, match.substances, "", ""))
        return Item(start, end, Match(AMBIGUOUS, match.name, "", (), (), candidates[:5], "market", match.read))

    def with_night_words(self, words: Sequence[Word], items: list[Item]) -> list[Item]:
        """A word for the night or for sleep that is left beside a medicine may name another product."""
        if len(items) != 1:
            return items
        start, end, match = items[0]
        if match.status not in (EXACT, CORRECTED) or match.kind not in ("substance", "product", "combination", "guard"):
            return items
        left = [word for at, word in enumerate(words) if not start <= at < end and word.key]
        named = next((w for at, w in enumerate(left) if self._names_a_night_product(left, at)), None)
        brand = words[start].key
        only_brand = named is None  # "pm" and "night" right behind a name may say when it is taken
        if only_brand and end < len(words) and words[end].key in _NIGHT:
            named = words[end]
        if named is None:
            return items
        found = {match.substances: Candidate(match.name, match.kind, match.substances, "", "")}
        alike = [
            product
            for product in self._lexicon.database.products(match.substances[0] if match.substances else None)
            if set(match.substances) < set(product.substances)
            and _for_the_night(product.name)
            and (not only_brand or fold(product.name).startswith(brand))
        ]
        alike.sort(
            key=lambda each: (
                not fold(each.name).startswith(brand),
                named.key not in fold(each.name),
                len(each.substances),
                len(each.name),
            )
        )
        for product in alike:
            inside = tuple(product.substances)
            found.setdefault(inside, Candidate(product.name, "product", inside, product.market, product.note))
        flagged = [c for c in found.values() if any(self._lexicon.effect(s) for s in c.substances)]
        rest = [c for c in found.values() if c not in flagged]
        candidates = tuple((rest[:1] + flagged + rest[1:])[:5])
        if len(candidates) < 2:
            return items
        return [Item(start, end, Match(AMBIGUOUS, match.name, "", (), (), candidates, "variant", match.read))]

    def in_a_phrase(self, words: Sequence[Word], items: list[Item]) -> list[Item]:
        """A substance whose name is an everyday word, before another one, may be something else ("garlic bread")."""
        if len(items) != 1:
            return items
        start, end, match = items[0]
        if match.status != EXACT or match.kind != "substance" or not self._lexicon.ordinary(words[start].key):
            return items
        following = words[end] if end < len(words) else None
        plain = following is not None and following.kind == "name" and self._lexicon.ordinary(following.key)
        if not plain or end - start > 1 or any(word.kind in SPEAKS_FOR for word in words):
            return items
        asked = Candidate(match.name, match.kind, match.substances, "", "")
        return [Item(start, end, Match(AMBIGUOUS, match.name, "", (), (), (asked,), "spelling", match.read))]

    @staticmethod
    def _names_a_night_product(left: Sequence[Word], at: int) -> bool:
        """Whether a word says that the product is one for the night, not when it is taken.

        "PM" after an hour, and "night" after "at", say when.
        """
        word = left[at]
        if word.key in ("nighttime", "nightshift", "nacht", "noc"):
            return True
        if word.key != "pm" or word.text == "pm":
            return False
        before = left[at - 1] if at else None
        return before is None or before.kind != "number" or len(before.key) > 2

    def _spoilt_variant(self, words: Sequence[Word], follows: Word, match: Match) -> tuple[Candidate, ...]:
        """The product of this name whose further word the following one may be, misspelt; and the plain one."""
        from checker.matching.candidates import near

        stem = "".join(word.key for word in words)
        joined = stem + follows.key
        found: dict[tuple[str, ...], Candidate] = {}
        for item in near(joined, self._lexicon.block):
            if item.distance <= _ONE_SLIP and item.key.startswith(stem) and len(item.key) > len(stem):
                for reading in self._readings(item.key):
                    found.setdefault(reading.substances, reading.candidate())
        if not found:
            return ()
        found.setdefault(match.substances, Candidate(match.name, match.kind, match.substances, "", ""))
        return tuple(found.values())[:5]

    def _family(self, words: Sequence[Word], match: Match) -> tuple[Candidate, ...]:
        stem = "".join(word.key for word in words)
        family: list[Candidate] = [Candidate(match.name, match.kind, match.substances, "", "")]
        for key in self._lexicon.starting(stem, 40):
            for reading in self._readings(key):
                if reading.kind == "product":
                    family.append(reading.candidate())
        first: dict[tuple[str, ...], Candidate] = {}
        for candidate in family:
            first.setdefault(candidate.substances, candidate)
        flagged = [c for c in first.values() if any(self._lexicon.effect(s) for s in c.substances)]
        rest = [c for c in first.values() if c not in flagged]
        return tuple((flagged + rest)[:5])


def _for_the_night(name: str) -> bool:
    return any(night in fold(name) for night in _NIGHT)


def _variant_after(words: Sequence[Word], end: int) -> int:
    """Return where the words of a product's name end that a variant is among ("... Maximum Relief Night"); 0 if none is.

    A strength or directions end a name.
    """
    for place in range(end, min(len(words), end + _FURTHEST_VARIANT)):
        kind = words[place].kind
        if kind == "variant":
            return place + 1
        if words[place].key and kind not in ("name", "filler", "reason"):
            return 0
        if not words[place].key and words[place].text not in "-®™":
            return 0
    return 0
