"""How many clashes fifty ordinary lists show: the figures of docs/interactions.md.

python -m tests.ordinary_lists            print them
python -m tests.ordinary_lists --write    put them into the document
"""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

from checker.report import Report
from tests.checking import report_on

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(HERE, "cases", "ordinary_lists.txt")
DOCUMENT = os.path.join(os.path.dirname(HERE), "docs", "interactions.md")
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
SEVERE = ("contraindicated", "major")


class Figures(NamedTuple):
    """What was counted on some lists."""

    lists: int
    entries: int
    flagged: int
    shown: int  # clashes that are moderate or graver
    severe: int
    folded: int  # minor ones
    without: int  # lists without a shown clash
    most: int  # shown on one list


def lists() -> list[str]:
    """Return the fifty lists."""
    with open(CASES, encoding="utf-8") as handle:
        return [line.strip() for line in handle if line.strip() and not line.startswith("#")]


def figures(reports: list[Report]) -> Figures:
    """Return the figures of some lists."""
    shown = [[each for each in report.interactions if each.severity != "minor"] for report in reports]
    return Figures(
        len(reports),
        sum(report.counts["items"] for report in reports),
        sum(report.counts["flagged"] for report in reports),
        sum(map(len, shown)),
        sum(each.severity in SEVERE for found in shown for each in found),
        sum(each.severity == "minor" for report in reports for each in report.interactions),
        sum(not found for found in shown),
        max(map(len, shown)),
    )


def table() -> str:
    """Return the figures as a table of Markdown."""
    reports = [report_on(text) for text in lists()]
    half = len(reports) // 2
    rows = [
        ("without a treatment of restless legs", figures(reports[:half])),
        ("with one", figures(reports[half:])),
        ("all", figures(reports)),
    ]
    lines = [
        "| lists | entries | flagged | clashes shown a list | of these major or graver | minor, folded away | "
        "lists without a clash | most on one list |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, own in rows:
        lines.append(
            f"| {own.lists} {name} | {own.entries} | {own.flagged} | {own.shown / own.lists:.2f} | "
            f"{own.severe / own.lists:.2f} | {own.folded / own.lists:.2f} | {own.without} | {own.most} |"
        )
    return "\n".join(lines)


def documented() -> str:
    """Return the table as the document has it."""
    with open(DOCUMENT, encoding="utf-8") as handle:
        return handle.read().split(BEGIN)[1].split(END)[0].strip()


def write() -> None:
    """Put the figures into the document."""
    with open(DOCUMENT, encoding="utf-8") as handle:
        before, rest = handle.read().split(BEGIN)
    after = rest.split(END)[1]
    with open(DOCUMENT, "w", encoding="utf-8") as handle:
        handle.write(f"{before}{BEGIN}\n{table()}\n{END}{after}")


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
    print(table())
