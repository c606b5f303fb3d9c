"""Names: one name, one meaning, unless it is declared that there are several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from drugdb.curated import Curated, Problem, Row
from drugdb.folding import fold_kept as fold

_OWN = {"substances": "substance", "other_medicines": "substance", "triggers": "trigger"}
_EVERYWHERE = "EU"


class _Use(NamedTuple):
    """One place where a name is given a meaning."""

    file: str
    line: int
    text: str
    meaning: tuple[str, ...]  # substances, or "class" and its ids
    market: str  # of a product; empty for an ingredient
    note: str


def check(curated: Curated) -> Iterator[Problem]:
    """Doubled names, names that cannot be found, combinations under the synonyms, useless declarations."""
    uses: dict[str, list[_Use]] = {}
    keys: dict[str, str] = {}  # a brand of many markets is folded once
    for use in _uses(curated):
        key = keys.get(use.text) or keys.setdefault(use.text, fold(use.text))
        if key:
            uses.setdefault(key, []).append(use)
        else:
            yield Problem(use.file, use.line, f"the name {use.text!r} has no letters or digits; write it out")
    declared = {fold(row.values["name"]): row for row in curated.tables["ambiguous"]}
    doubled: set[str] = set()
    for key, group in uses.items():
        found = list(_doubled(group)) if len(group) > 1 else []
        if found:
            doubled.add(key)
            if key not in declared:
                yield from found
    for key, row in declared.items():
        if key not in doubled:
            text = f"{row.values['name']!r} has a single meaning; take this row out"
            yield Problem("ambiguous.csv", row.line, text)
    yield from _combinations(curated)
    yield from _lookalikes(curated, set(uses))
    yield from _folded_twice(curated)


def _uses(curated: Curated) -> Iterator[_Use]:
    for stem, own in _OWN.items():
        for row in curated.tables[stem]:
            texts = dict.fromkeys((row.values[own], *row.many("synonyms"), *_plain_names(row)))
            for text in texts:
                yield _Use(f"{stem}.csv", row.line, text, (row.values[own],), "", "")
    for row in curated.tables["products"]:
        values = row.values
        for text in filter(None, (values["product"], values["other_script"])):
            yield _Use("products.csv", row.line, text, row.many("substances"), values["market"], values["note"])
    for row in curated.tables["class_names"]:
        yield _Use("class_names.csv", row.line, row.values["name"], ("class", *row.many("class_ids")), "", "")


def _plain_names(row: Row) -> tuple[str, ...]:
    return row.many("plain_names") if "plain_names" in row.values else ()


def _doubled(group: list[_Use]) -> Iterator[Problem]:
    """Uses that contradict an earlier one.

    A brand may hold other things in another market, and in the same market when the note tells the
    packs apart. Everything else is a contradiction.
    """
    for place, use in enumerate(group):
        for before in group[:place]:
            if use.meaning == before.meaning:
                continue
            if use.file == before.file == "products.csv":
                if use.market != before.market:
                    continue
                if use.note != before.note:
                    continue
                what = "the same brand in the same market holds something else"
                do = "tell the packs apart in the note"
            else:
                what = f"the name {use.text!r} also belongs to {_said(before)}"
                do = "take it out of one of the two, or declare it in ambiguous.csv"
            yield Problem(use.file, use.line, f"{what} ({before.file}:{before.line}); {do}")
            break


def _said(use: _Use) -> str:
    if use.meaning[:1] == ("class",):
        return "the class " + " or ".join(use.meaning[1:])
    return " + ".join(use.meaning)


def _combinations(curated: Curated) -> Iterator[Problem]:
    for stem in _OWN:
        for row in curated.tables[stem]:
            for text in row.many("synonyms"):
                if "/" in text or "+" in text:
                    said = f"the synonym {text!r} names a combination; put it into products.csv with all its substances"
                    yield Problem(f"{stem}.csv", row.line, said)


def _lookalikes(curated: Curated, known: set[str]) -> Iterator[Problem]:
    seen: dict[frozenset[str], int] = {}
    for row in curated.tables["lookalikes"]:
        keys = frozenset(fold(row.values[name]) for name in ("name_a", "name_b"))
        for name in ("name_a", "name_b"):
            if fold(row.values[name]) not in known:
                text = f"{name} {row.values[name]!r} is no name known here; correct it, or add the medicine first"
                yield Problem("lookalikes.csv", row.line, text)
        if len(keys) == 1:
            yield Problem("lookalikes.csv", row.line, "a name is paired with itself; correct one of the two")
        elif keys in seen:
            yield Problem("lookalikes.csv", row.line, f"same pair as line {seen[keys]}; take one out")
        seen.setdefault(keys, row.line)


def _folded_twice(curated: Curated) -> Iterator[Problem]:
    seen: dict[str, Row] = {}
    for row in curated.tables["words"]:
        word = row.values["word"]
        before = seen.setdefault(fold(word), row)
        if before is not row and before.values["word"].casefold() != word.casefold():
            text = f"{word!r} is read like {before.values['word']!r} (line {before.line}); take one of the two out"
            yield Problem("words.csv", row.line, text)
