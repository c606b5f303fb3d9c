"""The rules of one database, ready to be asked which of them hold for a list."""

from __future__ import annotations

from collections.abc import Iterable

from checker.assessment.holders import Held
from drugdb.records import CountRule, Rule
from drugdb.values import TYPE_CHECKING

if TYPE_CHECKING:
    from drugdb.reader import Database

_PART_OF_CLASS = 0.5  # from this share of its members on, a class that was written stands on a side


class Rulebook:
    """Rules with the sides that each substance and class stands on.

    A side is a substance, a trigger or a group of such.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.rules: tuple[Rule, ...] = database.rules()
        self.count_rules: tuple[CountRule, ...] = database.count_rules()
        self._members = {group.id: group.members for group in database.groups()}
        self._against: dict[str, list[tuple[Rule, str]]] = {}
        self._groups: dict[str, list[str]] = {}
        for group in database.groups():
            for member in group.members:
                self._groups.setdefault(member, []).append(group.id)

    def sides(self, name: str, *, is_class: bool = False) -> tuple[str, ...]:
        """Return the sides that a substance, trigger or class stands on."""
        return self._class_sides(name) if is_class else (name, *self._groups.get(name, ()))

    def _class_sides(self, class_id: str) -> tuple[str, ...]:
        """A class stands for its members: on the group of its name, and where at least half of them stand."""
        members = self._database.members(class_id)
        standing: dict[str, int] = {}
        for member in members:
            for side in self.sides(member.name):
                standing[side] = standing.get(side, 0) + 1
        least = len(members) * _PART_OF_CLASS
        found = [side for side, count in standing.items() if count >= least]
        if class_id in self._members and class_id not in found:
            found.append(class_id)
        return tuple(found)

    def rules_against(self, side: str) -> tuple[tuple[Rule, str], ...]:
        """Return the rules in which a side stands, each with the side against it."""
        if not self._against:
            for rule in self.rules:
                self._against.setdefault(rule.side_a, []).append((rule, rule.side_b))
                if rule.side_a != rule.side_b:
                    self._against.setdefault(rule.side_b, []).append((rule, rule.side_a))
        return tuple(self._against.get(side, ()))

    def breadth(self, rule: Rule) -> int:
        """Return how many pairs a rule speaks of: the fewer, the more exact it is."""
        return max(1, len(self.members(rule.side_a))) * max(1, len(self.members(rule.side_b)))

    def members(self, side: str) -> tuple[str, ...]:
        """Return the members of a group; empty for a side that is a single substance."""
        return self._members.get(side, ())

    def index(self, held: Iterable[Held]) -> dict[str, list[Held]]:
        """Return what stands on which side."""
        found: dict[str, list[Held]] = {}
        for each in held:
            for side in self.sides(each.name, is_class=each.is_class):
                found.setdefault(side, []).append(each)
        return found
