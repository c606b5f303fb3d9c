"""Look-ups: what the pages of the index, a substance, a class and the sources show."""

from __future__ import annotations

from typing import NamedTuple

from checker.assessment.facts import second_hand
from checker.formats import monograph
from checker.matching import Matcher
from checker.medication_list import read
from checker.report import AUGMENTS, MIXED, SECOND_HAND, UNRECOGNISED, WORSENS, Match, Report
from checker.web import phrases, presenter
from checker.web.i18n import Text, Translator
from drugdb.folding import fold
from drugdb.reader import NOT_LISTED, Database
from drugdb.records import CountRule, DrugClass, Substance

EFFECTS = (WORSENS, MIXED, AUGMENTS, "relieves", "neutral", NOT_LISTED)
_MOST = 200  # substances that one search shows
_NAMED = 12  # members of a group that are named at once


class Row(NamedTuple):
    """A substance in a list."""

    name: str
    address: str
    effect: str
    kinds: str
    risk: str
    evidence: str


class Found(NamedTuple):
    """What a search found."""

    rows: tuple[Row, ...]
    guessed: bool  # nothing has this name; these are the nearest
    cut: bool  # there are more


class Against(NamedTuple):
    """A rule that a substance stands in."""

    severity: str
    kinds: str
    name: str  # a substance or a group, in words
    address: str  # of the substance; empty for a group
    members: tuple[str, ...]
    more: tuple[str, ...]
    effect: Text
    advice: Text
    mechanism: Text
    remark: Text
    basis: str
    cites: presenter.Cites


class SubstancePage(NamedTuple):
    """All that the page of a substance shows."""

    substance: Substance
    card: presenter.Card
    used_for: Text
    classes: tuple[DrugClass, ...]
    rules: tuple[Against, ...]
    counted: tuple[Against, ...]
    offered: tuple[str, ...]
    markets: tuple[tuple[str, tuple[str, ...]], ...]  # country, names
    unverified: bool
    references: tuple[presenter.Reference, ...]
    reviewed: str
    english: bool


class ClassPage(NamedTuple):
    """All that the page of a class shows."""

    row: DrugClass
    kinds: str
    verdict: str
    sure: str
    facts: tuple[presenter.Fact, ...]
    members: tuple[Row, ...]
    references: tuple[presenter.Reference, ...]
    english: bool


def one(database: Database, text: str) -> str:
    """Return the substance that a name stands for; empty when it stands for none or for several."""
    if database.substance(text.strip().lower()):
        return text.strip().lower()
    names = {found.substances for found in database.spelling(fold(text)) if found.substances}
    only = next(iter(names)) if len(names) == 1 else ()
    return only[0] if len(only) == 1 and database.substance(only[0]) else ""


def search(database: Database, text: str, effect: str, class_id: str, t: Translator) -> Found:
    """Return what a search finds: by beginnings of names, brands, classes and uses, else the nearest names.

    Args:
        database: an open database.
        text: what was typed; may be empty.
        effect: one of ``EFFECTS``, or empty for all.
        class_id: the id of a class, or empty for all.
        t: the translator of the page's language.
    """
    found = database.search(text, effect, class_id, -1)
    if not text.strip() and not effect and not class_id:
        found = tuple(s for s in found if s.effect)  # the whole index is for those that were assessed
        return Found(tuple(row(s, t) for s in found), False, False)
    if found or not text.strip():
        return Found(tuple(row(s, t) for s in found[:_MOST]), False, len(found) > _MOST)
    near = dict.fromkeys(
        name
        for match in _nearest(database, text)
        for names in (match.substances, *(candidate.substances for candidate in match.candidates))
        for name in names
    )
    rows = tuple(row(s, t) for name in near if (s := database.substance(name)))
    return Found(rows, bool(rows), False)


def row(substance: Substance, t: Translator) -> Row:
    """Return a substance as a row of a list."""
    return Row(
        substance.name,
        presenter.address("substances", substance.name),
        t(phrases.EFFECT_NAMES[substance.effect or NOT_LISTED]),
        f"{substance.effect or NOT_LISTED} {substance.risk}".strip(),
        t(substance.risk) if substance.risk else "",
        t(substance.evidence) if substance.evidence else "",
    )


