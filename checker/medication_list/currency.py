"""What is not taken now: stopped, refused, tried before, allergies, other people's medicines.

A clause is what one "stopped" reaches. When in doubt a medicine counts as taken: to hide one that worsens
restless legs is worse than to show one too many.
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.medication_list.headings import in_brackets
from checker.medication_list.kinds import (
    ASKS,
    CLOSES,
    COLON,
    COMMA,
    CUES,
    DASH,
    FILLER,
    FORM,
    JOINER,
    MAKER,
    NAME,
    NUMBER,
    OPENS,
    OTHER,
    QUOTE,
    REASON,
    RELEASE,
    SALT,
    SEMICOLON,
    SIG,
    SIGNS,
    STOP,
    STRENGTH,
    VARIANT,
)
from checker.medication_list.line import Line
from drugdb.values import NamedTuple

_NAMES = frozenset((NAME, MAKER, "heading-item"))
_SKIPPED = frozenset(("det", "to", "take", "look", QUOTE, "stopped", "stopping", "past", "/", "now"))
_SKIPPED_KEYS = frozenset(("on", "from", "off", "oral", "po", "it", "them"))
_MOST_SKIPPED = 6
_LEADS_BACK = frozenset((FILLER, "det", "now", JOINER, OPENS, OTHER, "take", "past", "start", "again", QUOTE))
_FURTHEST_NOT = 3  # words between "not" and "stopped"
_FURTHEST_IF = 6
_FOR = frozenset(("for", "fur", "pour", "para", "per", "gegen", "contra", "contre", "ot", "dlia", "dlya", "of"))
_HANGING = frozenset(("to", "of", "from", "auf", "gegen", "von", "a", "au", "aux", "al", "la", "alla", "na", "k"))
_NEW_ONE = frozenset(("to", "auf", "a", "na", "zu"))
_NONE_OF = frozenset(("no", "kein", "keine", "keinen", "sin", "senza", "ohne", "bez", "sans"))
_NONE_OF_WHAT = frozenset((FILLER, "det", "or", JOINER, "/", "&", STOP, NAME, VARIANT, SALT, RELEASE, "now"))
_SHORT = 3  # letters
_STARTS = frozenset(("start", "take", "now", "again"))
_QUIET = frozenset(
    (FILLER, "det", NUMBER, "now", "not", "former", "past", "to", "or", JOINER, CLOSES, STOP, OTHER, QUOTE, *CUES)
)  # fmt: skip
_HAS = frozenset(("on", "has", "had"))
_UNNAMED_RELATIVE = 3  # words from "mother" to "takes"
_BREAKS = frozenset((COMMA, SEMICOLON, COLON, STOP, ASKS))
_CENTURIES = ("19", "20")
_AFTER_KEYS = frozenset(("since", "upon", "by", "following", "on", "seit", "depuis", "desde"))


class Clause(NamedTuple):
    """Words ``first`` to ``last`` (exclusive); ``reason`` says why what they name is not current, or is empty."""

    first: int
    last: int
    reason: str
    named: bool  # whether they name anything
    resumes: bool  # whether they say that something was taken up again
    leads: bool  # whether the reason stands before what it is about: "allergic to ..."


def clauses(line: Line, first: int, last: int) -> list[Clause]:
    """Part words into clauses, those with a reason apart from those without; one clause when none has.

    Args:
        line: its kinds are settled.
        first, last: an item.
    """
    if line.keys[first] in _NONE_OF and _none_of(line, first, last):
        return [_clause(line, first, last, line.keys[first], leads=True)]
    found = _merged(_parted(line, first, last)) if not line.has.isdisjoint(CUES) else []
    if not any(clause.reason for clause in found):
        return [_clause(line, first, last, "")]
    return found


def _none_of(line: Line, first: int, last: int) -> bool:
    """Whether words are "no Benadryl" and nothing more; not "No Doz", which is a name."""
    named = last - first > 1 and line.kinds[first + 1] == NAME and len(line.keys[first + 1]) > _SHORT
    apart = named and line.ends[first] < line.starts[first + 1]
    return apart and _NONE_OF_WHAT.issuperset(line.kinds[first + 2 : last])


def _clause(line: Line, first: int, last: int, reason: str, *, leads: bool = False) -> Clause:
    kinds = line.kinds[first:last]
    resumes = "again" in kinds or (_NAMES.isdisjoint(kinds) and _another_dose(kinds))
    return Clause(first, last, reason, not _NAMES.isdisjoint(kinds), resumes, leads)


def _another_dose(kinds: Sequence[str]) -> bool:
    """Whether words say what is taken now: "now 100", "now 50 mg"; not how long ago it was."""
    worded = [kind for kind in kinds if kind not in SIGNS]
    return worded[:1] == ["now"] and (worded[1:] in ([NUMBER], [STRENGTH]) or worded[2:3] == [STRENGTH])


def _parted(line: Line, first: int, last: int) -> list[Clause]:
    kinds = line.kinds
    found: list[Clause] = []
    start = place = first
    while place < last:
        kind = kinds[place]
        if kind in CUES:
            end = place + 1
            while end < last and (kinds[end] == kind or kinds[end : end + 2] == ["/", kind]):
                end += 1
            read = _cue(line, start, place, end, last)
            if read is not None:
                begin, stop, leads = read
                if begin > start:
                    found.append(_clause(line, start, begin, ""))
                found.append(_clause(line, begin, stop, _words(line, place, end), leads=leads))
                start = place = stop
                continue
            place = end
            continue
        if place > start and _ends_clause(line, place, last):
            found.append(_clause(line, start, place, ""))
            start = place
        place += 1
    if start < last:
        found.append(_clause(line, start, last, ""))
    return found


def _cue(line: Line, start: int, place: int, end: int, last: int) -> tuple[int, int, bool] | None:
    """Return where the reach of a cue (words ``place`` to ``end``) begins and ends, and whether the cue leads.

    None when it has none: "do not stop", "if stopped", "for allergic rhinitis".
    """
    kind = line.kinds[place]
    if _cancelled(line, start, place) or not _holds(line, start, place, end, last):
        return None
    thing = _object(line, end, last)
    named_before = not _NAMES.isdisjoint(line.kinds[start:place])
    if kind == "replaced":
        return (start, place, False) if named_before and thing >= 0 else None
    if kind == "relative":
        thing = _object(line, _verb(line, place, last), last)
        return (_back(line, start, place), _reach(line, thing, last), True)
    if kind == "not-taken":
        thing = thing if thing < 0 or _quiet(line, thing + 1, last) else -1
        if thing < 0 and (not named_before or not _quiet(line, end, last)):
            return None
    if thing >= 0:
        return (_back(line, start, place) if named_before else start, _reach(line, thing, last), True)
    if named_before:
        quiet = kind in ("stopped", "past", "stop") or _quiet(line, end, last, strictly=True)
        return (start, _reach(line, end - 1, last), False) if quiet else None
    if kind == "stopped":  # "stopped in 2019: ...", or nothing named at all
        later = next((at for at in range(end, last) if line.kinds[at] in _NAMES), -1)
        return (start, _reach(line, later if later >= 0 else end - 1, last), later >= 0)
    return (start, last, False) if _quiet(line, end, last, strictly=True) else None


def _cancelled(line: Line, start: int, place: int) -> bool:
    """Whether "not", "never" or the like stands close before a cue, or "if" or "should" in its clause."""
    seen, named = 0, False
    for before in range(place - 1, start - 1, -1):
        kind = line.kinds[before]
        if kind == "maybe" or (kind == "not" and not named and seen < _FURTHEST_NOT):
            return True
        if kind in (DASH, OPENS, *_BREAKS) or seen >= _FURTHEST_IF:
            return False
        named = named or kind in _NAMES
        seen += bool(line.keys[before])
    return False


def _holds(line: Line, start: int, place: int, end: int, last: int) -> bool:
    """Whether the cue is one here; each kind has its own conditions."""
    kinds, keys = line.kinds, line.keys
    kind = kinds[place]
    before = kinds[place - 1] if place > start else ""
    if kind == "stopping":
        return before in ("after", "but") or (place > start and keys[place - 1] in _AFTER_KEYS)
    if before == "to" and kind != "allergy":
        return False  # "plans to stop", "to avoid nausea"
    if kind == "stop":
        first_word = not any(keys[start:place])
        asked = ASKS in kinds[place:last]
        return not asked and (first_word or (before in (DASH, COLON, OPENS) and not any(keys[end:last])))
    if kind == "allergy":
        return not (place > start and keys[place - 1] in _FOR)
    if kind == "past":
        return not _followed_by_details(line, end, last)
    if kind == "relative":
        verb = _verb(line, place, last)
        return verb >= 0 and _NAMES.isdisjoint(kinds[place:verb]) and _object(line, verb, last) >= 0
    return True


def _verb(line: Line, place: int, last: int) -> int:
    """Return where "takes" or "is on" stands behind a relative; -1 when it does not."""
    near = range(place + 1, min(last, place + 1 + _UNNAMED_RELATIVE))
    return next((at for at in near if line.kinds[at] == "take" or line.keys[at] in _HAS), -1)


def _followed_by_details(line: Line, end: int, last: int) -> bool:
    """Whether a dose, "to" or a verb follows: "previously 25 mg", "tried to", not "previously Zoloft"."""
    for at in range(end, last):
        kind = line.kinds[at]
        if kind in ("to", STRENGTH):
            return True
        if kind == NUMBER:
            return not (len(line.keys[at]) == 4 and line.keys[at].startswith(_CENTURIES))
        if line.keys[at] and kind not in ("det", "take") and line.keys[at] not in _SKIPPED_KEYS:
            return False
    return False


def _object(line: Line, end: int, last: int) -> int:
    """Return the word that a cue before it is about; -1 when none follows it directly."""
    kinds = line.kinds
    for at in range(end, min(last, end + _MOST_SKIPPED)):
        kind = kinds[at]
        if kind in _NAMES or kind in (SALT, VARIANT):
            return at
        if kind in (REASON, "variant-reason", FORM) and kinds[at - 1] in ("allergy", "det", "stopped"):
            return at
        if kind not in _SKIPPED and line.keys[at] not in _SKIPPED_KEYS and kind != "relative":
            return -1
    return -1


def _back(line: Line, start: int, place: int) -> int:
    """Return where the words that belong to a cue begin: "... and I have | stopped"."""
    while place > start and line.kinds[place - 1] in _LEADS_BACK:
        place -= 1
        if line.kinds[place] == OPENS:
            break
    return place


def _reach(line: Line, thing: int, last: int) -> int:
    """Return where a clause ends whose last certain word is ``thing``."""
    opened = in_brackets(line, thing, 0)
    for at in range(thing + 1, last):
        if opened >= 0 and line.kinds[at] == CLOSES:
            return at + 1
        if line.kinds[at] in CUES or _ends_clause(line, at, last) or _another(line, thing, at):
            return at
        if line.kinds[at] == "take" and at + 1 < last and line.kinds[at + 1] == NAME:
            return at  # "instead of Prozac take Zoloft"
        if line.keys[at] in _NEW_ONE and at + 1 < last and line.kinds[at + 1] == NAME:
            return at  # "switched from Prozac to Zoloft"
    return last


def _another(line: Line, thing: int, at: int) -> bool:
    """Whether another medicine begins here, though nothing parts it: "stopped Prozac 20 mg Zoloft 50 mg"."""
    if line.kinds[at] != NAME or at - 1 <= thing:
        return False
    before = line.kinds[at - 1]
    return before in (STRENGTH, SIG, NUMBER, FORM) and not _dated(line, at - 1)


def _dated(line: Line, place: int) -> bool:
    return line.kinds[place] == SIG and line.keys[place] in ("by", "per", "at")


def _ends_clause(line: Line, place: int, last: int) -> bool:
    kind = line.kinds[place]
    if kind in ("but", SEMICOLON):
        return True
    if kind == "now":  # "instead of ... now ..."
        return place + 1 < last and line.kinds[place + 1] == NAME
    if kind == DASH:
        return line.spaced(place)
    if kind == "after":
        return place + 1 < last and line.kinds[place + 1] in CUES
    if kind in (JOINER, "&", "+"):
        follows = [line.kinds[at] for at in range(place + 1, min(last, place + 4)) if line.keys[at]]
        return not _STARTS.isdisjoint(follows[:2])
    return False


def _quiet(line: Line, end: int, last: int, *, strictly: bool = False) -> bool:
    """Whether nothing of weight follows in the clause; strictly: nothing but a date."""
    for at in range(end, last):
        if _ends_clause(line, at, last):
            return True
        if line.kinds[at] not in _QUIET or (strictly and line.kinds[at] in (FILLER, "det")):
            return False
    return True


def _words(line: Line, first: int, end: int) -> str:
    """The words of a cue: "allergic" of "allergic to"."""
    while end > first + 1 and (not line.keys[end - 1] or line.keys[end - 1] in _HANGING):
        end -= 1
    return " ".join(line.slice(first, end).split()).lower()


def _merged(found: list[Clause]) -> list[Clause]:
    """Join clauses that name nothing to the one before, and neighbours without a reason to each other."""
    out: list[Clause] = []
    for clause in found:
        before = out[-1] if out else None
        if before is None:
            out.append(clause)
        elif not clause.named:
            reason = before.reason or clause.reason
            if clause.resumes and before.reason:
                reason = ""
            out[-1] = before._replace(last=clause.last, reason=reason)
        elif not before.named:
            leads = clause.leads or before.leads
            reason = clause.reason or ("" if clause.resumes else before.reason)
            out[-1] = clause._replace(first=before.first, reason=reason, leads=leads)
        elif not before.reason and not clause.reason:
            out[-1] = before._replace(last=clause.last)
        else:
            out.append(clause)
    return out
