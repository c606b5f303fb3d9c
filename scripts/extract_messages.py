"""Collect the texts that the page can translate into templates (.pot), and bring the catalogues up to date.

Three domains: ``rlscheck``, the words of the page; ``clinical``, the plain texts of the data that patients
read; ``interactions``, what clashes may do and what to do about them. ``messages()`` is what the tests count
missing translations with.
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "checker" / "web"
LOCALE = WEB / "locale"
CURATED = ROOT / "drugdb" / "curated"
LANGUAGES = ("de", "fr", "es", "ru")
Message = str | tuple[str, str]  # a text, or its forms for one and for many
# t('...'), t("...") and t.n('...', '...', count) in a template; no escapes are used there.
_ONE = re.compile(r"""\bt\(\s*(?:'([^']+)'|"([^"]+)")""")
_MANY = re.compile(r"""\bt\.n\(\s*'([^']+)',\s*'([^']+)'""")
# Modules whose constants are texts.
_CONSTANTS = (WEB / "phrases.py", WEB / "errors.py", ROOT / "checker" / "assessment" / "wording.py")
# Texts of the data, by file and column; a column with "|" is a list.
_CLINICAL = (
    ("classes", ("plain_name", "used_for", "patient_advice")),
    ("substances", ("abrupt_stop_risk",)),
    ("triggers", ("abrupt_stop_risk",)),
    ("alternatives", ("purpose",)),
    ("conditions", ("plain_name", "what_to_ask")),
    ("glossary", ("meaning",)),
    ("alternatives", ("|avoid", "|consider")),
)
_INTERACTIONS = (("interactions", ("effect", "advice")), ("count_rules", ("effect", "advice")))
# Words of the data that stand alone on the page.
_SCALES = (
    "high moderate low none guideline trial observational case label class contraindicated major minor primary "
    "secondary tertiary systematic_review review case_report pharmacovigilance patient_org reference"
)


def page() -> Iterator[Message]:
    """Yield the words of the page."""
    for path in sorted((WEB / "templates").glob("*.html")):
        text = path.read_text("utf-8")
        yield from _MANY.findall(text)
        yield from (single or double for single, double in _ONE.findall(text))
    for path in sorted(WEB.glob("*.py")):
        yield from _calls(ast.parse(path.read_text("utf-8")))
    for path in _CONSTANTS:
        yield from _constants(ast.parse(path.read_text("utf-8")))
    yield from _titles(ast.parse((WEB / "presenter.py").read_text("utf-8")))
    yield from ("inferred from its class", "second-hand", *_SCALES.split())


def _calls(tree: ast.AST) -> Iterator[Message]:
    """Texts in calls of a translator: t("..."), g.tr("..."), self.t.n("...", "...", count)."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name in ("t", "tr") and texts:
            yield texts[0]
        elif name == "n" and len(texts) == 2:
            yield texts[0], texts[1]


def _constants(tree: ast.Module) -> Iterator[str]:
    """Texts that are values of a module; those with {fields} are put together elsewhere."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            yield from (text for text in _strings([node.value]) if "{" not in text)


def _titles(tree: ast.Module) -> Iterator[str]:
    """The titles of the sections of a result: the last of each row of ``_SECTIONS``."""
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "_SECTIONS":
            yield from (row[-1] for row in ast.literal_eval(node.value))  # type: ignore[arg-type]


def _strings(nodes: Iterable[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Dict):
            yield from _strings(node.values)
        elif isinstance(node, ast.Tuple | ast.List):
            yield from _strings(node.elts)
        elif isinstance(node, ast.DictComp):
            yield from _strings([generator.iter for generator in node.generators])


def data(columns: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """Yield texts of the data."""
    names = {row["substance"] for row in _rows("substances")}
    for stem, wanted in columns:
        for row in _rows(stem):
            for column in wanted:
                parts = row[column[1:]].split("|") if column[0] == "|" else [row[column]]
                yield from (part for part in parts if part and part not in names)


def _rows(stem: str) -> Iterator[dict[str, str]]:
    with open(CURATED / f"{stem}.csv", encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def messages() -> dict[str, list[Message]]:
    """Return the texts by domain, each once and in one domain only, in the order in which they were found."""
    seen: set[Message] = {""}
    found: dict[str, list[Message]] = {}
    for domain, texts in (("rlscheck", page()), ("clinical", data(_CLINICAL)), ("interactions", data(_INTERACTIONS))):
        found[domain] = [text for text in dict.fromkeys(texts) if text not in seen]
        seen.update(found[domain])
    return found


def _catalogue(domain: str, language: str | None) -> Catalog:
    return Catalog(
        locale=language,
        domain=domain,
        project="rlscheck",
        charset="utf-8",
        header_comment=f"# Texts of rlscheck: {domain}.",
        fuzzy=False,
    )


def main() -> None:
    """Write the templates, update the catalogues, and tell how much of each is translated."""
    for domain, texts in messages().items():
        template = _catalogue(domain, None)
        for text in texts:
            template.add(text, flags=["python-format"] if "%(" in str(text) else [])
        LOCALE.mkdir(exist_ok=True)
        _write(LOCALE / f"{domain}.pot", template)
        for language in LANGUAGES:
            path = LOCALE / language / "LC_MESSAGES" / f"{domain}.po"
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue = _catalogue(domain, language)
            if path.exists():
                with open(path, "rb") as handle:
                    old = read_po(handle, locale=language, domain=domain)
                known = {message.id: message.string for message in old if message.id and message.string}
            else:
                known = {}
            for text in texts:
                flags = ["python-format"] if "%(" in str(text) else []
                catalogue.add(text, string=known.get(text, ""), flags=flags)
            _write(path, catalogue)
            done = sum(bool(known.get(text)) for text in texts)
            print(f"{language} {domain}: {done} of {len(texts)}")


def _write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue without dates and placeholders, so that only changed texts change the file."""
    import io

    written = io.BytesIO()
    write_po(written, catalogue, width=120)
    dull = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Report-Msgid", "Generated-By")
    lines = [
        line for line in written.getvalue().decode().splitlines(keepends=True) if not line.lstrip('"').startswith(dull)
    ]
    path.write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
