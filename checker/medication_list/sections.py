"""Headings, notes, and what is not current: allergies, stopped and refused medicines."""

from __future__ import annotations

import re
from collections.abc import Sequence

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

_NEGATED = re.compile(
    r"""(?P<stopped>\b(?:stopped|discontinued|d/?c['’]?e?d|quit|came\ off|come\ off|weaned\ off|off\ of|no\ longer\ (?:on|tak\w+|us\w+)
        |ceased|abgesetzt|arrêté\w*|arrete\w*|suspendid\w+|dejé|sospes\w+|smesso|отмен\w+)\b)
      |(?P<allergy>\b(?:allerg(?:y|ic|ies)\b(?!\s+(?:tab|pill|med|med\w+|relief|season|shot|spray|drop|caps?))|anaphyla\w+
        |intoleran\w+|reacts?\ (?:badly\ )?to|reaction\ to|sensitivity\ to|allergisch|allergique|alérgic\w+|allergic\w+|аллерги\w+))
      |(?P<refused>\b(?:not\ (?:currently\ )?(?:tak\w+|us\w+|on)|n['’]t\ (?:take|use)|never\ (?:took|taken|used)|denies|refus\w+|declin\w+
        |avoids?|nimmt\ nicht|ne\ prend\ pas|no\ toma|non\ prende|не\ принима\w+))
      |(?P<past>\b(?:previously|formerly|used\ to\ (?:take|use|be\ on)|in\ the\ past|past\ use|history\ of|tried|früher|autrefois|antes\ tomaba))
      |(?P<other>\b(?:mother|father|husband|wife|son|daughter|sister|brother)(?:['’]s)?\ (?:takes|took|uses|is\ on|was\ on|has))
    """,
    re.I | re.X,
)
_NOT_NEGATED = re.compile(
    r"""\b(?:do\ not|don['’]t|never|not|nicht|ne\ pas|no)\s+(?:be\s+)?(?:stop\w*|discontinu\w*|miss|quit|skip|absetzen|arrêter|suspender)
      |\bnot\ only\b|\bno\ known\b|\bhas\ not\ stopped|\bfor\ (?:\w+\s)?allerg|\ballergy\ (?:relief|tab|pill|med)|\bavoids?\ alcohol
    """,
    re.I | re.X,
)
_SIGNS = frozenset(
    "stopped stop discontinued dced dc quit off longer ceased abgesetzt arrete arretee suspendido suspendida suspendidos dejé "
    "deje sospeso sospesa smesso allergy allergic allergies anaphylaxis anaphylactic intolerant intolerance intolerances reacts react "
    "reaction sensitivity allergisch allergique alergico alergica not dont doesnt didnt never denies refuses refused declines declined "
    "avoid avoids previously formerly used past history tried fruher autrefois mother father husband wife son daughter sister brother "
    "mothers fathers husbands wifes sons daughters nimmt prend toma prende antes otmenen otmenena otmenili otmena ne allergiya na".split()
)
_CLAUSE = re.compile(
    r"\s+(?:after|instead\s+of|in\s+place\s+of|but|then|and\s+(?:started|stopped|now))\s+|\s+[–—]\s+|\.\s+(?=[A-ZА-Я])",
    re.I,
)


def clauses(text: str) -> list[tuple[int, int]]:
    """Return the clauses of a segment as offsets, when it says that something is not taken; else one."""
    if not _NEGATED.search(text):
        return [(0, len(text))]
    cuts = [0, *(found.start() for found in _CLAUSE.finditer(text)), len(text)]
    return [(left, right) for left, right in zip(cuts, cuts[1:], strict=False) if text[left:right].strip()]


def why_not_current(text: str, words: Sequence[Word]) -> str:
    """Return why an entry is not current, in the words of the list; empty when it is.

    When in doubt it is current: to hide an aggravator is worse than to show one too many.
    """
    if _SIGNS.isdisjoint(word.key for word in words):
        return ""
    found = _NEGATED.search(text)
    if found is None or _NOT_NEGATED.search(text):
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
