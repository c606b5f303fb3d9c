"""The guard: names of medicines that we do not own, so that none of them is taken for a misspelling.

They come from the dictionary of the PyPI package ``drug-named-entity-recognition`` (MIT), which is a
pickle. It is found without importing the package (that takes seconds and hundreds of megabytes) and read
by an unpickler that admits no classes, so that it can hold data and nothing else.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from drugdb.curated import Curated
from drugdb.folding import fold
from drugdb.records import Name

PACKAGE = "drug-named-entity-recognition"
_MODULE = "drug_named_entity_recognition"
_FILE = "drug_ner_dictionary.pkl.bz2"

# An entry counts as a medicine when one of these public registers of medicines knows it.
_REGISTERS = ("drugbank_id", "medline_plus_id", "nhs_url")
_SHORTEST = 4
_LONGEST = 40
_WORDS = 3


class Guard(NamedTuple):
    """The names, which edition they come from, and what a person should know about it."""

    names: tuple[Name, ...]
    version: str  # empty when the package is not there
    warnings: tuple[str, ...]


def find() -> str:
    """Return the path of the dictionary; empty when the package is not installed."""
    import importlib.util

    try:
        spec = importlib.util.find_spec(_MODULE)
    except (ImportError, ValueError):
        return ""
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = os.path.join(folder, _FILE)
        if os.path.isfile(path):
            return path
    return ""


def version(path: str) -> str:
    """Return which edition of the dictionary is at ``path``: a hash of its content; empty for no path."""
    if not path:
        return ""
    import hashlib

    try:
        with open(path, "rb") as handle:
            return hashlib.sha256(handle.read()).hexdigest()[:16]
    except OSError:
        return ""


def load(curated: Curated, ordinary: frozenset[str]) -> Guard:
    """Return the guard's names, with our substances where the dictionary clearly means one of them.

    Args:
        curated: the curated files, whose names are left out here and whose substances are mapped to.
        ordinary: folded words of everyday language, which are no names.
    """
    path = find()
    if not path:
        text = f"The package {PACKAGE} is not installed: rare names of other medicines are not recognised."
        return Guard((), "", (text,))
    try:
        variants, known = _read(path)
    except Exception as error:  # a damaged or hostile file may fail in any way
        text = f"The dictionary of the package {PACKAGE} cannot be read ({error}); install it anew."
        return Guard((), version(path), (text,))
    excluded = ordinary | {fold(row.values["name"]) for row in curated.tables.get("guard_exclusions", [])}
    return Guard(tuple(_names(variants, known, substances_by_key(curated), excluded)), version(path), ())


def _read(path: str) -> tuple[dict[str, list[str]], dict[str, dict[str, object]]]:
    """Return the dictionary's two tables: variant -> canonical names, canonical name -> its data."""
    import bz2
    import pickle

    class DataOnly(pickle.Unpickler):
        """Admits numbers, texts, lists and dictionaries; whatever asks for a class is refused."""

        def find_class(self, module: str, name: str, /) -> object:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}, and only plain data is admitted")

        def persistent_load(self, pid: object) -> object:
            raise pickle.UnpicklingError("it refers to something outside")

    with bz2.open(path, "rb") as handle:
        content = DataOnly(handle).load()
    return content["drug_variant_to_canonical"], content["drug_canonical_to_data"]


def substances_by_key(curated: Curated) -> dict[str, str]:
    """Return our substances by the keys of their names and synonyms; doubtful keys are left out."""
    found: dict[str, set[str]] = {}
    for stem, own in (("substances", "substance"), ("other_medicines", "substance"), ("triggers", "trigger")):
        for row in curated.tables.get(stem, []):
            for text in (row.values[own], *row.many("synonyms")):
                found.setdefault(fold(text), set()).add(row.values[own])
    return {key: next(iter(names)) for key, names in found.items() if len(names) == 1}


def _names(
    variants: Mapping[str, list[str]],
    known: Mapping[str, Mapping[str, object]],
    ours: Mapping[str, str],
    excluded: Iterable[str],
) -> Iterator[Name]:
    """One name a key, in alphabetical order of the keys."""
    excluded = frozenset(excluded)
    by_key: dict[str, tuple[str, set[str]]] = {}
    for variant in sorted(variants):
        if not like_a_name(variant):
            continue
        canonicals = {each for each in variants[variant] if _registered(known.get(each, {}))}
        key = fold(variant)
        if canonicals and len(key) >= _SHORTEST and key not in excluded:
            by_key.setdefault(key, (variant, set()))[1].update(canonicals)
    for _, (text, canonicals) in sorted(by_key.items()):
        substances = _ours(next(iter(canonicals)), ours) if len(canonicals) == 1 else ()
        note = "" if substances or text in canonicals else " or ".join(sorted(canonicals))
        yield Name(text, "guard", (), substances, (), note, 0)


def _registered(entry: Mapping[str, object]) -> bool:
    return any(entry.get(register) for register in _REGISTERS)


_SEPARATORS = re.compile(r",? and |, |/| \+ ")


def _ours(canonical: str, ours: Mapping[str, str]) -> tuple[str, ...]:
    """Return our substances for a canonical name, of a combination only when all its parts are ours."""
    whole = ours.get(fold(canonical))
    if whole:
        return (whole,)
    parts = [ours.get(fold(part)) for part in _SEPARATORS.split(canonical)]
    return tuple(sorted({part for part in parts if part})) if len(parts) > 1 and all(parts) else ()


_CHEMISTRY = re.compile(r"[\[\](){},;:'\"/%*=<>@&′~.]|\d[- ]*\d|^\W*\d|\d$|[α-ωµ]|-\d|\d-|^\w-|-yl\b|\bacid\b")


def like_a_name(text: str) -> bool:
    """Return whether an entry looks like what stands on a pack, not like a formula or a phrase."""
    words = text.split()
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and len(words) <= _WORDS
        and sum(char.isalpha() for char in text) >= _SHORTEST
        and not _CHEMISTRY.search(text)
    )
