"""``rlscheck list``: the table of what is known, filtered."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from checker.assessment.facts import Facts, basis
from checker.cli import OK, UserError, tables
from drugdb.records import Substance
from drugdb.values import TYPE_CHECKING

if TYPE_CHECKING:
    from drugdb.reader import Database

NOT_LISTED = "not-listed"
EFFECTS = ("worsens", "mixed", "augments", "neutral", "relieves", NOT_LISTED)
RISKS = ("high", "moderate", "low", "none")
EVIDENCE = ("guideline", "trial", "observational", "case", "label", "class")

DESCRIPTION = """\
Lists the medicines and triggers of the database with their rating. Without a
filter, those that are rated; the filters narrow it further."""
EXAMPLES = """\
  rlscheck list --effect worsens --risk high
  rlscheck list --class ssri
  rlscheck list --treatments
  rlscheck list --format csv > table.csv"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("search", nargs="?", default="", metavar="TEXT", help="the beginning of a name, brand or use")
    parser.add_argument(
        "--effect", choices=EFFECTS, default="", metavar="EFFECT", help=f"one effect alone: {', '.join(EFFECTS)}"
    )
    parser.add_argument(
        "--class", dest="drug_class", default="", metavar="CLASS", help="one class alone, by id or name"
    )
    parser.add_argument("--risk", choices=RISKS, default="", metavar="RISK", help=f"one risk alone: {', '.join(RISKS)}")
    parser.add_argument(
        "--evidence", choices=EVIDENCE, default="", metavar="GRADE", help=f"one grade alone: {', '.join(EVIDENCE)}"
    )
    parser.add_argument("--treatments", action="store_true", help="what is or was used for restless legs")
    parser.add_argument("--all", action="store_true", help="also those that are not assessed")
    tables.add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from drugdb.reader import open_database

    with open_database() as database:
        class_id = _class_id(options.drug_class, database)
        found = database.search(options.search, options.effect, class_id, -1)
        wide = options.all or options.effect or class_id or options.treatments or options.search
        rows = [
            row
            for row in sorted(found, key=lambda each: each.name)
            if (wide or row.effect)
            and options.risk in ("", row.risk)
            and options.evidence in ("", row.evidence)
            and (not options.treatments or database.treatment(row.name) is not None)
        ]
        tables.show(list(_table(rows, database)), options.format, ("name", "effect", "risk", "evidence"))
    return OK


def _class_id(text: str, database: Database) -> str:
    from drugdb.folding import fold

    if not text:
        return ""
    key = fold(text)
    for row in database.drug_classes():
        if key in (fold(row.id), fold(row.name), fold(row.plain_name)):
            return row.id
    for name in database.spelling(key):
        if name.kind == "class" and len(name.target) == 1:
            return name.target[0]
    import difflib

    near = difflib.get_close_matches(text, [row.id for row in database.drug_classes()], 3)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    raise UserError(f"there is no class {text!r}{hint}")


def _table(rows: list[Substance], database: Database) -> Iterator[dict[str, str]]:
    facts = Facts(database, len(rows))
    for row in rows:
        sources = facts.sources(row.sources)
        treatment = database.treatment(row.name)
        yield {
            "name": row.name,
            "kind": row.kind,
            "effect": row.effect or "not assessed",
            "risk": row.risk,
            "evidence": row.evidence,
            "basis": basis(row.evidence, sources) if row.effect else "",
            "classes": "|".join(row.classes),
            "used_for": row.used_for,
            "figure": row.figure,
            "mechanism": row.mechanism,
            "guideline_position": treatment.guideline_position if treatment else "",
            "augmentation_risk": treatment.augmentation_risk if treatment else "",
            "abrupt_stop_risk": row.abrupt_stop_risk,
            "alternatives": "|".join(row.alternatives),
            "synonyms": "|".join(row.synonyms),
            "remark": row.remark,
            "sources": "|".join(row.sources),
            "links": " ".join(source.link for source in sources if source.link),
        }
