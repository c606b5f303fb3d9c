"""Every text of the page in every language; what is missing is counted, and nothing may be."""

from __future__ import annotations

import re
import sys

import pytest

from checker.web.i18n import Translator, choose
from tests.checking import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import extract_messages

LANGUAGES = ("de", "fr", "es", "ru")
# Words that are the same in another language, or names.
SAME = re.compile(r"^[\W\d]*$|^(?:class|label|trial|case|minor|tertiary|primary|caffeine)$")


@pytest.mark.parametrize("domain", ["rlscheck", "clinical"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing(language: str, domain: str) -> None:
    from checker.web.i18n import catalogue

    found = catalogue(language, domain)
    assert found is not None
    entries = found._catalog  # type: ignore[attr-defined]
    missing = [text for text in extract_messages.messages()[domain] if not entries.get(text)]
    assert not missing, f"{len(missing)} texts have no {language} translation; the first: {missing[:5]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_kept(language: str) -> None:
    translate = Translator(language)
    for texts in extract_messages.messages().values():
        for text in texts:
            wanted = sorted(re.findall(r"%\(\w+\)[sd]", text))
            assert sorted(re.findall(r"%\(\w+\)[sd]", translate.find(text))) == wanted, text


STOP = re.compile(
    r"\b(?:setzen Sie .{0,40} ab|arrêtez (?:de|le|la|ce)|deje de tomar|suspenda (?:el|la|su)|прекратите (?:приём|принимать))",
    re.I,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_tells_to_stop(language: str) -> None:
    translate = Translator(language)
    for texts in extract_messages.messages().values():
        for text in texts:
            assert not STOP.search(translate.find(text)), translate.find(text)


def test_the_language_is_chosen_by_weight() -> None:
    assert choose("fr;q=0.2, es;q=0.8") == "es"
    assert choose("ja, zh") == "en"
    assert choose("") == "en"
    assert choose("de-CH") == "de"
