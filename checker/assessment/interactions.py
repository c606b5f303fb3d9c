"""The clashes on a list: rules of pairs and rules that count, the most exact first, each told once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checker.assessment.facts import Facts, second_hand
from checker.assessment.holders import Held
from checker.assessment.rulebook import Rulebook
from checker.assessment.topics import LEGS, said_by, warned_of_by
from checker.report import SECOND_HAND, SEVERITIES, Interaction
from drugdb.records import CountRule, Rule
from drugdb.values import NamedTuple

_GRAVITY = {severity: place for place, severity in enumerate(SEVERITIES)}
_DEPENDS = '"{text}" names a class: whether this holds depends on which one it is.'
_Pair = frozenset[str]  # the keys of two things that are held


class _Hit(NamedTuple):
    """A rule with the two that it holds for, each on its side."""

    rule: Rule
    a: Held
    b: Held


_Told = dict[_Pair, list[_Hit]]


class _Count(NamedTuple):
    """A rule that counts, with what it holds for."""

    rule: CountRule
    sides: tuple[tuple[Held, ...], ...]
    everyone: tuple[Held, ...]
    keys: frozenset[str]
    entries: frozenset[int]


def interactions(
    held: Iterable[Held], texts: Mapping[int, str], book: Rulebook, facts: Facts
) -> tuple[Interaction, ...]:
    """Return the clashes among what a list holds, the gravest first.

    Of several rules that say the same of a pair the most exact is told, never in place of a graver one;
    rules that say different things are all told. What a rule that counts says of a whole group is not
    repeated pair by pair. A medicine does not clash with itself, nor a combination with its own parts.

    Args:
        held: what the current entries hold.
        texts: the words of the entries, by number.
    """
    index = book.index(held)
    told = _pairs(index, book)
    covered: dict[str, list[str]] = {}
    _fold_broader(told, book, covered)
    counted = _fold_into_counts(told, _counts(index, book), covered)
    by_rule: dict[str, list[_Hit]] = {}
    for hits in told.values():
        for hit in hits:
            by_rule.setdefault(hit.rule.id, []).append(hit)
    found = [_of_pairs(hits, texts, covered, facts) for hits in by_rule.values()]
    found += [_of_count(count, texts, covered, facts) for count in counted]
    return tuple(sorted(found, key=lambda each: (_GRAVITY[each.severity], each.entries, each.id)))


def gravity(severity: str) -> int:
    """Return the place of a severity among all, 0 for the gravest."""
    return _GRAVITY[severity]


# -- rules of pairs --------------------------------------------------------------------------------


def _pairs(index: dict[str, list[Held]], book: Rulebook) -> _Told:
    """Return which rules hold for which pairs."""
    found: _Told = {}
    for rule in book.rules:
        left, right = index.get(rule.side_a), index.get(rule.side_b)
        if not left or not right:
            continue
        seen: set[_Pair] = set()
        for a in left:
            for b in right:
                pair = frozenset((a.key, b.key))
                if pair not in seen and _apart(a, b):
                    seen.add(pair)
                    found.setdefault(pair, []).append(_Hit(rule, a, b))
    return found


def _apart(a: Held, b: Held) -> bool:
    """Whether two things are different and stand in different entries, somewhere on the list."""
    return a.name != b.name and (len(a.entries) > 1 or a.entries != b.entries)


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


def _counts(index: dict[str, list[Held]], book: Rulebook) -> list[_Count]:
    """Return the rules that count and hold, the gravest first, those of several groups before others."""
    found = []
    for rule in book.count_rules:
        sides = tuple(tuple(index.get(group, ())) for group in rule.groups)
        everyone = {each.key: each for side in sides for each in side}
        entries = frozenset(number for each in everyone.values() for number in each.entries)
        enough = all(len(side) >= rule.minimum for side in sides) and len(everyone) >= rule.minimum * len(sides)
        if enough and len(entries) > 1:
            found.append(_Count(rule, sides, tuple(everyone.values()), frozenset(everyone), entries))
    return sorted(found, key=lambda count: (_GRAVITY[count.rule.severity], -len(count.sides)))


def _fold_into_counts(told: _Told, counts: list[_Count], covered: dict[str, list[str]]) -> list[_Count]:
    """Return the counts that add something, and take out of the pairs what they say of the whole group."""
    kept: list[_Count] = []
    for count in counts:
        pairs = _pairs_among(count.everyone)
        if all(_told_already(pair, count, told, kept) for pair in pairs):
            continue
        kept.append(count)
        for pair in pairs:
            hits = told.get(pair, [])
            repeated = [hit for hit in hits if _says_as_much(count.rule, hit.rule)]
            hits[:] = [hit for hit in hits if hit not in repeated]
            covered.setdefault(count.rule.id, []).extend(hit.rule.id for hit in repeated)
    return kept


def _pairs_among(everyone: tuple[Held, ...]) -> list[_Pair]:
    return [
        frozenset((a.key, b.key)) for place, a in enumerate(everyone) for b in everyone[place + 1 :] if _apart(a, b)
    ]


def _told_already(pair: _Pair, count: _Count, told: _Told, kept: list[_Count]) -> bool:
    """Whether the pair has a graver rule on the same topic; for two entries alone an equal one will do."""
    topics = warned_of_by(count.rule)
    least = _GRAVITY[count.rule.severity] - (0 if len(count.entries) == 2 else 1)
    if any(_GRAVITY[hit.rule.severity] <= least and said_by(hit.rule) & topics for hit in told.get(pair, ())):
        return True
    return any(pair <= other.keys and said_by(other.rule) & topics for other in kept)


# -- telling ---------------------------------------------------------------------------------------


def _of_pairs(hits: list[_Hit], texts: Mapping[int, str], covered: dict[str, list[str]], facts: Facts) -> Interaction:
    rule = hits[0].rule
    left = {number for hit in hits for number in _against(hit.a, hit.b)}
    right = {number for hit in hits for number in _against(hit.b, hit.a)}
    sides = (left | right,) if rule.side_a == rule.side_b else (left, right)
    everyone = tuple({each.key: each for hit in hits for each in (hit.a, hit.b)}.values())
    return _interaction(rule, sides, everyone, texts, covered=covered, facts=facts)


def _against(one: Held, other: Held) -> tuple[int, ...]:
    """The entries that hold the one, and do not stand alone against themselves as a combination."""
    if len(other.entries) > 1:
        return one.entries
    return tuple(number for number in one.entries if number != other.entries[0])


def _of_count(count: _Count, texts: Mapping[int, str], covered: dict[str, list[str]], facts: Facts) -> Interaction:
    sides = tuple({number for each in side for number in each.entries} for side in count.sides)
    return _interaction(count.rule, sides, count.everyone, texts, covered=covered, facts=facts)


def _interaction(
    rule: Rule | CountRule,
    sides: tuple[set[int], ...],
    everyone: tuple[Held, ...],
    texts: Mapping[int, str],
    *,
    covered: dict[str, list[str]],
    facts: Facts,
) -> Interaction:
    entries = tuple(sorted(set().union(*sides)))
    sources = facts.sources(rule.sources)
    classes = {number for each in everyone if each.is_class for number in each.entries}
    return Interaction(
        rule.id,
        rule.severity,
        entries,
        tuple(texts[number] for number in entries),
        tuple(each.name for each in sorted(everyone, key=lambda each: each.entries) if not each.is_class),
        rule.mechanism,
        rule.effect,
        rule.advice,
        sources,
        rule.remark,
        tuple(tuple(sorted(side)) for side in sides),
        SECOND_HAND if second_hand(sources) else "",
        tuple(dict.fromkeys(covered.get(rule.id, ()))),
        " ".join(dict.fromkeys(_DEPENDS.format(text=texts[number]) for number in sorted(classes))),
    )


# -- what would clash ------------------------------------------------------------------------------


def would_clash(name: str, index: dict[str, list[Held]], book: Rulebook) -> tuple[int, ...]:
    """Return the entries that a substance would clash with if it were taken too, moderately or worse.

    That an aggravator spoils whatever treats the legs is not repeated here: it is flagged itself.
    """
    found: set[int] = set()
    own = book.sides(name)
    for mine in own:
        for rule, theirs in book.rules_against(mine):
            against = index.get(theirs)
            if against and _GRAVITY[rule.severity] <= _GRAVITY["moderate"] and not said_by(rule) <= LEGS:
                found.update(number for each in against if each.name != name for number in each.entries)
    for count in book.count_rules:
        if len(count.groups) == 1 and count.minimum == 2 and count.groups[0] in own:
            against = index.get(count.groups[0], [])
            found.update(number for each in against if each.name != name for number in each.entries)
    return tuple(sorted(found))
