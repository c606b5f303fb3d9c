"""The clashes on a list: rules of pairs and rules that count, the most exact first, each told once."""

from __future__ import annotations

from collections.abc import Iterable

from checker.assessment.facts import Facts, second_hand
from checker.assessment.holders import Holder
from checker.assessment.rulebook import Rulebook
from checker.assessment.topics import LEGS, said_by, warned_of_by
from checker.report import SECOND_HAND, SEVERITIES, Interaction
from drugdb.records import CountRule, Rule
from drugdb.values import NamedTuple

_GRAVITY = {severity: place for place, severity in enumerate(SEVERITIES)}
_Pair = frozenset[Holder]
_DEPENDS = '"{text}" names a class: whether this holds depends on which one it is.'


class _Hit(NamedTuple):
    """A rule with the two that it holds for, each on its side."""

    rule: Rule
    a: Holder
    b: Holder


_Told = dict[_Pair, list[_Hit]]


class _Count(NamedTuple):
    """A rule that counts, with those it holds for."""

    rule: CountRule
    sides: tuple[tuple[Holder, ...], ...]

    @property
    def holders(self) -> tuple[Holder, ...]:
        return tuple(dict.fromkeys(holder for side in self.sides for holder in side))


def interactions(holders: Iterable[Holder], book: Rulebook, facts: Facts) -> tuple[Interaction, ...]:
    """Return the clashes among what a list holds, the gravest first.

    Of several rules that say the same of a pair the most exact is told, never in place of a graver one;
    rules that say different things are all told. What a rule that counts says of a whole group is not
    repeated pair by pair. A medicine does not clash with itself, nor a combination with its own parts.
    """
    index = book.index(holders)
    told = _pairs(index, book)
    covered: dict[str, list[str]] = {}
    _fold_broader(told, book, covered)
    counted = _fold_into_counts(told, _counts(index, book), covered)
    by_rule: dict[str, list[_Hit]] = {}
    for hits in told.values():
        for hit in hits:
            by_rule.setdefault(hit.rule.id, []).append(hit)
    found = [_interaction(hits[0].rule, _sides(hits), covered, facts) for hits in by_rule.values()]
    found += [_interaction(count.rule, count.sides, covered, facts) for count in counted]
    return tuple(sorted(found, key=lambda each: (_GRAVITY[each.severity], each.entries, each.id)))


def gravity(severity: str) -> int:
    """Return the place of a severity among all, 0 for the gravest."""
    return _GRAVITY[severity]


# -- rules of pairs --------------------------------------------------------------------------------


def _pairs(index: dict[str, list[Holder]], book: Rulebook) -> _Told:
    """Return which rules hold for which pairs."""
    found: _Told = {}
    for rule in book.rules:
        left, right = index.get(rule.side_a), index.get(rule.side_b)
        if not left or not right:
            continue
        seen: set[_Pair] = set()
        for a in left:
            for b in right:
                pair = frozenset((a, b))
                if a.number != b.number and a.name != b.name and pair not in seen:
                    seen.add(pair)
                    found.setdefault(pair, []).append(_Hit(rule, a, b))
    return found


def _fold_broader(told: _Told, book: Rulebook, covered: dict[str, list[str]]) -> None:
    """Leave out of each pair's rules the broader ones that say what a more exact one says."""
    for hits in told.values():
        if len(hits) < 2:
            continue
        kept: list[_Hit] = []
        for hit in sorted(hits, key=lambda each: book.breadth(each.rule)):
            better = next((exact.rule for exact in kept if _says_as_much(exact.rule, hit.rule)), None)
            if better is None:
                kept.append(hit)
            else:
                covered.setdefault(better.id, []).append(hit.rule.id)
        hits[:] = kept


def _says_as_much(one: Rule | CountRule, other: Rule | CountRule) -> bool:
    """Whether the first says at least as gravely what the other says."""
    return _GRAVITY[one.severity] <= _GRAVITY[other.severity] and warned_of_by(other) <= said_by(one)


# -- rules that count ------------------------------------------------------------------------------


