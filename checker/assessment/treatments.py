"""What guidelines say of a treatment, one by one, and whether they differ."""

from __future__ import annotations

from collections.abc import Iterable

from checker.assessment.facts import Facts
from checker.report import Explanation, Finding
from drugdb.records import Treatment

_AGAINST = ("against", "not recommended", "rarely used", "no current guideline recommends")
_SILENT = ("no guideline line", "no recommendation", "not included", "not in the guidelines", "no current guideline")
_AUGMENTATION = "augmentation"


def positions(treatment: Treatment) -> tuple[str, ...]:
    """Return the statements of a treatment's guideline position, one a guideline.

    A statement begins with the body and its year, as in ``AASM 2025: for, strong``. What follows a
    statement without a body of its own stays with it.
    """
    found: list[str] = []
    for sentence in treatment.guideline_position.split(". "):
        text = sentence.strip().rstrip(".")
        if found and ":" not in text:
            found[-1] = f"{found[-1]}. {text}"
        elif text:
            found.append(text)
    return tuple(found)


def guidelines_differ(treatment: Treatment) -> bool:
    """Return whether one guideline speaks against a treatment and another for it."""
    sides = {_against(text.lower()) for text in positions(treatment) if not _silent(text.lower())}
    return len(sides) > 1


def _against(text: str) -> bool:
    return any(word in text for word in _AGAINST)


def _silent(text: str) -> bool:
    return ":" not in text or any(word in text for word in _SILENT)


def glossary(findings: Iterable[Finding], facts: Facts) -> tuple[Explanation, ...]:
    """Return the words that a report uses: augmentation, where a treatment on the list carries that risk."""
    risks = {row.augmentation_risk for finding in findings for row in finding.treatments}
    used = {_AUGMENTATION} if risks & {"high", "moderate", "low"} else set()
    return tuple(
        Explanation(term.name, term.meaning, facts.sources(term.sources))
        for term in (facts.database.glossary() if used else ())
        if term.name in used
    )
