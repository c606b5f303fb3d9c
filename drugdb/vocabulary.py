"""The vocabulary: every spelling that the matcher knows, and the index it finds misspellings with.

Two tiers. Owned names (our own curated files) may be reached by correction; guard names (a public
dictionary) are known exactly or not at all, so that a rare name never wins against a common one's
misspelling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from drugdb.folding import fold_kept as fold
from drugdb.records import Name
from drugdb.sound import blocks_of, sound
from drugdb.values import TYPE_CHECKING

if TYPE_CHECKING:  # a check reads the vocabulary and no CSV file
    from drugdb.curated import Curated, Row

WEIGHTS = {"very common": 3, "common": 2, "uncommon": 1, "rare": 0, "": 1}
KNOWN = {"very common": 3, "common": 2}  # of brands
GUARD = "guard"
SHORTEST_FUZZY = 3  # shorter names have too many neighbours to be found by likeness


def names(curated: Curated, guard: Iterable[Name] = ()) -> list[Name]:
    """Return every name: substances, synonyms, products, triggers and classes, then the guard.

    Args:
        curated: the curated files, valid.
        guard: names of medicines that are recognised but not assessed here. Those whose key we own
            are left out: where we own a name, ours wins.

    Returns:
        The names in file order, products of one name and content merged over their markets.
    """
    found = [*_substances(curated), *_triggers(curated), *_products(curated), *_classes(curated)]
    owned = {fold(name.text) for name in found}
    return found + [name for name in guard if fold(name.text) not in owned]


def weights(curated: Curated) -> dict[str, int]:
    """Return how common each substance is on lists, 0 (hardly ever) to 3 (among the most prescribed)."""
    return {
        row.values["substance"]: WEIGHTS.get(row.values.get("prescribed", ""), 1)
        for stem in ("substances", "other_medicines")
        for row in curated.tables.get(stem, [])
    }


def _substances(curated: Curated) -> Iterator[Name]:
    weight = weights(curated)
    for stem in ("substances", "other_medicines"):
        for row in curated.tables.get(stem, []):
            own = row.values["substance"]
            yield Name(own, "substance", (), (own,), (), "", weight[own])
            heard = sound(fold(own))
            begins = heard[: max(4, len(heard) // 2)]
            for text in row.many("synonyms"):
                # other names are written less often than the name itself, least its spellings in other
                # languages, which begin to sound the same
                less = 2 if sound(fold(text)[: 2 * len(begins)]).startswith(begins) else 1
                yield Name(text, "synonym", (), (own,), (), "", max(weight[own] - less, 0))


def _triggers(curated: Curated) -> Iterator[Name]:
    for row in curated.tables.get("triggers", []):
        own = row.values["trigger"]
        texts = dict.fromkeys((own, *row.many("plain_names"), *row.many("synonyms")))
        for text in texts:
            yield Name(text, "trigger", (), (own,), (own,), "", 2)


def _products(curated: Curated) -> Iterator[Name]:
    weight = weights(curated)
    known = {row.values["product"]: KNOWN[row.values["known"]] for row in curated.tables.get("known_brands", [])}
    merged: dict[tuple[str, str, tuple[str, ...], str], list[str]] = {}
    brands: dict[str, int] = {}
    for row in curated.tables.get("products", []):
        for text in (row.values["product"], *_other_scripts(row)):
            content = (fold(text), text, row.many("substances"), row.values["note"])
            merged.setdefault(content, []).append(row.values["market"])
            if row.values["product"] in known:
                brands[fold(text)] = known[row.values["product"]]
    sold: dict[str, set[str]] = {}
    for (key, _, _, _), markets in merged.items():
        sold.setdefault(key, set()).update(markets)
    for (key, text, substances, note), markets in merged.items():
        common = brands.get(key)
        if common is None:
            common = min(max((weight.get(s, 1) for s in substances), default=1), _spread(sold[key]))
        yield Name(text, "product", tuple(sorted({m for m in markets if m})), substances, (), note, common)


def _spread(markets: set[str]) -> int:
    """How often a brand is met at the most, by the markets it is sold in."""
    if len(markets) >= 5:
        return 2
    return 1 if markets & {"US", "UK"} or len(markets) > 1 else 0


def _other_scripts(row: Row) -> tuple[str, ...]:
    other = row.values.get("other_script", "")
    return (other,) if other else ()


def _classes(curated: Curated) -> Iterator[Name]:
    for row in curated.tables.get("class_names", []):
        yield Name(row.values["name"], "class", (), (), row.many("class_ids"), "", 2)


def spellings(found: Iterable[Name]) -> dict[str, tuple[Name, ...]]:
    """Return the names by key. Names without a letter or digit have no key and are left out."""
    by_key: dict[str, list[Name]] = {}
    for name in found:
        key = fold(name.text)
        if key:
            by_key.setdefault(key, []).append(name)
    return {key: tuple(dict.fromkeys(group)) for key, group in by_key.items()}


def pack(group: Iterable[Name]) -> str:
    """Return the names of one key as one text, for the ``spelling`` table."""
    return "\n".join(
        "\t".join(
            (
                name.text,
                name.kind,
                "|".join(name.markets),
                "|".join(name.substances),
                "|".join(name.target),
                name.note,
                str(name.weight),
            )
        )
        for name in group
    )


def unpack(payload: str) -> tuple[Name, ...]:
    """Return the names of a payload that :func:`pack` made."""
    group = []
    for line in payload.split("\n"):
        text, kind, markets, substances, target, note, weight = line.split("\t")
        group.append(Name(text, kind, _many(markets), _many(substances), _many(target), note, int(weight)))
    return tuple(group)


def _many(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def fuzzy_blocks(by_key: Mapping[str, tuple[Name, ...]]) -> dict[str, str]:
    """Return the index for misspellings: block id -> ``key sound`` lines.

    The keys are in order; in the blocks of ends (``$``) the shortest come first.

    A key stands in a few blocks (``drugdb.sound.blocks_of``). A misspelling looks into the blocks it
    could have come from, never at the whole vocabulary.
    """
    blocks: dict[str, list[str]] = {}
    spoken = {
        key: sound(key)
        for key in by_key
        if len(key) >= SHORTEST_FUZZY and any(name.kind != GUARD for name in by_key[key])
    }
    for key in sorted(spoken):
        heard = spoken[key]
        line = f"{key} {heard}"
        for block in blocks_of(key, heard):
            blocks.setdefault(block, []).append(line)
    for block, lines in blocks.items():
        if block.startswith("$"):
            lines.sort(key=lambda line: (line.index(" "), line))
    return {block: "\n".join(lines) for block, lines in sorted(blocks.items())}


def pack_words(words: Iterable[tuple[str, str]]) -> str:
    """Return the words of lists with their kinds as one text: ``folded word kind``, in order of the words."""
    kinds = {fold(word): kind for word, kind in words}
    return "\n".join(f"{key} {kind}" for key, kind in sorted(kinds.items()) if key)


def unpack_words(payload: str) -> dict[str, str]:
    """Return the kinds by folded word, in order, of a payload that :func:`pack_words` made."""
    both = payload.split()
    return dict(zip(both[::2], both[1::2], strict=True))
