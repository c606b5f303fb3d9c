"""The rows of the database as values.

Named tuples, not dataclasses: importing ``dataclasses`` costs a third of the whole start-up time that a
plain check may take. Fields that hold lists are tuples; an empty string means that nothing is recorded.
"""

from __future__ import annotations

from drugdb.values import NamedTuple


class Name(NamedTuple):
    """One spelling in the vocabulary and what it stands for."""

    text: str  # as written on a pack or in a reference
    kind: str  # substance, synonym, product, class, trigger, guard
    markets: tuple[str, ...]  # two letters each, for products, in alphabetical order; else empty
    substances: tuple[str, ...]  # international non-proprietary names; empty for a class
    target: tuple[str, ...]  # class ids for a class; the trigger's id for a trigger; else empty
    note: str  # what the pack says besides ("tablet 25 mg")
    weight: int  # how common, 0 (hardly ever on a list) to 3 (among the most prescribed)


class Source(NamedTuple):
    """A paper, guideline, label or page that a statement rests on."""

    id: str
    title: str
    authors: str
    journal: str
    year: str
    pmid: str
    doi: str
    url: str
    kind: str
    reliability: str  # primary, secondary, tertiary
    seen_at: str
    note: str
    link: str  # DOI, else PubMed, else the address; may be empty
    statements: int  # how many rows of the database cite it


class DrugClass(NamedTuple):
    """A drug class with its own rating, which is not inherited by members that have none."""

    id: str
    name: str
    plain_name: str
    used_for: str
    effect: str
    risk: str
    evidence: str
    figure: str
    mechanism: str
    patient_advice: str
    pharmacist_note: str
    sources: tuple[str, ...]
    remark: str


class Substance(NamedTuple):
    """An active ingredient or a trigger, with what is known of it and restless legs."""

    name: str
    kind: str  # medicine, trigger
    synonyms: tuple[str, ...]  # for a trigger: its everyday names as well
    classes: tuple[str, ...]
    used_for: str
    effect: str  # worsens, mixed, augments, neutral, relieves; empty = not assessed
    risk: str
    evidence: str
    figure: str
    mechanism: str
    alternatives: tuple[str, ...]
    abrupt_stop_risk: str
    route_note: str
    sources: tuple[str, ...]
    remark: str


class Product(NamedTuple):
    """A brand in a market. ``verified`` is False when no register or page was seen for it."""

    name: str
    market: str
    substances: tuple[str, ...]
    other_script: str
    note: str
    otc: str  # yes, no, or empty when unknown
    seen_at: str
    verified: bool


class Treatment(NamedTuple):
    """An RLS treatment, in use or once tried."""

    substance: str
    class_id: str
    guideline_position: str
    augmentation_risk: str
    warnings: str
    brands: tuple[str, ...]
    sources: tuple[str, ...]
    remark: str


class Condition(NamedTuple):
    """A condition tied to restless legs."""

    name: str
    plain_name: str
    relation: str
    what_to_ask: str
    sources: tuple[str, ...]
    remark: str


class Rule(NamedTuple):
    """An interaction of two sides; each side is a substance, a trigger or a group."""

    id: str
    side_a: str
    side_b: str
    severity: str  # contraindicated, major, moderate, minor
    mechanism: str
    effect: str
    advice: str
    sources: tuple[str, ...]
    remark: str


class CountRule(NamedTuple):
    """A rule over more than two: enough different members of each of its groups on one list."""

    id: str
    groups: tuple[str, ...]
    minimum: int  # members needed of the group, or of each group when there are several
    severity: str
    mechanism: str
    effect: str
    advice: str
    sources: tuple[str, ...]
    remark: str


class Group(NamedTuple):
    """A set of substances and triggers used as the side of a rule."""

    id: str
    members: tuple[str, ...]
    remark: str


class Purpose(NamedTuple):
    """What to ask about instead, for one purpose such as allergy."""

    name: str
    avoid: tuple[str, ...]
    consider: tuple[str, ...]
    caveat: str
    sources: tuple[str, ...]


class Term(NamedTuple):
    """A word that a report uses, explained."""

    name: str
    meaning: str
    sources: tuple[str, ...]


class PurposeUse(NamedTuple):
    """Which flagged substances and classes a purpose is offered for."""

    purpose: str
    applies_to: tuple[str, ...]  # substances, triggers and class ids
    beside: tuple[str, ...]  # only where the same entry holds one of these too; empty for anywhere
    with_group: str  # only where the list holds a member of this group; empty for any list
