"""All that is known of one medicine, trigger, class or condition: for a person who looks it up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from checker.assessment import wording
from checker.assessment.alternatives import Alternatives
from checker.assessment.facts import Facts, basis, second_hand
from checker.assessment.findings import finding_of
from checker.assessment.interactions import gravity
from checker.assessment.rating import flagged, gravest_first
from checker.assessment.rulebook import Rulebook
from checker.assessment.treatments import glossary
from checker.formats import DEFAULTS, Options
from checker.formats import json_format as full
from checker.formats.layout import printable, wrap
from checker.formats.telling import Telling
from checker.report import EXACT, ITEM, SECOND_HAND, DataVersion, Entry, Explanation, Finding, Match
from drugdb.records import Condition, CountRule, DrugClass, Product, Rule, Source, Substance

if TYPE_CHECKING:
    from drugdb.reader import Database

_SHOWN = 6  # members of a group that are named


class Clash(NamedTuple):
    """A rule that a substance stands in, with what stands against it."""

    rule: Rule
    against: str  # a substance or a group
    members: tuple[str, ...]  # of the group; empty for a substance
    sources: tuple[Source, ...]


class Monograph(NamedTuple):
    """All that is known of a substance or a trigger."""

    substance: Substance
    finding: Finding  # its rating, treatments, alternatives and words, as a report would have them
    clashes: tuple[Clash, ...]  # the gravest first
    counts: tuple[CountRule, ...]  # rules of more than two that it is counted in
    instead_of: tuple[str, ...]  # purposes for which it is offered itself
    products: tuple[Product, ...]
    sources: tuple[Source, ...]  # of everything above
    glossary: tuple[Explanation, ...]
    data: DataVersion


class ClassMonograph(NamedTuple):
    """All that is known of a class."""

    drug_class: DrugClass
    basis: str
    members: tuple[Substance, ...]  # the gravest first; each with its own rating or none
    sources: tuple[Source, ...]
    data: DataVersion


def of_substance(database: Database, name: str) -> Monograph | None:
    """Return all that is known of a substance or trigger; None when there is none of that name."""
    row = database.substance(name)
    if row is None:
        return None
    facts = Facts(database)
    book = Rulebook(database)
    match = Match(
        EXACT, row.name, "trigger" if row.kind == "trigger" else "substance", (row.name,), (), (), "", row.name
    )
    finding = finding_of(Entry(1, 1, row.name, ITEM, (), True, "", ""), match, facts)
    if flagged(row):
        finding = finding._replace(alternatives=Alternatives(facts, book, (), {}).of(finding))
    clashes = _clashes(row.name, book, facts)
    own = set(book.sides(row.name))
    counts = tuple(rule for rule in book.count_rules if own.intersection(rule.groups))
    offered = tuple(purpose.name for purpose in database.purposes() if row.name in purpose.consider)
    cited = dict.fromkeys(finding.sources)
    for group in (*(each.sources for each in clashes), *(each.sources for each in finding.alternatives)):
        cited.update(dict.fromkeys(group))
    for rule in counts:
        cited.update(dict.fromkeys(facts.sources(rule.sources)))
    return Monograph(
        row,
        finding,
        clashes,
        counts,
        offered,
        database.products(row.name),
        tuple(cited),
        glossary((finding,), facts),
        data_of(database),
    )


def of_class(database: Database, class_id: str) -> ClassMonograph | None:
    """Return all that is known of a class; None when there is none of that id."""
    row = database.drug_class(class_id)
    if row is None:
        return None
    sources = Facts(database).sources(row.sources)
    ground = basis(row.evidence, sources) if row.effect else ""
    return ClassMonograph(row, ground, gravest_first(database.members(class_id)), sources, data_of(database))


def data_of(database: Database) -> DataVersion:
    """Return which data a database holds."""
    meta = database.meta
    return DataVersion(*(meta.get(key, "") for key in ("data_version", "reviewed", "content_hash", "licence")))


def _clashes(name: str, book: Rulebook, facts: Facts) -> tuple[Clash, ...]:
    found: dict[str, Clash] = {}
    for side in book.sides(name):
        for rule, against in book.rules_against(side):
            members = tuple(each for each in book.members(against) if each != name)
            if against != name:
                found.setdefault(rule.id, Clash(rule, against, members, facts.sources(rule.sources)))
    return tuple(sorted(found.values(), key=lambda clash: (gravity(clash.rule.severity), clash.rule.id)))


# -- text ------------------------------------------------------------------------------------------


def text(monograph: Monograph, options: Options = DEFAULTS) -> str:
    """Return a substance's monograph as text with line ends."""
    return "\n".join((*_Page(options, monograph.glossary).substance(monograph), ""))


