"""Every text of the page in every language; what is missing is counted, and nothing may be."""

from __future__ import annotations

import re
import sys

import pytest

from checker.web.i18n import Translator, catalogue, choose
from tests.checking import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import extract_messages

LANGUAGES = ("de", "fr", "es", "ru")
# Clinical remarks on interactions may stay English, and the page says so.
MUST_BE_WHOLE = ("rlscheck", "clinical")


def texts(domain: str) -> list[str]:
    """The texts of a domain; of one with a plural both forms."""
    return [
        each for text in extract_messages.messages()[domain] for each in (text if isinstance(text, tuple) else (text,))
    ]


def _single(text: object) -> bool:
    return isinstance(text, str)


@pytest.mark.parametrize("domain", MUST_BE_WHOLE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing(language: str, domain: str) -> None:
    found = catalogue(language, domain)
    assert found is not None
    kept = found._catalog.items()  # type: ignore[attr-defined]
    entries = {key[0] if isinstance(key, tuple) else key for key, value in kept if value}
    wanted = [text[0] if isinstance(text, tuple) else text for text in extract_messages.messages()[domain]]
    missing = [text for text in wanted if text not in entries]
    assert not missing, f"{len(missing)} texts have no {language} translation; the first: {missing[:5]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_kept(language: str) -> None:
    translate = Translator(language)
    for texts in extract_messages.messages().values():
        for text in filter(_single, texts):
            wanted = sorted(re.findall(r"%\(\w+\)[sd]", text))
            assert sorted(re.findall(r"%\(\w+\)[sd]", translate.find(text))) == wanted, text


STOP = re.compile(
    r"\b(?:setzen Sie (?:(?!kein|nie|nicht)[^.]){0,40} ab|arrêtez (?:de|le|la|ce)|deje de tomar|suspenda (?:el|la|su)|прекратите (?:приём|принимать))",
    re.I,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_tells_to_stop(language: str) -> None:
    translate = Translator(language)
    for texts in extract_messages.messages().values():
        for text in filter(_single, texts):
            assert not STOP.search(translate.find(text)), translate.find(text)


def test_the_language_is_chosen_by_weight() -> None:
    assert choose("fr;q=0.2, es;q=0.8") == "es"
    assert choose("ja, zh") == "en"
    assert choose("") == "en"
    assert choose("de-CH") == "de"
