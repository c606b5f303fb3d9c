"""The answers to what was unclear, put back into the list.

Nothing is kept between requests: the whole list travels in the form, entry by entry, with N from 1 on:

    text-N    the entry as it was read        line-N    the line that it stood on
    edit-N    the entry as it is in the box   choice-N  keep, other, remove, or the text to put instead
    other-N   the name for "something else"   remove-N  set when the entry is to go
"""

from __future__ import annotations

from collections.abc import Mapping

from checker.report import Candidate, Finding

KEEP, OTHER, REMOVE = "keep", "other", "remove"
_MOST = 4000  # entries that a form may hold; more is not a form of ours


def written(candidate: Candidate, among: tuple[Candidate, ...]) -> str:
    """Return how a choice is written into the list, so that the matcher reads it as just this.

    Where several choices have one name, the ingredients tell them apart: "Brand (substance)".
    """
    alike = [other for other in among if other.name == candidate.name]
    if len(alike) > 1 and candidate.substances:
        return f"{candidate.name} ({' / '.join(candidate.substances)})"
    return candidate.name


def replaced(finding: Finding, choice: str) -> str:
    """Return the entry's text with the misread words replaced by the choice."""
    text, read = finding.entry.text, finding.match.read.strip()
    return text.replace(read, choice, 1) if read and read in text else choice


def fields(finding: Finding) -> dict[str, str]:
    """Return the hidden fields that carry an entry."""
    number = finding.entry.number
    return {f"text-{number}": finding.entry.text, f"line-{number}": str(finding.entry.line)}


def merged(form: Mapping[str, str]) -> str:
    """Return the list that a correction form describes.

    Entries that stood on one line stay on one line: a heading in it speaks for that line alone.

    Args:
        form: the posted fields (see above), and ``add``: a line to add.
    """
    lines: dict[str, list[str]] = {}
    for number in range(1, _MOST):
        text = form.get(f"text-{number}")
        if text is None:
            break
        told = _answered(form, number, text)
        if told:
            lines.setdefault(form.get(f"line-{number}", f"n{number}"), []).append(told)
    out = list(map(_joined, lines.values()))
    added = form.get("add", "").strip()
    return "\n".join([*out, added] if added else out)


def _answered(form: Mapping[str, str], number: int, text: str) -> str:
    """Return an entry as the person wants it; empty when it is to go. What was typed counts most."""
    choice = form.get(f"choice-{number}", KEEP)
    if choice == REMOVE or form.get(f"remove-{number}"):
        return ""
    edited = _line(form.get(f"edit-{number}", text))
    if edited and edited != _line(text):
        return edited
    if choice == OTHER:
        return _line(form.get(f"other-{number}", "")) or _line(text)
    return _line(text) if choice == KEEP else _line(choice)


def _line(text: str) -> str:
    return " ".join(part.strip() for part in text.splitlines() if part.strip())


def _joined(parts: list[str]) -> str:
    line = parts[0]
    for part in parts[1:]:
        line += f" {part}" if line.endswith(":") else f"; {part}"
    return line
