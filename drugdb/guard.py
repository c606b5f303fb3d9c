"""The guard: names of medicines that we do not own, so that none of them is taken for a misspelling.

They come from the dictionary of the PyPI package ``drug-named-entity-recognition`` (MIT), which is a
pickle. It is found without importing the package (that takes seconds and hundreds of megabytes) and read
by an unpickler that admits no classes, so that it can hold data and nothing else.

Of its entries come in: those that a public register of medicines knows, that look like a name on a pack,
and that are no everyday words. Left out is besides what is rare and one slip away from a common name of
ours that would be flagged: met on a list, it is far more likely the misspelling.
"""

from __future__ import annotations

import contextlib
import os
import re
import threading
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from drugdb import vocabulary
from drugdb.curated import Curated
from drugdb.folding import fold_kept as fold
from drugdb.records import Name

PACKAGE = "drug-named-entity-recognition"
_MODULE = "drug_named_entity_recognition"
_FILE = "drug_ner_dictionary.pkl.bz2"

# An entry counts as a medicine when one of these registers knows it. The last two are for patients: what
# they list is in use, not only known to science.
_REGISTERS = frozenset(("drugbank_id", "medline_plus_id", "nhs_url"))
_FOR_PATIENTS = frozenset(("medline_plus_id", "nhs_url"))
_SHORTEST = 4
_LONGEST = 40
_WORDS = 3
_COMMON = 1  # weight of a name that is met on lists
_FLAGGED = frozenset(("worsens", "mixed", "augments"))

_Data = Mapping[str, Mapping[str, object]]


class Guard(NamedTuple):
    """The names, which edition they come from, and what a person should know about it."""

    names: Mapping[str, tuple[Name, ...]]  # one for each key, none of which we own
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


def load(curated: Curated, owned: Mapping[str, tuple[Name, ...]], ordinary: frozenset[str]) -> Guard:
    """Return the guard's names, with our substances where the dictionary clearly means one of them.

    Args:
        curated: the curated files: whose substances are mapped to, and what is left out.
        owned: our own names by key, which win.
        ordinary: folded words of everyday language, which are no names.

    Returns:
        The names; none, with a warning, when the package is not there or its dictionary cannot be read.
    """
    path = find()
    if not path:
        text = f"The package {PACKAGE} is not installed: rare names of other medicines are not recognised."
        return Guard({}, "", (text,))
    try:
        variants, known = _read(path)
    except Exception as error:  # a damaged or hostile file may fail in any way
        text = f"The dictionary of the package {PACKAGE} cannot be read ({error}); install it anew."
        return Guard({}, version(path), (text,))
    return Guard(dict(_names(variants, known, _Rules(curated, owned, ordinary))), version(path), ())


class _Ahead:
    """Unpacks the dictionary in another thread, which costs nothing there: unpacking holds no lock."""

    def __init__(self) -> None:
        self._data: dict[str, bytes] = {}
        self._threads: dict[str, threading.Thread] = {}

    def begin(self, path: str) -> None:
        """Start to unpack a file; what goes wrong comes up when it is asked for."""
        if path and path not in self._threads:
            self._threads[path] = threading.Thread(target=self._unpack, args=(path,), daemon=True)
            self._threads[path].start()

    def _unpack(self, path: str) -> None:
        with contextlib.suppress(OSError, ValueError, EOFError):
            self._data[path] = _unpacked(path)

    def take(self, path: str) -> bytes:
        """Return what the file holds, unpacked now if it was not begun."""
        thread = self._threads.pop(path, None)
        if thread is not None:
            thread.join()
        data = self._data.pop(path, None)
        return _unpacked(path) if data is None else data


_AHEAD = _Ahead()


def begin() -> None:
    """Start to read the dictionary in the background, for a :func:`load` that follows."""
    _AHEAD.begin(find())


def _unpacked(path: str) -> bytes:
    import bz2

    with open(path, "rb") as handle:
        return bz2.decompress(handle.read())


def _read(path: str) -> tuple[Mapping[str, list[str]], _Data]:
    """Return the dictionary's two tables: variant -> canonical names, canonical name -> its data.

    Raises:
        Exception: of any kind, when the file is not what it should be.
    """
    import io
    import pickle

    class DataOnly(pickle.Unpickler):
        """Admits numbers, texts, lists and dictionaries; whatever asks for a class is refused."""

        def find_class(self, module: str, name: str, /) -> object:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}, and only plain data is admitted")

        def persistent_load(self, pid: object) -> object:
            raise pickle.UnpicklingError("it refers to something outside")

    content = DataOnly(io.BytesIO(_AHEAD.take(path))).load()
    variants, known = content["drug_variant_to_canonical"], content["drug_canonical_to_data"]
    if not isinstance(variants, dict) or not isinstance(known, dict):
        raise TypeError("its tables are not dictionaries")
    return variants, known


