"""What a statement rests on: sources that can be looked up, and grades that they can carry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from drugdb.curated import Curated, Problem, Row
from drugdb.validation.fields import EVIDENCE

RATED = ("substances", "triggers", "classes")
_CARRYING = frozenset(("primary", "secondary"))
_UNSEEN = "not seen in a public page"

# The best grade that a source of a kind can carry. A reference is an expert reference, which counts
# with the guidelines; a review is no better than the cases that it tells.
_CARRIES: Mapping[str, str] = {
    "guideline": "guideline",
    "reference": "guideline",
    "systematic_review": "trial",
    "trial": "trial",
    "observational": "observational",
    "pharmacovigilance": "observational",
    "review": "case",
    "case_report": "case",
    "label": "label",
    "patient_org": "class",
}
# What has to be said where a grade is only inferred.
_INFERRED = re.compile(r"\bclass(?:es)?\b|\b(?:infer|extrapolat|mechanism)", re.IGNORECASE)


def check(curated: Curated) -> Iterator[Problem]:
    """Sources, ratings, and what else must rest on a source."""
    yield from _sources(curated)
    sources = {row.values["source_id"]: row.values for row in curated.tables["sources"]}
    for stem in RATED:
        for row in curated.tables[stem]:
            for text in _rating_faults(row, sources):
                yield Problem(f"{stem}.csv", row.line, text)
    for stem in ("interactions", "count_rules", "conditions", "alternatives"):
        for row in curated.tables[stem]:
            if not any(_carries(sources.get(each), stem) for each in row.many("source_ids")):
                text = "no primary or secondary source; cite one in source_ids, or take the row out"
                yield Problem(f"{stem}.csv", row.line, text)
    for row in curated.tables["treatments"]:
        if not row.values["source_ids"]:
            yield Problem("treatments.csv", row.line, "no source; cite at least one in source_ids")
    yield from _advice(curated)


def _carries(source: Mapping[str, str] | None, stem: str) -> bool:
    """Whether a source may carry a statement. A collection that only lists pairs may support a rule, no more."""
    if source is None or source["reliability"] not in _CARRYING:
        return False
    return stem not in ("interactions", "count_rules") or not source["source_id"].startswith("ddinter")


def _sources(curated: Curated) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for row in curated.tables["sources"]:
        values = row.values
        if not values["seen_at"]:
            if _UNSEEN not in values["note"].lower():
                text = f"seen_at is empty; give the address where it was read, or say '{_UNSEEN}' in the note"
                yield Problem("sources.csv", row.line, text)
            if values["pmid"] or values["doi"]:
                text = "pmid or doi without seen_at; give the address where the number was read, or take it out"
                yield Problem("sources.csv", row.line, text)
        for column in ("pmid", "doi", "title"):
            value = re.sub(r"\W", "", values[column].lower())
            if not value:
                continue
            if (column, value) in seen:
                text = f"same {column} as line {seen[column, value]}; make the two sources one"
                yield Problem("sources.csv", row.line, text)
            seen.setdefault((column, value), row.line)


def _rating_faults(row: Row, sources: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    values = row.values
    rating = [values[name] for name in ("effect", "risk", "evidence")]
    if any(rating) and not all(rating):
        yield "effect, risk and evidence must be all filled in or all empty; fill in the rest, or empty them"
    if values["effect"] in ("worsens", "augments") and values["risk"] == "none":
        yield f"effect is {values['effect']!r} with risk none; correct one of the two"
    cited = [sources[each] for each in row.many("source_ids") if each in sources]
    if values["figure"] and not cited:
        yield "a figure without a source; cite where it stands in source_ids, or take it out"
    if not values["effect"]:
        return
    if not any(source["reliability"] in _CARRYING for source in cited):
        yield "an effect without a primary or secondary source; cite one in source_ids, or empty the rating"
    if values["evidence"] not in EVIDENCE:
        return
    best = min((_grade(source["kind"]) for source in cited), default=len(EVIDENCE))
    if cited and EVIDENCE.index(values["evidence"]) < best:
        grade = EVIDENCE[best] if best < len(EVIDENCE) else "class"
        yield (
            f"evidence is {values['evidence']!r}, and the sources cited carry {grade!r} at best; "
            "cite a better source, or grade it lower"
        )
    if values["evidence"] == "class" and "class_ids" in values and not _INFERRED.search(values["remark"]):
        yield "evidence is 'class' and the remark does not say so; write there that it is inferred from its class"


def _grade(kind: str) -> int:
    return EVIDENCE.index(_CARRIES.get(kind, "class"))


def _advice(curated: Curated) -> Iterator[Problem]:
    """Whatever is flagged has words for the patient: those of its classes."""
    flagged = ("worsens", "augments", "mixed")
    advised = {row.values["class_id"] for row in curated.tables["classes"] if row.values["patient_advice"]}
    for row in curated.tables["classes"]:
        if row.values["effect"] in flagged and not row.values["patient_advice"]:
            yield Problem("classes.csv", row.line, "patient_advice is empty; say in plain words what to ask")
    for stem in ("substances", "triggers"):
        for row in curated.tables[stem]:
            if row.values["effect"] in flagged and not advised.intersection(row.many("class_ids")):
                text = (
                    "missing patient advice: none of its classes has any; fill in patient_advice of one in classes.csv"
                )
                yield Problem(f"{stem}.csv", row.line, text)