def class_text(monograph: ClassMonograph, options: Options = DEFAULTS) -> str:
    """Return a class's monograph as text with line ends."""
    return "\n".join((*_Page(options).drug_class(monograph), ""))


def condition_text(condition: Condition, sources: Iterable[Source], options: Options = DEFAULTS) -> str:
    """Return what is known of a condition as text with line ends."""
    return "\n".join((*_Page(options).condition(condition, tuple(sources)), ""))


class _Page(Telling):
    """A monograph on its way to lines."""

    def substance(self, page: Monograph) -> Iterator[str]:
        """Everything on a substance, what matters most first."""
        row, finding = page.substance, page.finding
        yield self.paint(row.name.upper(), "bold")
        yield from self.wrapped(self.standing(row, finding))
        yield ""
        yield from self.labelled("Also called", ", ".join(row.synonyms))
        yield from self.labelled("Used for", row.used_for)
        yield from self.labelled("Classes", ", ".join(each.name for each in finding.classes))
        if row.effect:
            yield from self.rating(row, finding)
        yield from self.labelled("Ground", finding.basis)
        if not self.options.professional:
            yield from self.labelled("Remark", row.remark)
        for treatment in finding.treatments:
            yield from self.treatment(treatment, finding)
        yield from self.labelled("What to ask", finding.advice)
        yield from self.alternatives(finding.alternatives)
        yield from self.labelled("Careful", finding.caution)
        yield from self.labelled("Offered for", ", ".join(page.instead_of))
        for each in finding.classes:
            if self.options.professional:
                yield from self.labelled(
                    "Pharmacist", f"{each.name}: {each.pharmacist_note}" if each.pharmacist_note else ""
                )
        yield from self.clashes(page)
        yield from self.products(page.products)
        yield from self.sources()
        yield from self.foot(page.data)

    def standing(self, row: Substance, finding: Finding) -> str:
        """The rating in a sentence."""
        what = "not a medicine; " if row.kind == "trigger" else ""
        effect = wording.effect_and_risk(row.effect, row.risk)
        if not row.effect and finding.treatments:
            effect = "in use, or once tried, for restless legs; its effect on them is not rated here"
        return wording.sentence(f"{what}{effect}")

    def clashes(self, page: Monograph) -> Iterator[str]:
        """The rules that the substance stands in."""
        if not page.clashes and not page.counts:
            return
        yield ""
        yield self.paint("CLASHES WITH", "bold")
        for clash in page.clashes:
            rule = clash.rule
            cited = self.references.cite(clash.sources)
            if second_hand(clash.sources):
                cited = f"({SECOND_HAND}) {cited}"
            told = f"{rule.severity}: {self.against(clash)}: {rule.effect} ({rule.mechanism}). {rule.advice} {cited}"
            yield from wrap(printable(told), self.options.width, "  - ")
            if self.options.professional and rule.remark:
                yield from wrap(printable(f"({rule.remark})"), self.options.width, "    ")
        by_id = {source.id: source for source in page.sources}
        for count in page.counts:
            groups = wording.names(tuple(each.replace("-", " ") for each in count.groups), "and")
            cited = self.references.cite([by_id[each] for each in count.sources if each in by_id])
            several = f"{count.minimum} or more of {groups}" if len(count.groups) == 1 else groups
            told = f"{count.severity}, together: {several}: {count.effect}. {count.advice} {cited}"
            yield from wrap(printable(told), self.options.width, "  - ")

    def against(self, clash: Clash) -> str:
        """What a substance clashes with, a group with some of its members."""
        if not clash.members:
            return clash.against
        shown = clash.members if self.options.professional else clash.members[:_SHOWN]
        rest = len(clash.members) - len(shown)
        more = f" and {rest} more" if rest else ""
        return f"{clash.against.replace('-', ' ')} ({', '.join(shown)}{more})"

    def products(self, products: tuple[Product, ...]) -> Iterator[str]:
        """Brands by market; those that no register or page was seen for are marked."""
        if not products:
            return
        yield ""
        yield self.paint("PRODUCTS BY MARKET", "bold")
        by_market: dict[str, dict[str, None]] = {}
        for product in products:
            others = f" ({' + '.join(product.substances)})" if len(product.substances) > 1 else ""
            mark = "" if product.verified else "*"
            by_market.setdefault(product.market or "any", {})[f"{product.name}{others}{mark}"] = None
        for market, names in sorted(by_market.items()):
            yield from self.labelled(market, ", ".join(names))
        if not all(product.verified for product in products):
            yield from self.labelled("", "* unverified: no register or page was seen for it", empty=True)

    def drug_class(self, page: ClassMonograph) -> Iterator[str]:
        """Everything on a class."""
        row = page.drug_class
        yield self.paint(row.name.upper(), "bold")
        yield from self.wrapped(wording.sentence(wording.effect_and_risk(row.effect, row.risk)))
        yield ""
        yield from self.labelled("In plain", row.plain_name)
        yield from self.labelled("Used for", row.used_for)
        if row.effect:
            words = wording.EVIDENCE.get(row.evidence, row.evidence)
            text = f"{words} ({SECOND_HAND})" if SECOND_HAND in page.basis else words
            yield from self.labelled("Evidence", text, self.references.cite(page.sources))
        yield from self.labelled("Figure", row.figure)
        yield from self.labelled("Why", row.mechanism)
        yield from self.labelled("What to ask", row.patient_advice)
        yield from self.labelled("Pharmacist", row.pharmacist_note)
        yield from self.labelled("Remark", row.remark)
        yield ""
        yield self.paint("MEMBERS, each with its own rating", "bold")
        groups: dict[str, list[str]] = {}
        for member in page.members:
            groups.setdefault(wording.effect_and_risk(member.effect, member.risk), []).append(member.name)
        for effect, names in groups.items():
            yield from wrap(f"{effect}: {', '.join(names)}", self.options.width, "  - ")
        yield from self.sources()
        yield from self.foot(page.data)

    def condition(self, row: Condition, sources: tuple[Source, ...]) -> Iterator[str]:
        """Everything on a condition."""
        yield self.paint(row.name.upper(), "bold")
        yield ""
        yield from self.labelled("In plain", row.plain_name)
        cited = self.references.cite(sources)
        yield from self.labelled(
            "Relation", row.relation, f"({SECOND_HAND}) {cited}" if second_hand(sources) else cited
        )
        yield from self.labelled("What to ask", row.what_to_ask)
        yield from self.labelled("Remark", row.remark)
        yield from self.sources()

    def foot(self, data: DataVersion) -> Iterator[str]:
        """Which data this is, and what it does not mean."""
        yield ""
        yield from self.wrapped(
            f"Data {data.version}, reviewed {data.reviewed}. No medical advice: do not stop or change a medicine on "
            "your own."
        )