class _Rules:
    """What comes in, and which of our substances it is."""

    def __init__(self, curated: Curated, owned: Mapping[str, tuple[Name, ...]], ordinary: frozenset[str]) -> None:
        rows = [row.values for row in curated.tables.get("guard_exclusions", [])]
        self.excluded = ordinary | owned.keys() | {fold(row["name"]) for row in rows if row["scope"] == "name"}
        self.excluded_words = frozenset(row["name"] for row in rows if row["scope"] == "word")
        self.ours = substances_by_key(curated)
        self.slips = _slips(curated, owned)

    def admits(self, text: str, key: str) -> bool:
        """Return whether a name that looks like one is admitted."""
        return (
            len(key) >= _SHORTEST
            and key not in self.excluded
            and (" " not in text or self.excluded_words.isdisjoint(text.split()))
        )


def substances_by_key(curated: Curated) -> dict[str, str]:
    """Return our substances by the keys of their names and synonyms; doubtful keys are left out."""
    found: dict[str, set[str]] = {}
    for stem, own in (("substances", "substance"), ("other_medicines", "substance"), ("triggers", "trigger")):
        for row in curated.tables.get(stem, []):
            for text in (row.values[own], *row.many("synonyms")):
                found.setdefault(fold(text), set()).add(row.values[own])
    return {key: next(iter(names)) for key, names in found.items() if len(names) == 1}


def _slips(curated: Curated, owned: Mapping[str, tuple[Name, ...]]) -> frozenset[str]:
    """Return the common names of ours that would be flagged, each with one letter left out, all ways."""
    flagged = {row.values["substance"] for row in curated.tables["substances"] if row.values["effect"] in _FLAGGED}
    return frozenset(
        slip
        for key, names in owned.items()
        if len(key) > _SHORTEST
        and any(name.weight >= _COMMON and not flagged.isdisjoint(name.substances) for name in names)
        for slip in _shortened(key)
    )


def _shortened(key: str) -> set[str]:
    """A key and what is left of it without one letter: two keys one slip apart share one of these."""
    return {key, *(key[:place] + key[place + 1 :] for place in range(len(key)))}


def _names(variants: Mapping[str, list[str]], known: _Data, rules: _Rules) -> Iterator[tuple[str, tuple[Name]]]:
    """One name a key, with the key."""
    registered = {canonical for canonical, entry in known.items() if not _REGISTERS.isdisjoint(entry)}
    in_use = {canonical for canonical in registered if not _FOR_PATIENTS.isdisjoint(known[canonical])}
    by_key: dict[str, tuple[str, set[str]]] = {}
    single = {canonical: {canonical} for canonical in registered}
    for text, listed in variants.items():
        canonicals = single.get(listed[0], set()) if len(listed) == 1 else registered.intersection(listed)
        if canonicals and like_a_name(text):
            key = fold(text)
            if rules.admits(text, key):
                before = by_key.get(key)
                by_key[key] = (min(before[0], text), before[1] | canonicals) if before else (text, canonicals)
    ours = {canonical: _ours(canonical, rules.ours) for canonical in registered}
    for key, (text, canonicals) in by_key.items():
        substances = ours[next(iter(canonicals))] if len(canonicals) == 1 else ()
        if not substances and in_use.isdisjoint(canonicals) and not rules.slips.isdisjoint(_shortened(key)):
            continue
        note = "" if substances or text in canonicals else " or ".join(sorted(canonicals))
        yield key, (Name(text, vocabulary.GUARD, (), substances, (), note, 0),)


_SEPARATORS = re.compile(r",? and |, |/| \+ ")


def _ours(canonical: str, ours: Mapping[str, str]) -> tuple[str, ...]:
    """Return our substances for a canonical name, of a combination only when all its parts are ours."""
    whole = ours.get(fold(canonical))
    if whole:
        return (whole,)
    parts = [ours.get(fold(part)) for part in _SEPARATORS.split(canonical)]
    return tuple(sorted({part for part in parts if part})) if len(parts) > 1 and all(parts) else ()


# Brackets, primes, locants, letters of formulas, turned-round names ("acid, acetic"), and phrases of chemistry.
_CHEMISTRY = re.compile(r"[^\w\s-]|_|\d[- ]*\d|^\d|\d$|[α-ωµ]|-\d|\d-|^\w-|\w-\w$|-yl\b|\bacid\b|\boxide\b.*\boxide\b")


def like_a_name(text: str) -> bool:
    """Return whether an entry looks like what stands on a pack, not like a formula or a phrase."""
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and text.count(" ") < _WORDS
        and not _CHEMISTRY.search(text)
        and sum(map(str.isalpha, text)) >= _SHORTEST
    )
