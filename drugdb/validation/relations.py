"""Ids: everything that is referred to exists, and everything that exists is referred to as it should be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from drugdb.curated import Curated, Problem, Row


class _Known:
    """The ids that may be referred to."""

    def __init__(self, curated: Curated) -> None:
        tables = curated.tables
        self.sources = {row.values["source_id"] for row in tables["sources"]}
        self.classes = {row.values["class_id"] for row in tables["classes"]}
        self.groups = {row.values["group_id"] for row in tables["groups"]}
        self.assessed = {row.values["substance"] for row in tables["substances"]}
        self.others = {row.values["substance"] for row in tables["other_medicines"]}
        self.triggers = {row.values["trigger"] for row in tables["triggers"]}
        self.substances = self.assessed | self.others | self.triggers
        self.sides = self.groups | self.substances
        self.products = {row.values["product"] for row in tables["products"]}
        self.purposes = {row.values["purpose"] for row in tables["alternatives"]}


def check(curated: Curated) -> Iterator[Problem]:
    """Unknown ids, unused groups and classes, pairs given twice, brands that do not exist."""
    known = _Known(curated)
    yield from _references(curated, known)
    yield from _shared_names(curated, known)
    yield from _class_use(curated)
    yield from _groups(curated, known)
    yield from _pairs(curated)
    yield from _treatments(curated)
    yield from _products(curated)


def _references(curated: Curated, known: _Known) -> Iterator[Problem]:
    classes, substances = ("class", "classes.csv", known.classes), ("substance", "substances.csv", known.substances)
    looked_up: dict[str, dict[str, tuple[str, str, set[str]]]] = {
        "substances": {"class_ids": classes, "alternatives": substances},
        "other_medicines": {"class_ids": classes},
        "triggers": {"class_ids": classes, "alternatives": substances},
        "treatments": {"class_id": classes, "substance": substances},
        "groups": {"members": substances},
        "interactions": {
            "side_a": ("substance or group", "groups.csv or substances.csv", known.sides),
            "side_b": ("substance or group", "groups.csv or substances.csv", known.sides),
        },
        "count_rules": {"groups": ("group", "groups.csv", known.groups)},
        "purposes_for": {
            "purpose": ("purpose", "alternatives.csv", known.purposes),
            "applies_to": ("substance or class", "substances.csv or classes.csv", known.substances | known.classes),
            "beside": ("substance or class", "substances.csv or classes.csv", known.substances | known.classes),
            "with_group": ("group", "groups.csv", known.groups),
        },
        "products": {"substances": substances},
        "known_brands": {"product": ("product", "products.csv", known.products)},
        "class_names": {"class_ids": classes},
    }
    source = ("source", "sources.csv", known.sources)
    for stem, rows in curated.tables.items():
        columns = dict(looked_up.get(stem, {}))
        if stem != "sources":
            columns |= {name: source for name in ("source_ids", "source_id") if name in curated.columns[stem]}
        for row in rows:
            for column, (what, file, ids) in columns.items():
                for each in row.many(column):
                    if each and each not in ids:
                        text = (
                            f"unknown {what} {each!r} in {column}{_meant(each, ids)}; correct it, or add it to {file}"
                        )
                        yield Problem(f"{stem}.csv", row.line, text)


def _meant(text: str, ids: Iterable[str]) -> str:
    import difflib

    close = difflib.get_close_matches(text, ids, 1, 0.8)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _shared_names(curated: Curated, known: _Known) -> Iterator[Problem]:
    for stem, column, others, where in (
        ("triggers", "trigger", known.assessed | known.others, "substances.csv or other_medicines.csv"),
        ("other_medicines", "substance", known.assessed, "substances.csv"),
        ("groups", "group_id", known.substances, "substances.csv, other_medicines.csv or triggers.csv"),
    ):
        for row in curated.tables[stem]:
            if row.values[column] in others:
                text = f"{row.values[column]!r} stands in {where} too; keep it in one place, or give it another name"
                yield Problem(f"{stem}.csv", row.line, text)


def _class_use(curated: Curated) -> Iterator[Problem]:
    used = {
        each
        for stem in ("substances", "other_medicines", "triggers")
        for row in curated.tables[stem]
        for each in row.many("class_ids")
    }
    for row in curated.tables["classes"]:
        if row.values["class_id"] not in used:
            text = f"the class {row.values['class_id']!r} has no member; put it into class_ids of one, or take it out"
            yield Problem("classes.csv", row.line, text)


def _groups(curated: Curated, known: _Known) -> Iterator[Problem]:
    """A group is used by a rule. A group that bears the name of a class holds all members of the class in
    substances.csv, but for those that its remark names; unless the remark says that it is shortened."""
    sides = {row.values[side] for row in curated.tables["interactions"] for side in ("side_a", "side_b")}
    sides |= {each for row in curated.tables["count_rules"] for each in row.many("groups")}
    members: dict[str, list[str]] = {}
    for row in curated.tables["substances"]:
        for each in row.many("class_ids"):
            members.setdefault(each, []).append(row.values["substance"])
    for row in curated.tables["groups"]:
        group = row.values["group_id"]
        if group not in sides:
            text = f"the group {group!r} is used by no rule; use it in interactions.csv, or take it out"
            yield Problem("groups.csv", row.line, text)
        if group not in known.classes or "shortened" in row.values["remark"]:
            continue
        held = set(row.many("members"))
        for name in members.get(group, ()):
            if name not in held and not re.search(rf"\b{re.escape(name)}\b", row.values["remark"]):
                text = (
                    f"{name!r} is of the class {group!r} and not in the group; "
                    "add it, or name it in the remark as an exception"
                )
                yield Problem("groups.csv", row.line, text)


def _pairs(curated: Curated) -> Iterator[Problem]:
    seen: dict[frozenset[str], Row] = {}
    for row in curated.tables["interactions"]:
        pair = frozenset((row.values["side_a"], row.values["side_b"]))
        if pair in seen:
            text = f"same pair as line {seen[pair].line} ({seen[pair].values['rule_id']}); make the two rules one"
            yield Problem("interactions.csv", row.line, text)
        seen.setdefault(pair, row)


def _treatments(curated: Curated) -> Iterator[Problem]:
    sold: dict[tuple[str, str], set[str]] = {}
    classes = {row.values["substance"]: set(row.many("class_ids")) for row in curated.tables["substances"]}
    for row in curated.tables["products"]:
        sold.setdefault((row.values["product"], row.values["market"]), set()).update(row.many("substances"))
    for row in curated.tables["treatments"]:
        for brand in row.many("brands"):
            name, _, market = brand.rpartition("@")
            if (name, market) not in sold:
                text = f"the brand {brand!r} is not in products.csv; write it as name@market, or add the product"
                yield Problem("treatments.csv", row.line, text)
            elif not any(_related(row.values["substance"], each, classes) for each in sold[name, market]):
                text = (
                    f"the brand {brand!r} holds nothing like {row.values['substance']}; "
                    "correct it here or in products.csv"
                )
                yield Problem("treatments.csv", row.line, text)


def _related(left: str, right: str, classes: Mapping[str, set[str]]) -> bool:
    return left == right or bool(classes.get(left, set()) & classes.get(right, set()))


def _products(curated: Curated) -> Iterator[Problem]:
    for row in curated.tables["products"]:
        parts = row.many("substances")
        if list(parts) != sorted(parts):
            text = f"the substances are not in alphabetical order; write {'|'.join(sorted(parts))}"
            yield Problem("products.csv", row.line, text)
