"""A report as JSON. docs/report.schema.json describes it; ``SCHEMA`` names its version."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from checker.assessment import wording
from checker.assessment.facts import basis, second_hand
from checker.assessment.treatments import guidelines_differ, positions
from checker.formats import DEFAULTS, Options
from checker.formats.choosing import severe_enough
from checker.report import (
    ITEM,
    SCHEMA,
    SECOND_HAND,
    Alternative,
    Choice,
    Duplicate,
    Finding,
    Interaction,
    Report,
)
from drugdb.records import DrugClass, Source, Substance, Treatment


def render(report: Report, options: Options = DEFAULTS) -> str:
    """Return a report as a JSON text, indented, with a line end."""
    return json.dumps(as_dict(report, options), ensure_ascii=False, indent=2) + "\n"


def as_dict(report: Report, options: Options = DEFAULTS) -> dict[str, Any]:
    """Return a report as plain values, ready for JSON."""
    found = severe_enough(report.interactions, options.min_severity or "minor")
    return {
        **head(report),
        "entries": [entry(finding) for finding in report.findings],
        "interactions": [interaction(each) for each in found],
        "duplicates": [duplicate(each) for each in report.duplicates],
        **tail(report),
    }


def head(report: Report) -> dict[str, Any]:
    """Return what a report begins with: the schema, the data it rests on, the market."""
    return {"schema": SCHEMA, "data": report.data._asdict(), "market": report.market}


def tail(report: Report) -> dict[str, Any]:
    """Return what holds for the list as a whole, and the sources that are cited by their ids."""
    return {
        "unchecked": list(report.unchecked),
        "order": list(report.order),
        "counts": report.counts,
        "glossary": [{"term": t.name, "meaning": t.meaning, "sources": _ids(t.sources)} for t in report.glossary],
        "limits": report.limits,
        "interaction_caution": wording.INTERACTION_CAUTION,
        "sources": {each.id: source(each) for each in cited(report)},
    }


def cited(report: Report) -> tuple[Source, ...]:
    """Return every source that the findings and clashes of a report carry, each once."""
    found: dict[str, Source] = {}
    for finding in report.findings:
        found.update((each.id, each) for each in finding.sources)
        for alternative in finding.alternatives:
            found.update((each.id, each) for each in alternative.sources)
        for choice in finding.choices:
            found.update((each.id, each) for each in choice.sources)
    for clash in report.interactions:
        found.update((each.id, each) for each in clash.sources)
    for term in report.glossary:
        found.update((each.id, each) for each in term.sources)
    return tuple(found.values())


def entry(finding: Finding) -> dict[str, Any]:
    """Return one entry with everything that is known of it."""
    own, match = finding.entry, finding.match
    by_id = {each.id: each for each in finding.sources}
    return {
        "number": own.number,
        "line": own.line,
        "text": own.text,
        "kind": own.kind,
        "current": own.current,
        "reason": own.reason,
        "section": own.section,
        "status": match.status if own.kind == ITEM else "",
        "read": match.read,
        "name": match.name,
        "name_kind": match.kind,
        "doubt": match.doubt,
        "summary": finding.summary,
        "question": finding.question,
        "concern": finding.concern,
        "effect": finding.effect,
        "risk": finding.risk,
        "evidence": finding.evidence,
        "basis": _basis(finding.basis),
        "substances": list(match.substances),
        "ingredients": [_ingredient(row, by_id) for row in finding.substances],
        "classes": [_class(row, by_id) for row in finding.classes] if not finding.substances else [],
        "treatments": [_treatment(row, by_id) for row in finding.treatments],
        "candidates": [_choice(choice) for choice in finding.choices],
        "advice": finding.advice,
        "caution": finding.caution,
        "alternatives": [_alternative(each) for each in finding.alternatives],
        "sources": [each.id for each in finding.sources],
    }


def interaction(found: Interaction) -> dict[str, Any]:
    """Return one clash."""
    return {
        "id": found.id,
        "severity": found.severity,
        "entries": list(found.entries),
        "texts": list(found.texts),
        "sides": [list(side) for side in found.sides],
        "substances": list(found.substances),
        "mechanism": found.mechanism,
        "effect": found.effect,
        "advice": found.advice,
        "note": found.note,
        "remark": found.remark,
        "basis": _basis(found.basis),
        "covers": list(found.covers),
        "sources": _ids(found.sources),
    }


def duplicate(found: Duplicate) -> dict[str, Any]:
    """Return one substance that is taken twice."""
    return {"substance": found.substance, "entries": list(found.entries), "texts": list(found.texts)}


def source(row: Source) -> dict[str, Any]:
    """Return a source as it is cited."""
    return {
        "title": row.title,
        "authors": row.authors,
        "journal": row.journal,
        "year": row.year,
        "kind": row.kind,
        "reliability": row.reliability,
        "link": row.link,
        "note": row.note,
    }


def _ingredient(row: Substance, by_id: dict[str, Source]) -> dict[str, Any]:
    own = [by_id[each] for each in row.sources if each in by_id]
    return {
        "name": row.name,
        "kind": row.kind,
        "classes": list(row.classes),
        "effect": row.effect,
        "risk": row.risk,
        "evidence": row.evidence,
        "basis": _basis(basis(row.evidence, own)) if row.effect else [],
        "figure": row.figure,
        "mechanism": row.mechanism,
        "abrupt_stop_risk": row.abrupt_stop_risk,
        "route_note": row.route_note,
        "remark": row.remark,
        "sources": _ids(own),
    }


def _class(row: DrugClass, by_id: dict[str, Source]) -> dict[str, Any]:
    own = [by_id[each] for each in row.sources if each in by_id]
    return {
        "id": row.id,
        "name": row.name,
        "plain_name": row.plain_name,
        "effect": row.effect,
        "risk": row.risk,
        "evidence": row.evidence,
        "basis": _basis(basis(row.evidence, own)) if row.effect else [],
        "figure": row.figure,
        "mechanism": row.mechanism,
        "pharmacist_note": row.pharmacist_note,
        "remark": row.remark,
        "sources": _ids(own),
    }


def _treatment(row: Treatment, by_id: dict[str, Source]) -> dict[str, Any]:
    own = [by_id[each] for each in row.sources if each in by_id]
    return {
        "substance": row.substance,
        "guideline_position": list(positions(row)),
        "guidelines_differ": guidelines_differ(row),
        "augmentation_risk": row.augmentation_risk,
        "warnings": row.warnings,
        "remark": row.remark,
        "basis": [SECOND_HAND] if second_hand(own) else [],
        "sources": _ids(own),
    }


def _choice(choice: Choice) -> dict[str, Any]:
    candidate = choice.candidate
    return {
        "name": candidate.name,
        "kind": candidate.kind,
        "substances": list(candidate.substances),
        "market": candidate.market.split(),
        "note": candidate.note,
        "concern": choice.concern,
        "effect": choice.effect,
        "risk": choice.risk,
        "evidence": choice.evidence,
        "basis": _basis(choice.basis),
        "meaning": choice.meaning,
        "sources": _ids(choice.sources),
    }


def _alternative(row: Alternative) -> dict[str, Any]:
    return {
        "purpose": row.purpose,
        "name": row.name,
        "caveat": row.caveat,
        "clashes": list(row.clashes),
        "basis": [SECOND_HAND] if second_hand(row.sources) else [],
        "sources": _ids(row.sources),
    }


def _ids(sources: Iterable[Source]) -> list[str]:
    return [each.id for each in sources]


def _basis(text: str) -> list[str]:
    return text.split("; ") if text else []
