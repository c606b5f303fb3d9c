"""Names that a word is the beginning of: cut short by whoever wrote it, or the first word of a product."""

from __future__ import annotations

from checker.matching.lexicon import Lexicon
from checker.matching.reading import Reading
from checker.matching.scoring import Scored, effects, identity
from drugdb.folding import fold

_LOOKED_AT = 60  # names that begin with a word
_MOST = 3  # names returned
_SHORTEST = 4  # letters of a name cut short
_PLAIN = 5  # letters from which any but rare names may be meant
_GUESS = 6  # letters of a beginning that says something though the rest is another


def cut_short(query: str, lexicon: Lexicon, market: str) -> tuple[Scored, ...]:
    """Return the medicines whose name begins with a word that is no name, at most three, the likeliest first.

    Ingredients that are not rare, brands that people know, and products whose first word it is
    ("Relaxa" of "Relaxa-Tabs").
    """
    if len(query) < _SHORTEST:
        return ()
    found: dict[tuple[str, tuple[str, ...]], tuple[bool, bool, bool, int, Scored]] = {}
    for key in lexicon.starting(query, _LOOKED_AT):
        for reading in lexicon.readings(key, market):
            whole = _first_word(reading, query)
            if whole or _may_be_cut(reading, len(query)):
                scored = Scored(reading, key, 0.0, 0.0, len(key) - len(query))
                common = reading.kind == "substance" and reading.weight > 1
                rank = (not common, not whole, not effects(reading, lexicon), -reading.weight, scored)
                found[identity(reading)] = min(found.get(identity(reading), rank), rank, key=lambda each: each[:4])
    ranked = sorted(found.values(), key=lambda each: (*each[:4], each[4].key))
    return tuple(scored for *_, scored in ranked[:_MOST])


def _first_word(reading: Reading, query: str) -> bool:
    words = reading.names[0].text.replace("-", " ").split()
    return reading.kind == "product" and len(words) > 1 and fold(words[0]) == query


def _may_be_cut(reading: Reading, size: int) -> bool:
    if reading.kind == "substance":
        return reading.weight >= (1 if size >= _PLAIN else 3)
    return reading.kind == "product" and size >= _PLAIN and reading.weight > 1


def begun_alike(query: str, lexicon: Lexicon, market: str) -> list[Scored]:
    """Return the names that begin as a word near no name does, the most common first: a guess, only to be asked."""
    shared = max(len(query) // 2, _GUESS)
    if len(query) < shared:
        return []
    best: dict[tuple[str, tuple[str, ...]], Scored] = {}
    for key in lexicon.starting(query[:shared], _LOOKED_AT):
        for reading in lexicon.readings(key, market):
            if reading.kind in ("substance", "product") and reading.weight:
                best.setdefault(identity(reading), Scored(reading, key, 0.0, reading.weight, len(query)))
    return sorted(best.values(), key=lambda scored: (-scored.score, scored.key))
