"""One entry and its match to a finding: what it is, what that means for restless legs, what is unclear."""

from __future__ import annotations

from collections.abc import Iterable

from checker.assessment import wording
from checker.assessment.facts import Facts, basis
from checker.assessment.rating import UNRATED, Rating, concern_of, flagged, gravest_first, rating
from checker.report import (
    AMBIGUOUS,
    CORRECTED,
    FLAGGED,
    ITEM,
    NOT_CURRENT,
    NOT_LISTED,
    NOT_RECOGNISED,
    TEXT,
    UNRECOGNISED,
    UNRESOLVED,
    Candidate,
    Choice,
    Entry,
    Finding,
    Match,
)
from drugdb.records import DrugClass, Source, Substance, Treatment
from drugdb.values import NamedTuple

CLASS = "class"
TRIGGER = "trigger"
GUARD = "guard"


class _Meaning(NamedTuple):
    """What a thing that was read means for restless legs."""

    concern: str
    rating: Rating
    substances: tuple[Substance, ...]
    classes: tuple[DrugClass, ...]
    treatments: tuple[Treatment, ...]
    sources: tuple[Source, ...]
    basis: str


_UNKNOWN = _Meaning(NOT_LISTED, UNRATED, (), (), (), (), "")


def finding_of(entry: Entry, match: Match, facts: Facts) -> Finding:
    """Return the finding for one entry. Alternatives depend on the whole list and are added later."""
    if entry.kind != ITEM:
        return _finding(entry, match, TEXT, _UNKNOWN)
    if match.status == AMBIGUOUS:
        found = _unclear(entry, match, facts)
    elif match.status == UNRECOGNISED:
        found = _finding(
            entry, match, NOT_RECOGNISED, _UNKNOWN, advice=wording.UNRECOGNISED, question=wording.ASK_UNRECOGNISED
        )
    else:
        found = _known(entry, match, facts)
    return found if entry.current else _not_current(found)


# -- what was read -------------------------------------------------------------------------------


def _meaning(kind: str, substances: Iterable[str], class_ids: Iterable[str], facts: Facts) -> _Meaning:
    """A class is rated as a class. A medicine is rated by its substances alone, never by their classes."""
    if kind == CLASS:
        return _class_meaning(gravest_first(facts.classes(class_ids)), facts)
    rows = gravest_first(facts.substances(substances))
    if not rows:
        return _UNKNOWN
    rated = rating(rows)
    treatments = facts.treatments(rows)
    sources = facts.sources(each for row in rows if row.effect for each in row.sources) + facts.sources(
        each for row in treatments for each in row.sources
    )
    concern = concern_of(rated.effect, treats=bool(treatments))
    classes = facts.classes(each for row in rows for each in row.classes)
    return _Meaning(concern, rated, rows, classes, treatments, _once(sources), _basis(rated, rows, treatments, facts))


def _class_meaning(classes: tuple[DrugClass, ...], facts: Facts) -> _Meaning:
    """Several classes that differ, or a class of unknown effect with a flagged member, leave it open."""
    rated = rating(classes)
    sources = facts.sources(each for row in classes for each in row.sources)
    concerns = {concern_of(row.effect) for row in classes}
    concern = concern_of(rated.effect)
    if len(concerns) > 1 or (concern == NOT_LISTED and _has_flagged_member(classes, facts)):
        concern = UNRESOLVED
    ground = basis(rated.evidence, sources) if rated.effect else ""
    return _Meaning(concern, rated, (), classes, (), sources, ground)


def _has_flagged_member(classes: Iterable[DrugClass], facts: Facts) -> bool:
    return any(flagged(member) for row in classes for member in facts.database.members(row.id))


def _basis(rated: Rating, rows: tuple[Substance, ...], treatments: tuple[Treatment, ...], facts: Facts) -> str:
    """What has to be said of the ground of the gravest statement."""
    if rated.effect:
        return basis(rated.evidence, facts.sources(rows[0].sources))
    if treatments:
        return basis("", facts.sources(treatments[0].sources))
    return ""


def _known(entry: Entry, match: Match, facts: Facts) -> Finding:
    meaning = _meaning(match.kind, match.substances or match.target, match.target, facts)
    question = wording.ASK_CLASS if match.kind == CLASS else ""
    caution = _caution(meaning, trigger=match.kind == TRIGGER)
    if match.kind == CLASS and meaning.concern == UNRESOLVED:
        caution = wording.CAUTION_UNCLEAR
    return _finding(
        entry, match, meaning.concern, meaning, advice=_advice(meaning, match), caution=caution, question=question
    )


def _unclear(entry: Entry, match: Match, facts: Facts) -> Finding:
    choices = tuple(choice_of(candidate, facts) for candidate in match.candidates)
    sources = _once(source for choice in choices for source in choice.sources)
    meaning = _UNKNOWN._replace(sources=sources)
    return _finding(
        entry,
        match,
        UNRESOLVED,
        meaning,
        caution=wording.CAUTION_UNCLEAR if any(choice.effect in FLAGGED for choice in choices) else "",
        choices=choices,
        question=wording.ask_which(match.doubt),
    )