def substance(database: Database, name: str, t: Translator) -> SubstancePage | None:
    """Return the page of a substance or trigger; None when there is none of that name."""
    found = monograph.of_substance(database, name)
    if found is None:
        return None
    shown = presenter.Presenter(_report(found), t, database, professional=True)
    card = shown.card([found.finding])
    rules = tuple(_against(clash, shown, database) for clash in found.clashes)
    counted = tuple(_counted(rule, shown, database) for rule in found.counts)
    markets: dict[str, dict[str, None]] = {}
    for product in found.products:
        more = f" [{' + '.join(product.substances)}]" if len(product.substances) > 1 else ""
        other = f" ({product.other_script})" if product.other_script else ""
        mark = "" if product.verified else "*"
        markets.setdefault(product.market, {})[f"{product.name}{other}{more}{mark}"] = None
    return SubstancePage(
        found.substance,
        card,
        shown.used_for(found.substance),
        found.finding.classes,
        rules,
        counted,
        tuple(map(t, found.instead_of)),
        tuple((market, tuple(names)) for market, names in sorted(markets.items())),
        not all(product.verified for product in found.products),
        tuple(shown.references.values()),
        found.data.reviewed,
        shown.english,
    )


def drug_class(database: Database, class_id: str, t: Translator) -> ClassPage | None:
    """Return the page of a class; None when there is none of that id."""
    found = monograph.of_class(database, class_id)
    if found is None:
        return None
    shown = presenter.Presenter(None, t, professional=True)
    each = found.drug_class
    shown.cite(found.sources)
    rows = (("Figure", each.figure), ("Why", each.mechanism), ("Pharmacist", each.pharmacist_note))
    facts = tuple(presenter.Fact(t(label), shown.say(text)) for label, text in (*rows, ("Remark", each.remark)) if text)
    return ClassPage(
        each,
        f"{each.effect or NOT_LISTED} {each.risk}".strip(),
        phrases.effect(each.effect, each.risk, t, professional=True),
        phrases.evidence(each.evidence, found.basis, t) if each.effect else "",
        facts,
        tuple(row(member, t) for member in found.members),
        tuple(shown.references.values()),
        shown.english,
    )


def _nearest(database: Database, text: str) -> list[Match]:
    """Return what a misspelt name may have been."""
    entries = read(" ".join(text.split()), database.words())
    pairs = Matcher(database).match_list(entries)
    return [match for _, match in pairs if match.status != UNRECOGNISED]  # their candidates are too far away


def _report(found: monograph.Monograph) -> Report:
    """Return the report of a list that holds this one thing."""
    return Report(found.data, "", (found.finding,), (), (), (), {}, "", (1,), found.glossary)


def _against(clash: monograph.Clash, shown: presenter.Presenter, database: Database) -> Against:
    rule = clash.rule
    known = not clash.members and database.substance(clash.against)
    return Against(
        shown.t(rule.severity),
        rule.severity,
        _group(clash.against, database, shown.t),
        presenter.address("substances", clash.against) if known else "",
        clash.members[:_NAMED],
        clash.members[_NAMED:],
        shown.say(rule.effect),
        shown.say(rule.advice),
        shown.say(rule.mechanism),
        shown.say(rule.remark),
        shown.t(SECOND_HAND) if second_hand(clash.sources) else "",
        shown.cite(clash.sources),
    )


def _counted(rule: CountRule, shown: presenter.Presenter, database: Database) -> Against:
    groups = " + ".join(_group(each, database, shown.t) for each in rule.groups)
    name = f"{rule.minimum} × {groups}" if len(rule.groups) == 1 else groups
    sources = [source for each in rule.sources if (source := database.source(each))]
    return Against(
        shown.t(rule.severity),
        rule.severity,
        name,
        "",
        (),
        (),
        shown.say(rule.effect),
        shown.say(rule.advice),
        shown.say(rule.mechanism),
        shown.say(rule.remark),
        shown.t(SECOND_HAND) if second_hand(sources) else "",
        shown.cite(sources),
    )


def _group(name: str, database: Database, t: Translator) -> str:
    """Return a group's name in words: that of the class of the same id, else the id without hyphens."""
    same = database.drug_class(name)
    return t(same.plain_name or same.name) if same else name.replace("-", " ")