# -- values ----------------------------------------------------------------------------------------


def as_dict(page: Monograph) -> dict[str, Any]:
    """Return a substance's monograph as plain values, ready for JSON."""
    row, entry = page.substance, full.entry(page.finding)
    return {
        "name": row.name,
        "synonyms": list(row.synonyms),
        "used_for": row.used_for,
        "class_names": {each.id: each.name for each in page.finding.classes},
        **entry["ingredients"][0],
        "treatments": entry["treatments"],
        "advice": entry["advice"],
        "caution": entry["caution"],
        "alternatives": entry["alternatives"],
        "offered_for": list(page.instead_of),
        "interactions": [_clash(each) for each in page.clashes],
        "counted_in": [
            {
                "id": rule.id,
                "groups": list(rule.groups),
                "minimum": rule.minimum,
                "severity": rule.severity,
                "effect": rule.effect,
                "advice": rule.advice,
                "sources": list(rule.sources),
            }
            for rule in page.counts
        ],
        "products": [
            {
                "name": each.name,
                "market": each.market,
                "substances": list(each.substances),
                "note": each.note,
                "verified": each.verified,
            }
            for each in page.products
        ],
        "data": page.data._asdict(),
        "cited": {each.id: full.source(each) for each in page.sources},
    }


def _clash(clash: Clash) -> dict[str, Any]:
    rule = clash.rule
    return {
        "id": rule.id,
        "severity": rule.severity,
        "against": clash.against,
        "members": list(clash.members),
        "mechanism": rule.mechanism,
        "effect": rule.effect,
        "advice": rule.advice,
        "remark": rule.remark,
        "basis": [SECOND_HAND] if second_hand(clash.sources) else [],
        "sources": [each.id for each in clash.sources],
    }


def class_as_dict(page: ClassMonograph) -> dict[str, Any]:
    """Return a class's monograph as plain values, ready for JSON."""
    row = page.drug_class
    return {
        **{key: value for key, value in row._asdict().items() if key != "sources"},
        "basis": page.basis.split("; ") if page.basis else [],
        "members": [
            {"name": each.name, "effect": each.effect, "risk": each.risk, "evidence": each.evidence}
            for each in page.members
        ],
        "sources": list(row.sources),
        "data": page.data._asdict(),
        "cited": {each.id: full.source(each) for each in page.sources},
    }
