"""Every name of our own, as it stands in the data, is read from a line as itself or asked about with itself."""

from __future__ import annotations

from checker.matching import Matcher
from checker.medication_list import read
from drugdb.reader import open_database

# Names that are spelt like a word of lists, or that begin with a number of their own.
ANOTHER_WORD = frozenset(("медь", "13C-мочевина"))


def test_every_name_is_read_as_itself() -> None:
    database = open_database()
    matcher = Matcher(database)
    matcher.lexicon.load()
    words = database.words()
    wrong = []
    for group in database.all_spellings().values():
        for name in group:
            if name.kind not in ("substance", "synonym", "product") or name.text in ANOTHER_WORD:
                continue
            meant = set(name.substances)
            matches = [match for _, match in matcher.match_list(read(name.text, words))]
            read_as = [set(match.substances) for match in matches]
            offered = [set(candidate.substances) for match in matches for candidate in match.candidates]
            if meant not in read_as + offered:
                wrong.append((name.text, read_as, offered))
    assert not wrong, wrong[:40]
