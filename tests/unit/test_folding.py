"""One spelling rule: what shares a key and what does not."""

import pytest

from drugdb.folding import fold


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Zyrtec-D", "zyrtecd"),
        ("ZYRTEC D", "zyrtecd"),
        ("hydrOXYzine", "hydroxyzine"),
        ("St John's wort", "stjohnswort"),
        ("St John’s wort", "stjohnswort"),
        ("Quétiapine", "quetiapine"),
        ("ＢＥＮＡＤＲＹＬ", "benadryl"),
        ("Benadryl®", "benadryl"),
        ("Bena\u00addryl", "benadryl"),
        ("5‑HTP", "5htp"),
        ("дифенгидрамин", "difengidramin"),
        ("ДИМЕДРОЛ", "dimedrol"),
        ("Йодомарин", "iodomarin"),
        ("Веnаdryl", "benadryl"),  # В, е, а are Cyrillic
        ("Димедpoл", "dimedrol"),  # p, o are Latin
        ("Straße", "strasse"),
        ("ъ", "ъ"),
        ("---", ""),
        ("", ""),
        ("\x00", ""),
    ],
)
def test_key(written: str, key: str) -> None:
    assert fold(written) == key


def test_folding_a_key_changes_nothing() -> None:
    for text in ("Zyrtec-D", "Qu\u00e9tiapine", "дифенгидрамин", "αβγ 12", "İstanbul", "ﬁ"):
        assert fold(fold(text)) == fold(text)
