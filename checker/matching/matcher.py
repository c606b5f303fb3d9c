"""Read the entries of a list: which medicines each one names, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.matching.brands import Brands
from checker.matching.items import SPEAKS_FOR, Item, combined, repeats, split, without_descriptions, without_echo
from checker.matching.lexicon import GUARD, KEPT, Lexicon
from checker.matching.reading import MEDICINES, Reading, match_of, readings
from checker.matching.spans import Span, known_spans
from checker.report import AMBIGUOUS, CORRECTED, EXACT, HEADING, ITEM, NOTE, UNRECOGNISED, Entry, Match, Word
from drugdb.folding import fold
from drugdb.values import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.matching.decision import Decision
    from drugdb.reader import Database

NOTHING = Match(UNRECOGNISED, "", "", (), (), (), "", "")
SHORTEST, LONGEST = 3, 90  # letters of a word that is compared with the vocabulary
_MIN_IN_NOTE = 5  # letters of a name that is looked for in a line taken for a note
_OPENS, _CLOSES = frozenset("([{"), frozenset(")]}")
_COMMAS = 4  # entries that may be one product's name with commas in it
_RUN = 4  # words that a misspelt name may have been split into
_PLAIN_WORDS = 8  # unknown words beyond which an entry is prose, not a misspelt name


class Matcher:
    """Reads entries against one database and market. Not shared between threads.

    Args:
        database: an open ``drugdb.reader.Database``.
        market: two letters ("US"), or empty when it is not known.
    """

    def __init__(self, database: Database, market: str = "") -> None:
        self.lexicon = Lexicon(database)
        self.market = market
        self._brands = Brands(self.lexicon, market)
        self._exact: dict[str, Match] = {}
        self._near: dict[tuple[str, bool, bool], Match] = {}

    # -- one name -----------------------------------------------------------------------------

    def match_name(self, text: str) -> Match:
        """Match a bare name, nothing but a name: the fast way in for a column of names."""
        key = fold(text)
        found = self._exact.get(key)
        if found is not None:
            return found
        return self._match_key(key, text, sure=True)

    def _match_key(self, key: str, text: str, *, sure: bool) -> Match:
        if not key:
            return NOTHING
        exact = self._exact_key(key, text)
        return exact if exact is not None else self._near_key(key, text, sure=sure)

    def _exact_key(self, key: str, text: str) -> Match | None:
        found = self._exact.get(key)
        if found is None:
            names = self.lexicon.names(key)
            if not names:
                return None
            found = self._exact[key] = match_of(readings(names, self.market), self.market, text)
        return found

    def _near_key(self, key: str, text: str, *, sure: bool, prose: bool = False) -> Match:
        found = self._near.get((key, sure, prose))
        if found is None:
            if len(self._near) >= KEPT:
                self._near.clear()
            found = self._near[key, sure, prose] = self._decide(key, text, sure=sure, prose=prose)
        return found

    def _decide(self, key: str, text: str, *, sure: bool, prose: bool) -> Match:
        if not (SHORTEST <= len(key) <= LONGEST) or key.isdigit():
            return NOTHING
        # rapidfuzz is imported here, so that a list without a misspelling never pays for it
        from checker.matching.candidates import near
        from checker.matching.decision import decide

        close = near(key, self.lexicon.block, self.lexicon.swapped(key))
        ordinary = prose or self.lexicon.ordinary(key)
        return _as_match(decide(key, close, self.lexicon, self.market, sure=sure, ordinary=ordinary), text)

    # -- an entry -----------------------------------------------------------------------------

    def match_list(self, entries: Iterable[Entry]) -> tuple[tuple[Entry, Match], ...]:
        """Match every entry, in order. An entry that holds several medicines becomes several, each
        with its own words; the entries are numbered anew."""
        pairs = [pair for entry in self._rejoined(list(entries)) for pair in self.match(entry)]
        return tuple((entry._replace(number=number), match) for number, (entry, match) in enumerate(pairs, 1))

    def _rejoined(self, entries: list[Entry]) -> Iterable[Entry]:
        """Join what a comma parted though it is one product's name ("Brand Allergy, Sinus & Pain")."""
        place = 0
        while place < len(entries):
            entry = entries[place]
            taken = 1
            if entry.kind == ITEM and place + 1 < len(entries) and entries[place + 1].line == entry.line:
                taken = self._one_name(entries[place : place + _COMMAS])
            if taken > 1:
                entry = _joined(entries[place : place + taken])
            yield entry
            place += taken

    def _one_name(self, entries: Sequence[Entry]) -> int:
        """How many of the entries, from the first, are one name together."""
        head = entries[0]
        key = _head_key(head)
        for count in range(2, len(entries) + 1):
            part = entries[count - 1]
            if part.line != head.line or part.kind == HEADING or part.current != head.current:
                break
            key += _head_key(part)
            if len(key) <= LONGEST and any(name.kind in MEDICINES for name in self.lexicon.names(key)):
                return count
        return 1

    def match(self, entry: Entry) -> tuple[tuple[Entry, Match], ...]:
        """Match one entry; one pair for each medicine in it, at least one pair."""
        words = entry.words
        if len(words) == 1 and entry.kind == ITEM:
            return ((entry, self._single(words[0])),)
        if not any(word.key for word in words):
            return ((entry, NOTHING),)
        spans = known_spans(words, self.lexicon)
        if entry.kind != ITEM:
            whole = "".join(word.key for word in words)
            named = self._named_like_a_word(words) if entry.kind == NOTE else None
            if named is not None:
                return ((entry._replace(kind=ITEM), named),)
            if entry.kind == NOTE and any(name.kind != GUARD for name in self.lexicon.names(whole)):
                spans = [Span(0, len(words), whole)]  # nothing but a name, whatever else the word may mean
            else:
                spans = [span for span in spans if self._counts_in_text(span)]
            if not spans:
                return ((entry, NOTHING),)
            entry = entry._replace(kind=ITEM)
        if not spans:
            read = Item(0, 0, self._misspelt(words))
            return ((entry, self._brands.with_night_words(words, [read])[0].match),)
        return self._several(entry, spans)

    def _named_like_a_word(self, words: Sequence[Word]) -> Match | None:
        """A product spelt like a word of lists, with a strength and nothing more ("Label 10 mg"): asked about."""
        bare = [word for word in words if word.kind not in ("number", "strength")]
        if len(bare) == len(words) or not any(word.kind == "strength" for word in words):
            return None
        key = "".join(word.key for word in bare)
        products = tuple(r.candidate() for r in self._readings(key) if r.kind == "product")
        if not products:
            return None
        text = " ".join(word.text for word in bare)
        return Match(AMBIGUOUS, products[0].name, "", (), (), products[:5], "spelling", text)

    def _single(self, word: Word) -> Match:
        if word.kind in ("number", "strength", "joiner"):
            return NOTHING
        exact = self._exact_key(word.key, word.text) if word.key else None
        if exact is not None:
            return exact
        return self._near_key(word.key, word.text, sure=True) if word.kind == "name" else NOTHING

    def _counts_in_text(self, span: Span) -> bool:
        """In a line taken for a note only a whole, unmistakable medicine name counts."""
        if len(span.key) < _MIN_IN_NOTE:
            return False
        kinds = {name.kind for name in self.lexicon.names(span.key)} & MEDICINES
        return "substance" in kinds or bool(kinds and not self.lexicon.ordinary(span.key))

    def _several(self, entry: Entry, spans: list[Span]) -> tuple[tuple[Entry, Match], ...]:
        words = entry.words
        items: list[Item] = []
        for span in spans:
            text = entry.text[words[span.start].start : words[span.end - 1].end]
            match = self._match_key(span.key, text, sure=True)
            items.append(Item(span.start, span.end, match._replace(read=text)))
        items = without_descriptions(words, items)
        items = combined(entry, items)
        items = without_echo(words, items)
        items = self._brands.with_variants(words, items)
        items = [self._brands.sold_elsewhere(words, item) for item in items]
        items = self._brands.with_night_words(words, items)
        items = self._brands.in_a_phrase(words, items)
        items += self._left_over(entry, items)
        items.sort(key=lambda item: item[0])
        if len(items) == 1:
            return ((entry, items[0].match),)
        return split(entry, items)

    def _readings(self, key: str) -> tuple[Reading, ...]:
        return self.lexicon.readings(key, self.market)

    def _left_over(self, entry: Entry, items: list[Item]) -> list[Item]:
        """Unknown words beside known names: another medicine only when they clearly spell one."""
        words = entry.words
        used = {place for start, end, _ in items for place in range(start, end)}
        found: list[Item] = []
        deep = 0  # what stands in brackets beside a known name explains it; only known names count there
        for place, word in enumerate(words):
            deep += (word.text in _OPENS) - (word.text in _CLOSES)
            stands = self._beside_list(words, place)
            short = len(word.key) < (4 if stands else 5)
            if deep > 0 or place in used or word.kind != "name" or short or self.lexicon.ordinary(word.key):
                continue
            match = self._near_key(word.key, word.text, sure=True)
            if match.status == UNRECOGNISED:
                close = stands and place < items[0].start  # "xyz 325 mg with vitamin C": nothing is dropped
            else:
                close = match.status == CORRECTED or stands
            if close and not repeats(match, items):
                found.append(Item(place, place + 1, match._replace(read=word.text)))
        return found

    @staticmethod
    def _beside_list(words: Sequence[Word], place: int) -> bool:
        """Whether a strength follows, so that the word stands where a medicine would."""
        return place + 1 < len(words) and words[place + 1].kind == "strength"

    def _misspelt(self, words: Sequence[Word]) -> Match:
        """No known name in the entry: find the run of unknown words that best spells one."""
        unknown = [place for place, word in enumerate(words) if word.kind == "name" and word.key]
        if not unknown or len(unknown) > _PLAIN_WORDS:
            return NOTHING
        speaks_for = any(word.kind in SPEAKS_FOR for word in words)
        best: tuple[float, Match] | None = None
        for run in _runs(words, unknown):
            key = "".join(words[place].key for place in run)
            text = " ".join(words[place].text for place in run)
            rest = len(unknown) - len(run)
            plain = sum(self.lexicon.ordinary(words[place].key) for place in run)
            sure = (rest == 0 or (rest <= 2 and speaks_for)) and not (plain and len(run) > 1)
            if len(run) == 1 and rest and self.lexicon.ordinary(key):
                continue
            match = self._exact_key(key, text) if len(run) > 1 else None
            match = match or self._near_key(key, text, sure=sure, prose=bool(rest) and not speaks_for)
            if match.status == UNRECOGNISED:
                continue
            rank = {EXACT: 0.0, CORRECTED: 1.0}.get(match.status, 2.0) - 0.1 * len(key)
            if best is None or rank < best[0]:
                best = (rank, match._replace(read=text))
        return best[1] if best else NOTHING


