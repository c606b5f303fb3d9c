"""One spelling rule for names, used when the database is built and when a list is read.

A key is what is left of a name once everything that carries no meaning is gone: case, accents,
punctuation, spaces, width variants, and the script. ``Zyrtec-D``, ``ZYRTEC D`` and ``zyrtec d`` share
the key ``zyrtecd``; ``дифенгидрамин`` has the key of its transliteration.
"""

from __future__ import annotations

import functools
import unicodedata

_KEEP_ASCII = {code: None for code in range(128) if not chr(code).isalnum()}

# Letters that Unicode does not decompose, and Cyrillic after the common simplified romanisation
# (BGN/PCGN without diacritics), which is how people type Russian brand names in Latin letters.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "µ": "u",
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
        "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
        "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
        "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "i", "є": "e", "ґ": "g",
    }
)  # fmt: skip

# Letters that look like Latin ones. In a word that also has Latin letters they are twins (a keyboard
# slip, a scan, a hostile paste), unless another letter shows that the word is Cyrillic; then it is the
# Latin ones that are twins.
_TWINS = str.maketrans("авекмнорстухіѕјԁԛԝαορυν", "abekmhopctyxisjdqwaopuv")
_TWINS_BACK = str.maketrans("abekmhopctyxi", "авекмнорстухі")
_CYRILLIC_ONLY = frozenset("бгдёжзийлпфцчшщъыьэюяїєґ")
_DROP_MARKS = {0x00AD: None, 0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xFEFF: None}


def _fold_word(word: str) -> str:
    if word.isascii():
        return word
    if any("a" <= char <= "z" for char in word):
        cyrillic = not _CYRILLIC_ONLY.isdisjoint(word)
        word = word.translate(_TWINS_BACK if cyrillic else _TWINS)
    return word.translate(_LETTERS)


def fold(text: str) -> str:
    """Return the key of ``text``: lower-case letters and digits only, possibly the empty string.

    Args:
        text: any string, a name or a span of words.

    Returns:
        The key. Equal keys mean the same spelling for every purpose of this project.
    """
    if text.isascii():
        return text.lower().translate(_KEEP_ASCII)
    # й would lose its breve in the decomposition below; it is a letter of its own
    text = unicodedata.normalize("NFKC", text).translate(_DROP_MARKS).casefold()
    text = unicodedata.normalize("NFKD", text.replace("й", "и"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    words = (_fold_word("".join(c for c in word if c.isalnum())) for word in text.split())
    # a hard or soft sign alone is no letter of any name, but it was written and must not vanish
    return "".join(words) or "".join(char for char in text if char.isalnum())


# For a build, which folds each name several times over.
fold_kept = functools.lru_cache(maxsize=1 << 18)(fold)
