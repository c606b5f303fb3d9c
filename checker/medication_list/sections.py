"""Headings, notes, and what is not current: allergies, stopped and refused medicines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from checker.report import Word

_MAY_STAND_IN_HEADING = frozenset(("heading", "filler", "joiner", "form", "sig", "reason"))

# Section headings whose entries are not taken now. Folded word beginnings.
_NOT_TAKEN = (
    ("allerg", "allergies"), ("аллерг", "allergies"), ("intoleran", "intolerances"), ("unvertraglich", "intolerances"),
    ("adversereaction", "allergies"), ("stopped", "stopped"), ("discontinued", "stopped"), ("inactive", "stopped"),
    ("pastmedication", "past medicines"), ("previousmedication", "past medicines"), ("abgesetzt", "stopped"),
    ("medicamentsarret", "stopped"), ("suspend", "stopped"), ("sospes", "stopped"), ("familyhistory", "family"),
    ("medicationsstopped", "stopped"), ("medicationstostop", "stopped"), ("stoptaking", "stopped"),
    ("donottake", "not taken"), ("avoid", "to avoid"),
)  # fmt: skip

# Ways to say that a medicine is not taken, in the languages of the page.
_STOPPED = (
    r"stopp(?:ed|ing)|discontinu(?:ed|ing)|d/?c['’]?e?d|quit|(?:came|come|weaned)\s+off|no\s+longer\s+(?:on|tak\w+|us\w+)|ceased"
    r"|abgesetzt|arrêté\w*|arrete\w*|suspendid\w+|dejé|sospes\w+|smesso|отмен\w+"
)
_ALLERGY = (
    r"allerg(?:y|ic|ies)\b(?!\s+(?:tab|pill|med|relief|season|shot|spray|drop|caps?)\w*)|anaphyla\w+|intoleran\w+"
    r"|reacts?\s+(?:badly\s+)?to|reaction\s+to|sensitivity\s+to|allergisch|allergique|alérgic\w+|аллерги\w+"
)
_REFUSED = (
    r"not\s+(?:currently\s+)?(?:tak\w+|us\w+|on)|(?:do|does|did)(?:\s+not|n['’]t)\s+(?:take|use)"
    r"|never\s+(?:took|taken|used)|denies|refus\w+|declin\w+|avoids?"
    r"|nimmt\s+nicht|ne\s+prend\s+pas|no\s+toma|non\s+prende|не\s+принима\w+"
)
_PAST = (
    r"previously|formerly|used\s+to\s+(?:take|use|be\s+on)|in\s+the\s+past|past\s+use|history\s+of|tried"
    r"|früher|autrefois"
)
_OTHERS = (
    r"(?:mother|father|husband|wife|son|daughter|sister|brother)(?:['’]s)?\s+(?:takes|took|uses|is\s+on|was\s+on|has)"
)
_NEGATED = rf"\b(?:{_STOPPED}|{_ALLERGY}|{_REFUSED}|{_PAST}|{_OTHERS})"
_NOT_NEGATED = (
    r"\b(?:do\s+not|don['’]t|never|not|nicht|ne\s+pas|no)\s+(?:be\s+)?(?:stop|discontinu|miss|quit|skip|absetz|arrêt|suspend)"
    r"|\bnot\s+only\b|\bno\s+known\b|\bfor\s+(?:\w+\s+)?allerg|\bavoids?\s+alcohol"
)
# A quick look before the patterns: words of which one is in every way to say it.
_SIGNS = frozenset(
    (
        "stopped", "stopping", "discontinued", "discontinuing", "dced", "dc", "d", "quit", "off", "longer", "ceased",
        "abgesetzt", "arrete", "arretee", "suspendido", "suspendida", "deje", "sospeso", "sospesa", "smesso", "allergy",
        "allergic", "allergies", "anaphylaxis", "anaphylactic", "intolerant", "intolerance", "intolerances", "reacts",
        "react", "reaction", "sensitivity", "allergisch", "allergique", "alergico", "alergica", "not", "doesnt", "dont",
        "didnt", "never", "denies", "refuses", "refused", "refuse", "declines", "declined", "decline", "avoid",
        "avoids", "previously", "formerly", "used", "past", "history", "tried", "fruher", "autrefois", "mother",
        "father", "husband", "wife", "son", "daughter", "sister", "brother", "mothers", "fathers", "husbands", "wifes",
        "sons", "daughters", "sisters", "brothers", "nicht", "pas", "no", "non", "ne", "otmenen", "otmenena",
        "otmenili", "otmena", "allergiya", "allergii",
    )
)  # fmt: skip
_CLAUSE = r"\s+(?:after|instead\s+of|in\s+place\s+of|but|then|and\s+(?:started|stopped|now))\s+|\s+[–—]\s+"


def _find(pattern: str, text: str) -> re.Match[str] | None:
    """Search with a pattern that is compiled when first needed (re keeps it): most lists never need it."""
    return re.search(pattern, text, re.I)


def clauses(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return the clauses of a segment as offsets, when it says that something is not taken; else one."""
    if _SIGNS.isdisjoint(word.key for word in words) or not _find(_NEGATED, text):
        return [(0, len(text))]
    cuts = [0, *(found.start() for found in re.finditer(_CLAUSE, text, re.I)), len(text)]
    return [(left, right) for left, right in pairwise(cuts) if text[left:right].strip()]


def why_not_current(text: str, words: Sequence[Word]) -> str:
    """Return why an entry is not current, in the words of the list; empty when it is.

    When in doubt it is current: to hide an aggravator is worse than to show one too many.
    """
    if _SIGNS.isdisjoint(word.key for word in words):
        return ""
    found = _find(_NEGATED, text)
    if found is None or _find(_NOT_NEGATED, text):
        return ""
    return found.group().strip().lower()


def section_reason(heading: str) -> str:
    """Return why the entries below a heading are not current; empty when they are."""
    from drugdb.folding import fold

    key = fold(heading)
    return next((reason for start, reason in _NOT_TAKEN if fold(start) in key), "")


def is_heading(words: Sequence[Word], colon: bool) -> bool:
    """Whether words are a heading: nothing but words that headings are made of, one of them its own."""
    kinds = [word.kind for word in words if word.key]
    if not kinds or "heading" not in kinds:
        return False
    if all(kind in _MAY_STAND_IN_HEADING for kind in kinds):
        return True
    return colon and len(kinds) <= 6 and kinds.count("name") <= 2 and "strength" not in kinds and "number" not in kinds


def is_note(words: Sequence[Word]) -> bool:
    """Whether a line is about something else than medicines: refills, dates, addresses."""
    keyed = [word for word in words if word.key]
    if not keyed:
        return True
    if keyed[0].kind == "note":
        return True
    return all(word.kind in ("number", "note", "filler", "joiner") for word in keyed)
