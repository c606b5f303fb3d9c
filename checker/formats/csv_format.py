"""A report as a table: one row for each entry, each clash and each doubled substance, in this order.

Cells that a spreadsheet could take for a formula begin with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from checker.assessment.facts import basis
from checker.formats import DEFAULTS, Options
from checker.formats.choosing import severe_enough
from checker.report import ITEM, Finding, Interaction, Report
from drugdb.records import DrugClass, Source, Substance

COLUMNS = (
    "record", "number", "text", "status", "name", "name_kind", "substances", "current", "concern", "effect", "risk",
    "evidence", "basis", "figure", "mechanism", "guideline_position", "severity", "entries", "what_may_happen",
    "advice", "caution", "question", "alternatives", "sources", "links",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BETWEEN = " | "


def render(report: Report, options: Options = DEFAULTS) -> str:
    """Return a report as CSV with a header."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in _rows(report, options):
        writer.writerow({column: harmless(text) for column, text in row.items()})
    return out.getvalue()


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, and that a row of CSV can carry."""
    text = text.replace("\0", "\N{SYMBOL FOR NULL}")
    return f"'{text}" if text.startswith(_FORMULA) else text


def _rows(report: Report, options: Options) -> Iterator[dict[str, str]]:
    for finding in report.findings:
        yield _entry(finding)
    for found in severe_enough(report.interactions, options.min_severity or "minor"):
        yield _interaction(found)
    for doubled in report.duplicates:
        yield {
            "record": "duplicate",
            "entries": _numbers(doubled.entries),
            "text": _BETWEEN.join(doubled.texts),
            "substances": doubled.substance,
        }


def _entry(finding: Finding) -> dict[str, str]:
    entry, match = finding.entry, finding.match
    rated: Sequence[Substance | DrugClass] = finding.substances or finding.classes
    choices = [
        f"{each.candidate.name} ({' + '.join(each.candidate.substances)}): {each.meaning}" for each in finding.choices
    ]
    question = f"{finding.question} {_BETWEEN.join(choices)}" if choices else finding.question
    return {
        "record": entry.kind,
        "number": str(entry.number),
        "text": entry.text,
        "status": match.status if entry.kind == ITEM else "",
        "name": match.name,
        "name_kind": match.kind,
        "substances": _BETWEEN.join(match.substances),
        "current": "yes" if entry.current else f"no: {entry.reason}",
        "concern": finding.concern,
        "effect": finding.effect,
        "risk": finding.risk,
        "evidence": finding.evidence,
        "basis": finding.basis,
        "figure": _BETWEEN.join(row.figure for row in rated if row.effect and row.figure),
        "mechanism": _BETWEEN.join(row.mechanism for row in rated if row.effect and row.mechanism),
        "guideline_position": _BETWEEN.join(row.guideline_position for row in finding.treatments),
        "advice": finding.advice,
        "caution": finding.caution,
        "question": question,
        "alternatives": _BETWEEN.join(dict.fromkeys(each.name for each in finding.alternatives)),
        **_cited(finding.sources),
    }


def _interaction(found: Interaction) -> dict[str, str]:
    return {
        "record": "interaction",
        "text": _BETWEEN.join(found.texts),
        "name": found.id,
        "substances": _BETWEEN.join(found.substances),
        "basis": found.basis or basis("label", found.sources),
        "mechanism": found.mechanism,
        "severity": found.severity,
        "entries": _numbers(found.entries),
        "what_may_happen": found.effect,
        "advice": " ".join(filter(None, (found.advice, found.note))),
        **_cited(found.sources),
    }


def _cited(sources: Iterable[Source]) -> dict[str, str]:
    sources = tuple(sources)
    return {
        "sources": _BETWEEN.join(each.id for each in sources),
        "links": _BETWEEN.join(each.link for each in sources if each.link),
    }


def _numbers(entries: Iterable[int]) -> str:
    return _BETWEEN.join(map(str, entries))
