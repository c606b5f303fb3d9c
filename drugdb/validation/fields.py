"""Files, columns and single fields: what can be judged without looking at another file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from drugdb import schema
from drugdb.curated import Curated, Problem, Row
from drugdb.folding import fold_kept as fold
from drugdb.schema import LISTS, SHEETS, Sheet
from drugdb.validation.wording import tells_to_stop
from drugdb.vocabulary import KNOWN, WEIGHTS

EFFECTS = ("worsens", "mixed", "augments", "neutral", "relieves")
RISKS = ("high", "moderate", "low", "none")
EVIDENCE = ("guideline", "trial", "observational", "case", "label", "class")  # the strongest first
SEVERITIES = ("contraindicated", "major", "moderate", "minor")
SOURCE_KINDS = (
    "guideline", "systematic_review", "review", "trial", "observational", "case_report", "pharmacovigilance", "label",
    "patient_org", "reference",
)  # fmt: skip
RELIABILITIES = ("primary", "secondary", "tertiary")
AUGMENTATION = ("high", "moderate", "low", "none", "unknown")

# Columns that take one of a few values.
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "effect": EFFECTS,
    "risk": RISKS,
    "evidence": EVIDENCE,
    "severity": SEVERITIES,
    "reliability": RELIABILITIES,
    "augmentation_risk": AUGMENTATION,
    "prescribed": tuple(name for name in WEIGHTS if name),
    "known": tuple(KNOWN),
    "otc": ("yes", "no"),
    "scope": ("name", "word"),
}
_NOT_A_CHOICE = frozenset(("interactions", "count_rules"))  # their "effect" is a sentence

# Columns that must not be empty, beside the key.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "about": ("value",),
    "sources": ("title", "kind", "reliability"),
    "classes": ("name", "plain_name"),
    "substances": ("class_ids",),
    "other_medicines": ("class_ids",),
    "triggers": ("plain_names", "class_ids"),
    "conditions": ("plain_name", "relation", "what_to_ask"),
    "treatments": ("class_id", "guideline_position", "augmentation_risk"),
    "groups": ("members",),
    "interactions": ("side_a", "side_b", "severity", "mechanism", "effect", "advice"),
    "count_rules": ("groups", "minimum", "severity", "mechanism", "effect", "advice"),
    "alternatives": ("consider",),
    "purposes_for": ("applies_to",),
    "glossary": ("meaning", "source_ids"),
    "products": ("substances",),
    "known_brands": ("known",),
    "class_names": ("class_ids",),
    "ambiguous": ("reason",),
    "words": ("kind",),
    "guard_exclusions": ("reason",),
}
# Parts of a key that may be empty.
_KEY_MAY_BE_EMPTY = frozenset(("market", "note"))
_FORMS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "source_id": (re.compile(r"[a-z0-9_]+"), "small letters, digits and _ only"),
    "class_id": (re.compile(r"[a-z0-9-]+"), "small letters, digits and - only"),
    "group_id": (re.compile(r"[a-z0-9-]+"), "small letters, digits and - only"),
    "rule_id": (re.compile(r"[a-z]+[0-9]+"), "letters and a number, like ix001"),
    "pmid": (re.compile(r"[1-9][0-9]{0,8}"), "the number alone"),
    "doi": (re.compile(r"10\.\d{4,9}/\S+"), "it begins with 10. and holds no spaces; leave out https://doi.org/"),
    "year": (re.compile(r"(?:19|20)\d\d"), "four digits"),
    "url": (re.compile(r"https?://\S+"), "an address that begins with http:// or https://"),
    "seen_at": (
        re.compile(r"https?://\S+.*"),
        "an address that begins with http:// or https://, and where to look there",
    ),
    "market": (re.compile(r"[A-Z]{2}"), "two capital letters, like US"),
    "minimum": (re.compile(r"[1-9]\d?"), "a whole number"),
    "language": (re.compile(r"[a-z]{2}"), "two small letters, like en"),
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_ABOUT = ("title", "data_version", "reviewed", "licence")
_NO_WORDING = frozenset(("sources", "products"))  # titles of papers and names of packs are not ours


def check_files(curated: Curated) -> Iterator[Problem]:
    """Missing and unknown files, wrong columns."""
    known = {sheet.stem: sheet for sheet in SHEETS}
    for sheet in SHEETS:
        file = f"{sheet.stem}.csv"
        header = ",".join(sheet.columns)
        if sheet.stem not in curated.tables:
            yield Problem(file, 1, f"the file is missing; put it back, or make it with the one line {header}")
        elif tuple(curated.columns[sheet.stem]) != sheet.columns and not _unreadable(curated, file):
            text = ",".join(curated.columns[sheet.stem])
            yield Problem(file, 1, f"the columns are {text!r}; make the first line {header!r}")
        elif sheet.required and not curated.tables[sheet.stem] and not _unreadable(curated, file):
            yield Problem(file, 1, "the file holds no rows; put them back")
    for stem in curated.tables:
        if stem not in known:
            yield Problem(
                f"{stem}.csv", 1, "no such file is known here; take it out of the folder, or correct its name"
            )


def _unreadable(curated: Curated, file: str) -> bool:
    return any(problem.file == file and problem.line == 1 for problem in curated.problems)


def check(curated: Curated) -> Iterator[Problem]:
    """Every field for itself, doubled rows, and the list of ordinary words."""
    for sheet in SHEETS:
        rows = curated.tables[sheet.stem]
        yield from _doubled_rows(sheet, rows)
        columns = _columns(sheet)
        fine: dict[str, set[str]] = {column.name: set() for column in columns}
        for row in rows:
            for text in _faults(columns, row, fine):
                yield Problem(f"{sheet.stem}.csv", row.line, text)
    yield from _about(curated)
    yield from _word_list(curated.folder)


def _doubled_rows(sheet: Sheet, rows: list[Row]) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row.values[name].casefold() for name in sheet.key)
        if key in seen:
            text = " / ".join(row.values[name] for name in sheet.key if row.values[name])
            yield Problem(
                f"{sheet.stem}.csv", row.line, f"{text!r} stands already on line {seen[key]}; make the two rows one"
            )
        seen.setdefault(key, row.line)


class _Column(NamedTuple):
    """What is asked of the fields of a column."""

    name: str
    needed: bool
    choices: tuple[str, ...]  # empty: any value
    form: re.Pattern[str] | None
    hint: str  # how to write the form
    many: bool  # a list
    small: bool  # in small letters
    ours: bool  # text of our own, which must not tell anyone to stop


def _columns(sheet: Sheet) -> tuple[_Column, ...]:
    needed = {*(name for name in sheet.key if name not in _KEY_MAY_BE_EMPTY), *_NEEDED.get(sheet.stem, ())}
    found = []
    for name in sheet.columns:
        choices = _CHOICES.get(name, ())
        if name == "effect" and sheet.stem in _NOT_A_CHOICE:
            choices = ()
        if name == "kind" and sheet.stem == "sources":
            choices = SOURCE_KINDS
        # elsewhere than in their own file these ids are looked up, not judged by their form
        judged = name in _FORMS and (name in sheet.key or name not in ("class_id", "source_id"))
        form, hint = _FORMS[name] if judged else (None, "")
        small = name == "substance" and sheet.stem in ("substances", "other_medicines")
        ours = sheet.stem not in _NO_WORDING
        found.append(_Column(name, name in needed, choices, form, hint, name in LISTS, small, ours))
    return tuple(found)


def _faults(columns: tuple[_Column, ...], row: Row, fine: dict[str, set[str]]) -> Iterator[str]:
    """The faults of a row. ``fine`` keeps what was found right in a column: markets and registers repeat."""
    for column in columns:
        value = row.values[column.name]
        if not value:
            if column.needed:
                yield f"{column.name} is empty; fill it in"
        elif value not in fine[column.name]:
            found = list(_field_faults(column, value))
            yield from found
            if not found:
                fine[column.name].add(value)


def _field_faults(column: _Column, value: str) -> Iterator[str]:
    name = column.name
    if value != value.strip() or "  " in value:
        yield f"{name} has stray spaces in {value[:40]!r}; take them out"
    if _CONTROL.search(value):
        yield f"{name} holds a line break or another control character; write it on one line"
    if column.many and "|" in value:
        yield from _list_faults(name, value.split("|"))
    if column.choices and value not in column.choices:
        yield f"{name} is {value!r}; it must be one of: {', '.join(column.choices)}"
    if column.form and not column.form.fullmatch(value):
        yield f"{name} is {value!r}; write {column.hint}"
    if column.small and value != value.lower():
        yield f"the substance {value!r} has capital letters; write it in small letters"
    words = tells_to_stop(value) if column.ours else ""
    if words:
        yield (
            f"{name} tells someone to stop ({words!r}); say what to ask the prescriber instead, "
            "and that nobody should stop on their own"
        )


def _list_faults(name: str, parts: list[str]) -> Iterator[str]:
    if "" in parts or any(part != part.strip() for part in parts):
        yield f"{name} has an empty or padded entry; separate entries by a single | without spaces"
    seen = set()
    for part in parts:
        if part.casefold() in seen:
            yield f"{name} names {part!r} twice; take one out"
        seen.add(part.casefold())


def _about(curated: Curated) -> Iterator[Problem]:
    rows = {row.values["item"]: row for row in curated.tables["about"]}
    for item in _ABOUT:
        if item not in rows:
            yield Problem("about.csv", 2, f"there is no row for {item}; add one")
    forms = {"data_version": r"\d{4}\.\d{1,2}\.\d+", "reviewed": r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"}
    examples = {"data_version": "2026.11.1 (year, month, number)", "reviewed": "2026-11-25"}
    for item, form in forms.items():
        if item in rows and not re.fullmatch(form, rows[item].values["value"]):
            text = f"{item} is {rows[item].values['value']!r}; write it like {examples[item]}"
            yield Problem("about.csv", rows[item].line, text)


def _word_list(folder: str) -> Iterator[Problem]:
    file = f"{schema.WORD_LIST}.txt"
    try:
        with open(os.path.join(folder, file), encoding="utf-8") as handle:
            lines = handle.read().split("\n")
    except FileNotFoundError:
        yield Problem(file, 1, "the file is missing; put it back, or make it empty")
        return
    except UnicodeDecodeError as error:
        yield Problem(file, 1, f"not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8")
        return
    before = ""
    for number, word in enumerate(lines if lines[-1] else lines[:-1], 1):
        if fold(word) != word or not word:
            yield Problem(file, number, f"{word!r} is not one word in small letters; write one word a line")
        elif word <= before:
            yield Problem(file, number, f"{word!r} is out of order or doubled; keep the words in alphabetical order")
        before = max(before, word)
