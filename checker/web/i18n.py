"""Languages: gettext catalogues for the words of the page and for the plain words of the data."""

from __future__ import annotations

import functools
import io
import os
from gettext import GNUTranslations

LANGUAGES = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español", "ru": "Русский"}
DOMAINS = ("rlscheck", "clinical", "interactions")
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "locale")


class Text(str):
    """A text of the database; ``english`` says that there is no translation of it yet."""

    english: bool


class Translator:
    """Translates whole texts of one language; what no catalogue holds stays English."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogues = [found for domain in DOMAINS if (found := catalogue(language, domain))]

    def __call__(self, text: str, /, **values: object) -> str:
        """Return ``text`` in the language, with ``%(name)s`` filled in."""
        return self.find(text) % values if values else self.find(text)

    def n(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the form of a text that goes with ``count``, which stands in it as ``%(count)d``."""
        for found in self._catalogues:
            told = found.ngettext(one, many, count)
            if told not in (one, many):
                return told % {"count": count, **values}
        return (one if count == 1 else many) % {"count": count, **values}

    def find(self, text: str) -> str:
        """Return the translation of a text, or the text itself."""
        if not text:  # gettext answers the empty text with the catalogue's header
            return text
        for found in self._catalogues:
            translated = found.gettext(text)
            if translated != text:
                return translated
        return text

    def clinical(self, text: str) -> Text:
        """Return a text of the database in the language, with whether it had to stay English."""
        found = Text(self.find(text))
        found.english = bool(text) and self.language != "en" and found == text
        return found

    def known(self, text: str) -> bool:
        """Return whether there is a translation; in English there always is."""
        return self.language == "en" or self.find(text) != text


def path(language: str, domain: str) -> str:
    """Return where the catalogue of a language and domain stands."""
    return os.path.join(FOLDER, language, "LC_MESSAGES", f"{domain}.po")


@functools.cache
def catalogue(language: str, domain: str) -> GNUTranslations | None:
    """Read a catalogue, or None for English and where there is none. Compiled in memory, so that the
    text that a translator edits is the only copy."""
    if language == "en" or not os.path.exists(path(language, domain)):
        return None
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with open(path(language, domain), "rb") as source:
        parsed = read_po(source, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, parsed)
    compiled.seek(0)
    return GNUTranslations(compiled)


@functools.cache
def translator(language: str) -> Translator:
    """Return the translator of a language, made once."""
    return Translator(language)


def choose(accepted: str) -> str:
    """Return the language for an ``Accept-Language`` header: the first that we have, else English."""
    ranked = []
    for place, part in enumerate(accepted.split(",")[:20]):
        name, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if weight > 0:
            ranked.append((-weight, place, name.split("-")[0].lower()))
    return next((name for _, _, name in sorted(ranked) if name in LANGUAGES), "en")


@functools.cache
def countries(language: str, codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return markets with their names in a language, in alphabetical order: ``("US", "United States")``."""
    from babel import Locale

    names = Locale(language).territories
    found = ((code, str(names.get(_TERRITORIES.get(code, code), code))) for code in codes)
    return tuple(sorted(found, key=lambda pair: pair[1]))


_TERRITORIES = {"UK": "GB"}


@functools.cache
def day(language: str, iso: str) -> str:
    """Return an ISO date as a language writes it; what is no date comes back as it is."""
    import datetime

    from babel.dates import format_date

    try:
        # the Russian abbreviation for "year" ends in a full stop, which reads badly at the end of a sentence
        told = format_date(datetime.date.fromisoformat(iso), "long", locale="en_GB" if language == "en" else language)
        return told.removesuffix("г.").rstrip()
    except ValueError:
        return iso
