"""What a checked list looks like: the values that every face and format speaks.

    text --> Entry --> Match --> Finding (inside a Report)

All values are immutable. Lists are tuples; an empty string means that nothing is recorded.
"""

from __future__ import annotations

from typing import NamedTuple

from drugdb.records import DrugClass, Rule, CountRule, Source, Substance, Treatment

SCHEMA = "rlscheck-report/1"

# Statuses of a match
EXACT = "exact"
CORRECTED = "corrected"
AMBIGUOUS = "ambiguous"
UNRECOGNISED = "unrecognised"

# Kinds of an entry
ITEM = "item"
HEADING = "heading"
NOTE = "note"


class Word(NamedTuple):
    """A word of an entry with the part it plays there."""

    text: str  # as written
    key: str  # drugdb.folding.fold(text)
    kind: str  # name, number, strength, form, sig, release, salt, maker, variant, filler, joiner
    start: int  # offsets in the entry's text
    end: int


class Entry(NamedTuple):
    """One thing that was pasted. Nothing pasted is missing from the entries of a list."""

    number: int  # 1-based, in the order of the list
    line: int  # 1-based line of the text where it begins
    text: str  # the person's own words
    kind: str  # item, heading or note
    words: tuple[Word, ...]
    current: bool  # False: an allergy, a stopped or refused medicine
    reason: str  # why it is not current, in the list's own words ("allergies", "stopped"); else empty
    section: str  # the heading above it, as written


class Candidate(NamedTuple):
    """Something an entry may mean."""

    name: str  # as the reference writes it
    kind: str  # substance, product, class, trigger, guard
    substances: tuple[str, ...]
    market: str  # for products that differ by market
    note: str  # what tells it apart ("tablet 25 mg"); else empty


class Match(NamedTuple):
    """What the matcher made of an entry.

    exact and corrected have ``name``; ambiguous has candidates, best first; unrecognised may have
    candidates that are too far away to ask about as equals. ``doubt`` says what is unclear:
    spelling, market, pack, variant, class.
    """

    status: str
    name: str
    kind: str  # substance, combination, product, class, trigger, guard; empty when nothing was read
    substances: tuple[str, ...]  # empty for a class
    target: tuple[str, ...]  # class ids, or the trigger's id
    candidates: tuple[Candidate, ...]
    doubt: str
    read: str  # the words that were read as the name


class Finding(NamedTuple):
    """An entry with what it was read as and all that is known of it."""

    entry: Entry
    match: Match
    concern: str  # worsens, unresolved, mixed, augments, treatment, neutral, not-listed, not-current, text
    effect: str  # of the substance that matters most
    risk: str
    evidence: str
    substances: tuple[Substance, ...]  # every ingredient, what matters most first
    classes: tuple[DrugClass, ...]  # the classes of the ingredients, or the class that was written
    treatments: tuple[Treatment, ...]
    alternatives: tuple[Alternative, ...]
    sources: tuple[Source, ...]
    advice: str  # plain words for the person
    caution: str  # about stopping; never empty where something is flagged


class Alternative(NamedTuple):
    """Something to ask about instead."""

    purpose: str
    name: str  # a substance or a measure
    caveat: str
    clashes: tuple[str, ...]  # entries of the same list it would clash with, in their own words
    sources: tuple[Source, ...]


class Interaction(NamedTuple):
    """A clash on the list. ``entries`` are the numbers of the entries, ``substances`` what they hold."""

    id: str
    severity: str
    entries: tuple[int, ...]
    texts: tuple[str, ...]  # the person's own words, one an entry
    substances: tuple[str, ...]
    mechanism: str
    effect: str
    advice: str
    sources: tuple[Source, ...]
    remark: str


class Duplicate(NamedTuple):
    """The same substance in more than one entry."""

    substance: str
    entries: tuple[int, ...]
    texts: tuple[str, ...]


class DataVersion(NamedTuple):
    """Which data a report rests on."""

    version: str
    reviewed: str  # ISO date
    hash: str
    licence: str


class Report(NamedTuple):
    """A whole list, assessed. ``findings`` are in the order of the list."""

    data: DataVersion
    market: str
    findings: tuple[Finding, ...]
    interactions: tuple[Interaction, ...]
    duplicates: tuple[Duplicate, ...]
    unchecked: tuple[int, ...]  # entries that no interaction could be checked for
    counts: dict[str, int]
    limits: str  # what a clean result does not mean
