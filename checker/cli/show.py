"""``rlscheck show``: all that is known of a medicine, a brand, a class, a trigger, a treatment or a condition."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from checker.cli import FOUND, OK, UserError
from checker.cli.check import add_market
from checker.cli.checking import unknown_market
from checker.cli.output import colours, columns, complain, write, write_utf8
from checker.formats import Options
from checker.report import AMBIGUOUS, CORRECTED, UNRECOGNISED, Match

if TYPE_CHECKING:
    from drugdb.reader import Database

DESCRIPTION = """\
Tells all that is known of a medicine, a brand, a class, a trigger or a
condition: effect on restless legs and how sure it is, why, alternatives,
clashes, products, sources. A misspelt name is read as a list's would be; a name
that may be several things is asked about."""
EXAMPLES = """\
  rlscheck show coffee
  rlscheck show "iron deficiency"
  rlscheck show antidepressant --professional
  rlscheck show wine --format json

exit status:
  0 found; 1 the name may be several things, or none; 2 an error"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("name", nargs="+", metavar="NAME", help="a name; several words are one name")
    add_market(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to write it (default: text)")
    parser.add_argument("--professional", action="store_true", help="with notes, remarks and every source")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from drugdb.reader import open_database

    name = " ".join(options.name).strip()
    if not name:
        raise UserError("give a name, as in: rlscheck show coffee")
    with open_database() as database:
        if options.market and options.market not in database.markets():
            raise unknown_market(options.market, database.markets())
        page = _Page(database, options)
        if page.reference(name):
            return OK
        return page.read(name)


class _Page:
    """One look-up on its way out."""

    def __init__(self, database: Database, options: argparse.Namespace) -> None:
        self.database = database
        self.market: str = options.market
        self.json = options.format == "json"
        self.options = Options(columns(), not self.json and colours(), professional=options.professional)

    def reference(self, name: str) -> bool:
        """Show a condition or a class that is named as the database names it; return whether it was one."""
        from drugdb.folding import fold

        key = fold(name)
        for condition in self.database.conditions():
            if key in (fold(condition.name), fold(condition.plain_name)):
                self.condition(condition.name)
                return True
        if self.database.substance(name.lower()) is not None:
            return False
        for row in self.database.drug_classes():
            if key in (fold(row.id), fold(row.name), fold(row.plain_name)):
                self.drug_class(row.id)
                return True
        return False

    def read(self, name: str) -> int:
        """Show what a name is read as, or ask."""
        from checker.matching import Matcher
        from checker.medication_list import read

        matcher = Matcher(self.database, self.market)
        pairs = matcher.match_list(read(name.replace(",", " "), self.database.words()))
        known = [match for _, match in pairs if match.status not in (AMBIGUOUS, UNRECOGNISED)]
        for match in dict.fromkeys(known):
            self.match(match)
        for _, match in pairs:
            if match.status == AMBIGUOUS:
                self.ask(name, match)
        if not known and all(match.status == UNRECOGNISED for _, match in pairs):
            return self.unknown(name)
        return OK if all(match.status != AMBIGUOUS for _, match in pairs) else FOUND

    def match(self, match: Match) -> None:
        """Show everything that a name stands for."""
        if match.status == CORRECTED:
            complain(f"{match.read!r} was read as {match.name}")
        if match.kind == "class":
            for each in match.target:
                self.drug_class(each)
            return
        names = match.substances or match.target
        shown = [name for name in names if self.database.substance(name) is not None]
        if len(names) > 1 or (match.kind == "product" and not self.json):
            self.told(f"{match.name} holds {' + '.join(names)}.\n\n")
        for place, name in enumerate(shown):
            self.told("\n" if place else "")
            self.substance(name)
        if not shown:
            self.told(f"{match.name} is a medicine that this database knows by name only; it is not assessed here.\n")

    def ask(self, name: str, match: Match) -> None:
        """Say what a name may be."""
        from checker.assessment.facts import Facts
        from checker.assessment.findings import choice_of
        from checker.assessment.wording import ask_which, candidate

        choices = [choice_of(each, Facts(self.database)) for each in match.candidates]
        if self.json:
            write_utf8(_json({"name": name, "choices": [each.candidate._asdict() for each in choices]}))
            return
        lines = [f'"{match.read or name}" may be several things. {ask_which(match.doubt)}']
        lines += [f"  - {candidate(each.candidate)}: {each.meaning}" for each in choices]
        write("\n".join((*lines, "")))

    def unknown(self, name: str) -> int:
        """Say that a name is not known, and what comes near by search."""
        near = [row.name for row in self.database.search(name, limit=5)]
        hint = f"; perhaps {', '.join(near)}" if near else ""
        complain(f"{name!r} is not known here{hint}. See: rlscheck list")
        return FOUND

    def substance(self, name: str) -> None:
        """Show a substance."""
        from checker.formats import monograph

        page = monograph.of_substance(self.database, name)
        if page is not None:
            self.out(lambda: monograph.as_dict(page), lambda: monograph.text(page, self.options))

    def drug_class(self, class_id: str) -> None:
        """Show a class."""
        from checker.formats import monograph

        page = monograph.of_class(self.database, class_id)
        if page is not None:
            self.out(lambda: monograph.class_as_dict(page), lambda: monograph.class_text(page, self.options))

    def condition(self, name: str) -> None:
        """Show a condition."""
        from checker.assessment.facts import Facts
        from checker.formats import monograph

        row = next(each for each in self.database.conditions() if each.name == name)
        sources = Facts(self.database).sources(row.sources)
        self.out(row._asdict, lambda: monograph.condition_text(row, sources, self.options))

    def out(self, values: Callable[[], dict[str, Any]], text: Callable[[], str]) -> None:
        """Write it as asked."""
        if self.json:
            write_utf8(_json(values()))
        else:
            write(text())

    def told(self, text: str) -> None:
        """Write a word in between, for people only."""
        if not self.json:
            write(text)


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"
