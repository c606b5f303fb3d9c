"""What comes first: the order of findings for the eye, and their counts."""

from __future__ import annotations

from collections.abc import Sequence

from checker.report import (
    AUGMENTS,
    CONCERNS,
    FLAGGED,
    HEADING,
    MIXED,
    NEUTRAL,
    NOT_CURRENT,
    NOT_LISTED,
    NOT_RECOGNISED,
    NOTE,
    TEXT,
    TREATMENT,
    UNRESOLVED,
    WORSENS,
    Duplicate,
    Finding,
    Interaction,
)

_RISKS = {"high": 0, "moderate": 1, "low": 2, "none": 3, "": 4}
_RANKS = {
    MIXED: 3,
    AUGMENTS: 3,
    NOT_RECOGNISED: 5,
    TREATMENT: 6,
    NEUTRAL: 7,
    NOT_LISTED: 8,
    NOT_CURRENT: 9,
    TEXT: 10,
}
_COUNTED = {
    WORSENS: "worsens",
    MIXED: "mixed",
    AUGMENTS: "augments",
    UNRESOLVED: "unresolved",
    TREATMENT: "treatments",
    NEUTRAL: "neutral",
    NOT_LISTED: "not_listed",
    NOT_RECOGNISED: "unrecognised",
    NOT_CURRENT: "not_current",
}


def may_worsen(finding: Finding) -> bool:
    """Return whether an unclear entry could turn out to be something that is flagged."""
    return finding.concern == UNRESOLVED and (
        finding.effect in FLAGGED or any(choice.effect in FLAGGED for choice in finding.choices)
    )


def rank(finding: Finding) -> tuple[int, int]:
    """Return how far down a finding belongs: high risks, what may be one, moderate ones, the rest."""
    risk = _RISKS.get(finding.risk, 4)
    if finding.concern == WORSENS:
        return {0: 0, 1: 2}.get(risk, 3), risk
    if finding.concern == UNRESOLVED:
        return (1 if may_worsen(finding) or not finding.choices else 4), 0
    return _RANKS[finding.concern], risk


def order(findings: Sequence[Finding]) -> tuple[int, ...]:
    """Return the numbers of all entries, what matters most first; equals in the order of the list."""
    return tuple(finding.entry.number for finding in sorted(findings, key=rank))


def counts(
    findings: Sequence[Finding], interactions: Sequence[Interaction], duplicates: Sequence[Duplicate]
) -> dict[str, int]:
    """Return how many there are of everything.

    ``entries`` is all that was pasted, ``items`` what is no heading or note. Each entry counts under one
    of worsens, mixed, augments, unresolved, treatments, neutral, not_listed, unrecognised, not_current,
    headings and notes, so that these add up. ``flagged`` is worsens, mixed and augments together.
    """
    concerns = [finding.concern for finding in findings]
    texts = [finding.entry.kind for finding in findings if finding.concern == TEXT]
    by_concern = {_COUNTED[concern]: concerns.count(concern) for concern in CONCERNS if concern != TEXT}
    return {
        "entries": len(findings),
        "items": len(findings) - len(texts),
        "flagged": sum(concerns.count(concern) for concern in FLAGGED),
        **by_concern,
        "headings": texts.count(HEADING),
        "notes": texts.count(NOTE),
        "interactions": len(interactions),
        "duplicates": len(duplicates),
    }
