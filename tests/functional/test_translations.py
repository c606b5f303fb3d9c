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


# What may be missing for a while, as a share: a corrected row of the data must not wait for four translators.
MAY_MISS = {"rlscheck": 0.0, "clinical": 0.05, "interactions": 0.05}


@pytest.mark.parametrize("domain", MAY_MISS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_texts_are_counted_and_few(language: str, domain: str) -> None:
    found = catalogue(language, domain)
    assert found is not None
    entries = found._catalog  # type: ignore[attr-defined]
    texts = extract_messages.messages()[domain]
    missing = [text for text in texts if not entries.get(text if isinstance(text, str) else (text[0], 0))]
    assert len(missing) <= MAY_MISS[domain] * len(texts), f"{len(missing)} have no translation: {missing[:5]}"


def test_a_missing_text_stays_english() -> None:
    translate = Translator("de")
    assert translate("A text that nobody has translated.") == "A text that nobody has translated."
    assert translate.clinical("A text that nobody has translated.").english
    assert not translate.clinical("Avoid.").english


def test_numbers_take_the_right_form() -> None:
    russian = Translator("ru")
    forms = [russian.n("line in all", "lines in all", count) for count in (1, 2, 5, 11, 21)]
    assert forms == ["строка всего", "строки всего", "строк всего", "строк всего", "строка всего"]
    assert Translator("en").n("line in all", "lines in all", 0) == "lines in all"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_kept(language: str) -> None:
    translate = Translator(language)
    for texts in extract_messages.messages().values():
        for text in filter(_single, texts):
            wanted = sorted(re.findall(r"%\(\w+\)[sd]", text))
            assert sorted(re.findall(r"%\(\w+\)[sd]", translate.find(text))) == wanted, text


# Advice to stop; "do not stop" is what we want to say.
STOP = re.compile(
    r"setzen Sie (?:(?!kein|nie|nicht)[^.]){0,40} ab\b"
    r"|(?<!n[’'])\barrêtez (?:de|le|la|ce|les|votre)\b"
    r"|(?<!no )(?<!nunca )\b(?:deje de tomar|suspenda (?:el|la|su|los|las))\b"
    r"|(?<!не )\b(?:прекратите|отмените|отменяйте)\b",
    re.I,
)


def test_the_check_for_advice_to_stop_can_fail() -> None:
    for text in ("Setzen Sie das Mittel ab.", "Arrêtez le médicament.", "Suspenda el medicamento.", "Отмените его."):
        assert STOP.search(text), text
    for text in (
        "Setzen Sie nichts ab.",
        "N’arrêtez le traitement",
        "No suspenda el medicamento.",
        "Не отменяйте его.",
    ):
        assert not STOP.search(text), text


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
