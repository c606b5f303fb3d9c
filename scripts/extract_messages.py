"""Collect the texts of the page (rlscheck.pot) and the plain texts of the data (clinical.pot).

``messages()`` is what the tests count missing translations with.
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "checker" / "web"
LOCALE = WEB / "locale"
CURATED = ROOT / "drugdb" / "curated"
LANGUAGES = ("de", "fr", "es", "ru")
# t('...') or t("...") in a template; Jinja strings know no escapes that we use.
_TEMPLATE = re.compile(r"""\bt\(\s*(?:'([^']+)'|"([^"]+)")""")
_PAIRS = re.compile(r"""\('[a-z]+', '([^']+)'\)""")
# Texts of the data that patients read, by file and column.
_CLINICAL = {
    "classes": ("plain_name", "used_for", "patient_advice"),
    "substances": ("abrupt_stop_risk",),
    "triggers": ("abrupt_stop_risk",),
    "alternatives": ("purpose",),
    "conditions": ("plain_name", "what_to_ask"),
}
# Words of the data that stand alone on the page.
_SCALES = [
    "worsens",
    "mixed",
    "augments",
    "neutral",
    "relieves",
    "high",
    "moderate",
    "low",
    "none",
    "unknown",
    "guideline",
    "trial",
    "observational",
    "case",
    "label",
    "class",
    "contraindicated",
    "major",
    "minor",
    "primary",
    "secondary",
    "tertiary",
    "systematic_review",
    "review",
    "case_report",
    "pharmacovigilance",
    "patient_org",
    "reference",
]


def ui() -> Iterator[str]:
    """Yield the texts of the page."""
    for path in sorted((WEB / "templates").glob("*.html")):
        text = path.read_text("utf-8")
        for found in _TEMPLATE.finditer(text):
            yield found.group(1) or found.group(2)
        yield from _PAIRS.findall(text)
    for path in sorted(WEB.glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in ("t", "tr", "_", "find") and isinstance(node.args[0].value, str):
                    yield node.args[0].value
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict | ast.Constant):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                if getattr(target, "id", "") in ("_EXPLANATIONS", "_PLAIN_EFFECTS", "_PLAIN_SEVERITIES", "TOO_LONG"):
                    yield from _strings([node.value])
        yield from _labels(tree)
    wording = ast.parse((ROOT / "checker" / "assessment" / "wording.py").read_text("utf-8"))
    for node in wording.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for text in _strings([node.value]):
                if "{" not in text and len(text) > 3:
                    yield text
    yield from ("inferred from its class", "second-hand", "inferred from its class; second-hand")
    yield from _SCALES


def _labels(tree: ast.AST) -> Iterator[str]:
    """Labels that are translated in a loop: ("Figure", value)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple):
            for item in node.iter.elts:
                if isinstance(item, ast.Tuple) and isinstance(item.elts[0], ast.Constant):
                    yield str(item.elts[0].value)


def _strings(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Dict):
            yield from _strings(node.values)
        elif isinstance(node, ast.Tuple | ast.List):
            yield from _strings(node.elts)


def clinical() -> Iterator[str]:
    """Yield the plain texts of the data."""
    for stem, columns in _CLINICAL.items():
        with open(CURATED / f"{stem}.csv", encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                yield from (row[column] for column in columns if row[column])


def messages() -> dict[str, list[str]]:
    """Return the texts by domain, each once, in the order in which they were found."""
    page = [text for text in dict.fromkeys(ui()) if text.strip()]
    return {"rlscheck": page, "clinical": [text for text in dict.fromkeys(clinical()) if text not in page]}


def main() -> None:
    for domain, texts in messages().items():
        template = Catalog(domain=domain, project="rlscheck", charset="utf-8")
        for text in texts:
            template.add(text, flags=["python-format"] if "%(" in text else [])
        LOCALE.mkdir(exist_ok=True)
        with open(LOCALE / f"{domain}.pot", "wb") as handle:
            write_po(handle, template, omit_header=False, width=120)
        for language in LANGUAGES:
            path = LOCALE / language / "LC_MESSAGES" / f"{domain}.po"
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue = Catalog(locale=language, domain=domain, project="rlscheck", charset="utf-8")
            if path.exists():
                with open(path, "rb") as handle:
                    catalogue = read_po(handle, locale=language, domain=domain)
            catalogue.update(template, no_fuzzy_matching=True)
            with open(path, "wb") as handle:
                write_po(handle, catalogue, width=120, ignore_obsolete=True)
            done = sum(bool(message.string) for message in catalogue if message.id)
            print(f"{language} {domain}: {done} of {len(texts)}")


if __name__ == "__main__":
    main()