def _head_key(entry: Entry) -> str:
    """The key of an entry up to its strength."""
    out = []
    for word in entry.words:
        if word.kind == "strength" and word.text[:1].isdigit():
            break
        out.append(word.key)
    return "".join(out)


def _joined(entries: Sequence[Entry]) -> Entry:
    text, words = entries[0].text, list(entries[0].words)
    for entry in entries[1:]:
        text += ", "
        words += [word._replace(start=word.start + len(text), end=word.end + len(text)) for word in entry.words]
        text += entry.text
    return entries[0]._replace(text=text, words=tuple(words))


def _runs(words: Sequence[Word], unknown: list[int]) -> Iterable[list[int]]:
    for at, place in enumerate(unknown):
        run = [place]
        yield run
        for following in unknown[at + 1 : at + _RUN]:
            if any(words[between].key for between in range(run[-1] + 1, following)):
                break
            run = [*run, following]
            yield run


def _as_match(decision: Decision, text: str) -> Match:
    if decision.chosen is not None:
        reading: Reading = decision.chosen.reading
        substances = () if reading.kind == "class" else reading.substances
        return Match(CORRECTED, reading.name, reading.kind, substances, reading.target, (), "spelling", text)
    if decision.offered:
        candidates = tuple(scored.reading.candidate() for scored in decision.offered)
        return Match(AMBIGUOUS, candidates[0].name, "", (), (), candidates, "spelling", text)
    return NOTHING._replace(read=text)