def choice_of(candidate: Candidate, facts: Facts) -> Choice:
    """Return what it would mean if an entry were this candidate."""
    target: tuple[str, ...] = ()
    if candidate.kind == CLASS:
        target = _classes_named(candidate.name, facts)
    meaning = _meaning(candidate.kind, candidate.substances, target, facts)
    rated = meaning.rating
    if meaning.concern in (NOT_LISTED, UNRESOLVED):
        text = wording.EFFECTS[""] if meaning.concern == NOT_LISTED else "its members differ"
    else:
        text = wording.effect_and_risk(rated.effect, rated.risk)
    return Choice(
        candidate,
        meaning.concern,
        rated.effect,
        rated.risk,
        rated.evidence,
        meaning.substances,
        meaning.classes if candidate.kind == CLASS else (),
        meaning.sources,
        meaning.basis,
        text,
    )


def _classes_named(name: str, facts: Facts) -> tuple[str, ...]:
    """A candidate carries a class by its name alone; the vocabulary knows which one that is."""
    from drugdb.folding import fold

    found = facts.database.spelling(fold(name))
    return tuple(each for spelled in found if spelled.kind == CLASS for each in spelled.target)


# -- words ---------------------------------------------------------------------------------------


def _advice(meaning: _Meaning, match: Match) -> str:
    """Plain words for the person: the database's own where it has some for this effect."""
    effect = meaning.rating.effect
    if match.kind == CLASS:
        return next((row.patient_advice for row in meaning.classes if row.patient_advice), "") or (
            wording.NOT_ASSESSED if meaning.concern == NOT_LISTED else ""
        )
    if match.kind == GUARD and not meaning.substances:
        return wording.NOT_KNOWN_HERE
    if not effect:
        return "" if meaning.treatments else wording.NOT_ASSESSED
    first = meaning.substances[0]
    for row in meaning.classes:
        # a class speaks for a member only where it is rated as the member is
        if row.id in first.classes and row.effect == effect and row.patient_advice:
            return row.patient_advice
    return wording.advice(effect, trigger=first.kind == TRIGGER)


def _caution(meaning: _Meaning, *, trigger: bool) -> str:
    """The caution about stopping: with its reason where one is known, and for whatever is flagged or treats."""
    reasons = tuple(dict.fromkeys(row.abrupt_stop_risk for row in meaning.substances if row.abrupt_stop_risk))
    if reasons:
        template = wording.CAUTION_TRIGGER_ABRUPT if trigger else wording.CAUTION_ABRUPT
        return template.format(reason="; ".join(reasons))
    if meaning.rating.effect in FLAGGED:
        return wording.CAUTION_TRIGGER if trigger else wording.CAUTION
    return wording.CAUTION if meaning.treatments and not trigger else ""


def _summary(match: Match, *, assessed: bool) -> str:
    """One line on what the entry was read as, and how."""
    if match.status == UNRECOGNISED:
        return "not recognised"
    if match.status == AMBIGUOUS:
        return f"could be {wording.names(tuple(wording.candidate(each) for each in match.candidates))}"
    name = match.name
    if match.kind == CLASS:
        name = f"{name}, a class of medicines"
    elif match.kind == TRIGGER:
        told = [each for each in match.substances if each.lower() != name.lower()]
        name = f"{name} ({' + '.join(told)}), not a medicine" if told else f"{name}, not a medicine"
    elif match.substances and match.substances != (match.name,) and match.kind != "combination":
        name = f"{name} ({' + '.join(match.substances)})"
    if match.kind == GUARD and not assessed:
        name = f"{name}, a medicine known by name only"
    return f'"{match.read}" read as {name}' if match.status == CORRECTED else f"read as {name}"


def _not_current(found: Finding) -> Finding:
    """An allergy, something stopped or refused: what it is stays visible, but it is never plainly flagged."""
    reason = found.entry.reason or found.entry.section or "not taken now"
    if found.effect in FLAGGED:
        name = found.substances[0].name if found.substances else found.match.name
        effect = wording.effect_and_risk(found.effect, found.risk)
        text = wording.NOT_CURRENT_FLAGGED.format(reason=reason, name=name, effect=effect)
    else:
        text = wording.NOT_CURRENT.format(reason=reason)
    question = "" if found.concern == NOT_RECOGNISED else found.question
    return found._replace(concern=NOT_CURRENT, advice=text, caution="", question=question)


def _finding(
    entry: Entry,
    match: Match,
    concern: str,
    meaning: _Meaning,
    *,
    advice: str = "",
    caution: str = "",
    choices: tuple[Choice, ...] = (),
    question: str = "",
) -> Finding:
    return Finding(
        entry,
        match,
        concern,
        *meaning.rating,
        meaning.substances,
        meaning.classes,
        meaning.treatments,
        (),
        meaning.sources,
        advice,
        caution,
        choices,
        question,
        "" if concern == TEXT else _summary(match, assessed=bool(meaning.substances)),
        meaning.basis,
    )


def _once(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple({source.id: source for source in sources}.values())