def _counts(index: dict[str, list[Holder]], book: Rulebook) -> list[_Count]:
    """Return the rules that count and hold, the gravest first, those of several groups before others."""
    found = []
    for rule in book.count_rules:
        sides = tuple(tuple(index.get(group, ())) for group in rule.groups)
        names = [{holder.name for holder in side} for side in sides]
        if any(len(each) < rule.minimum for each in names):
            continue
        everyone = {holder for side in sides for holder in side}
        enough = len(set().union(*names)) >= rule.minimum * len(sides)
        if enough and len({holder.number for holder in everyone}) > 1:
            found.append(_Count(rule, sides))
    return sorted(found, key=lambda count: (_GRAVITY[count.rule.severity], -len(count.sides)))


def _fold_into_counts(told: _Told, counts: list[_Count], covered: dict[str, list[str]]) -> list[_Count]:
    """Return the counts that add something, and take out of the pairs what they say of the whole group."""
    kept: list[_Count] = []
    for count in counts:
        pairs = _pairs_among(count.holders)
        if all(_told_already(pair, count, told, kept) for pair in pairs):
            continue
        kept.append(count)
        for pair in pairs:
            hits = told.get(pair, [])
            repeated = [hit for hit in hits if _says_as_much(count.rule, hit.rule)]
            hits[:] = [hit for hit in hits if hit not in repeated]
            covered.setdefault(count.rule.id, []).extend(hit.rule.id for hit in repeated)
    return kept


def _pairs_among(everyone: tuple[Holder, ...]) -> list[_Pair]:
    return [
        frozenset((a, b))
        for place, a in enumerate(everyone)
        for b in everyone[place + 1 :]
        if a.number != b.number and a.name != b.name
    ]


def _told_already(pair: _Pair, count: _Count, told: _Told, kept: list[_Count]) -> bool:
    """Whether the pair has a graver rule on the same topic; for two entries alone an equal one will do."""
    topics = warned_of_by(count.rule)
    two = len({holder.number for holder in count.holders}) == 2
    least = _GRAVITY[count.rule.severity] - (0 if two else 1)
    if any(_GRAVITY[hit.rule.severity] <= least and said_by(hit.rule) & topics for hit in told.get(pair, ())):
        return True
    return any(pair <= set(other.holders) and said_by(other.rule) & topics for other in kept)


# -- telling ---------------------------------------------------------------------------------------


def _sides(hits: list[_Hit]) -> tuple[tuple[Holder, ...], ...]:
    rule = hits[0].rule
    if rule.side_a == rule.side_b:
        return (tuple(dict.fromkeys(each for hit in hits for each in (hit.a, hit.b))),)
    return tuple(dict.fromkeys(hit.a for hit in hits)), tuple(dict.fromkeys(hit.b for hit in hits))


def _interaction(
    rule: Rule | CountRule, sides: tuple[tuple[Holder, ...], ...], covered: dict[str, list[str]], facts: Facts
) -> Interaction:
    everyone = sorted({holder for side in sides for holder in side}, key=lambda holder: holder.number)
    entries = {holder.number: holder.text for holder in everyone}
    sources = facts.sources(rule.sources)
    depends = [_DEPENDS.format(text=holder.text) for holder in everyone if holder.is_class]
    return Interaction(
        rule.id,
        rule.severity,
        tuple(entries),
        tuple(entries.values()),
        tuple(dict.fromkeys(holder.name for holder in everyone if not holder.is_class)),
        rule.mechanism,
        rule.effect,
        rule.advice,
        sources,
        rule.remark,
        tuple(tuple(sorted({holder.number for holder in side})) for side in sides),
        SECOND_HAND if second_hand(sources) else "",
        tuple(dict.fromkeys(covered.get(rule.id, ()))),
        " ".join(dict.fromkeys(depends)),
    )


# -- what would clash ------------------------------------------------------------------------------


def would_clash(name: str, index: dict[str, list[Holder]], book: Rulebook) -> dict[int, str]:
    """Return the entries that a substance would clash with if it were taken too, moderately or worse.

    That an aggravator spoils whatever treats the legs is not repeated here: it is flagged itself.
    """
    found: dict[int, str] = {}
    own = book.sides(name)
    for mine in own:
        for rule, theirs in book.rules_against(mine):
            against = index.get(theirs)
            if against and _GRAVITY[rule.severity] <= _GRAVITY["moderate"] and not said_by(rule) <= LEGS:
                found.update((each.number, each.text) for each in against if each.name != name)
    for count in book.count_rules:
        if len(count.groups) == 1 and count.minimum == 2 and count.groups[0] in own:
            found.update((each.number, each.text) for each in index.get(count.groups[0], ()) if each.name != name)
    return found
