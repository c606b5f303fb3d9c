"""What a checked list looks like: the values that every face and format speaks.

    text --> Entry --> Match --> Finding (inside a Report)

All values are immutable. Lists are tuples; an empty string means that nothing is recorded.
"""

from __future__ import annotations

from drugdb.records import DrugClass, Source, Substance, Treatment
from drugdb.values import NamedTuple

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

# Concerns of a finding. Each finding has one, so their counts add up to the number of entries.
WORSENS = "worsens"
MIXED = "mixed"
AUGMENTS = "augments"
UNRESOLVED = "unresolved"  # several readings, or a class whose members differ: a person is asked
TREATMENT = "treatment"  # relieves, or is in use for restless legs, and is not flagged
NEUTRAL = "neutral"
NOT_LISTED = "not-listed"  # known, and not assessed
NOT_RECOGNISED = "unrecognised"
NOT_CURRENT = "not-current"  # an allergy, stopped, refused; what it is stays visible
TEXT = "text"  # a heading or a note
CONCERNS = (
    WORSENS, UNRESOLVED, MIXED, AUGMENTS, TREATMENT, NEUTRAL, NOT_LISTED, NOT_RECOGNISED, NOT_CURRENT, TEXT,
)  # fmt: skip
FLAGGED = (WORSENS, MIXED, AUGMENTS)  # concerns, and effects of the same name

# What a statement rests on, where that has to be said. These words stand in every face.
INFERRED = "inferred from its class"
SECOND_HAND = "second-hand"

SEVERITIES = ("contraindicated", "major", "moderate", "minor")


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


class Choice(NamedTuple):
    """One of the things that an entry may be, and what that would mean for restless legs."""

    candidate: Candidate
    concern: str
    effect: str
    risk: str
    evidence: str
    substances: tuple[Substance, ...]
    classes: tuple[DrugClass, ...]  # for a candidate that is a class
    sources: tuple[Source, ...]
    basis: str
    meaning: str  # one line: "would be flagged: worsens restless legs (high risk)"


class Finding(NamedTuple):
    """An entry with what it was read as and all that is known of it."""

    entry: Entry
    match: Match
    concern: str  # one of CONCERNS
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
    choices: tuple[Choice, ...] = ()  # of an entry that may be several things, best first
    question: str = ""  # what a person has to answer; empty when nothing is unclear
    summary: str = ""  # one line: what it was read as, and how
    basis: str = ""  # INFERRED, SECOND_HAND, both joined by "; ", or empty


class Alternative(NamedTuple):
    """Something to ask about instead."""

    purpose: str
    name: str  # a substance or a measure
    caveat: str
    clashes: tuple[str, ...]  # entries of the same list it would clash with, in their own words
    sources: tuple[Source, ...]


class Interaction(NamedTuple):
    """A clash on the list. ``entries`` are the numbers of the entries, ``substances`` what they hold.

    A rule that holds for many pairs of the list is one clash with all their entries. ``sides`` says who
    stands against whom; a rule that holds among all of them (two of one class, or a count) has one side.
    """

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
    sides: tuple[tuple[int, ...], ...] = ()  # numbers of entries
    basis: str = ""  # SECOND_HAND or empty
    covers: tuple[str, ...] = ()  # ids of rules that say the same of these entries, less exactly
    note: str = ""  # what has to be known besides: that an entry names a class only


class Explanation(NamedTuple):
    """A word that a report uses, explained."""

    name: str
    meaning: str
    sources: tuple[Source, ...]


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
    unchecked: tuple[int, ...]  # current entries that no interaction could be checked for, or only in part
    counts: dict[str, int]  # see checker.assessment.counts
    limits: str  # what a clean result does not mean
    order: tuple[int, ...] = ()  # the numbers of all entries, what matters most first
    glossary: tuple[Explanation, ...] = ()  # words of the report that need an explanation
