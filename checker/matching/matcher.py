"""Read the entries of a list: which medicines each one names, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.matching.lexicon import GUARD, KEPT, Lexicon
from checker.matching.reading import MEDICINES, Reading, match_of, readings, sold_in
from checker.matching.spans import Span, known_spans
from checker.report import AMBIGUOUS, CORRECTED, EXACT, HEADING, ITEM, NOTE, UNRECOGNISED, Candidate, Entry, Match, Word
from drugdb.folding import fold
from drugdb.values import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from checker.matching.decision import Decision
    from drugdb.reader import Database

NOTHING = Match(UNRECOGNISED, "", "", (), (), (), "", "")
SHORTEST, LONGEST = 3, 90  # letters of a word that is compared with the vocabulary
_SPEAKS_FOR = frozenset(("strength", "form", "sig", "salt", "release"))
_MIN_IN_NOTE = 5  # letters of a name that is looked for in a line taken for a note
_NIGHT = ("pm", "night", "nighttime", "nightshift", "nacht", "nuit", "noche", "sleep")
_PARTING = frozenset(
    fold(w) for w in ("and", "or", "und", "oder", "et", "ou", "y", "e", "o", "и", "или", "then", "plus")
)
_PARTING_SIGNS = frozenset("&+")
_OPENS, _CLOSES = frozenset("([{"), frozenset(")]}")
_COMMAS = 4  # entries that may be one product's name with commas in it
_ONE_SLIP = 1.0  # edits of a single slip
_RUN = 4  # words that a misspelt name may have been split into
_PLAIN_WORDS = 8  # unknown words beyond which an entry is prose, not a misspelt name


class Item(NamedTuple):
    """A medicine in an entry: the words ``start`` to ``end`` (exclusive) name it."""

    start: int
    end: int
    match: Match


class Matcher:
    """Reads entries against one database and market. Not shared between threads.

    Args:
        database: an open ``drugdb.reader.Database``.
        market: two letters ("US"), or empty when it is not known.
    """

    def __init__(self, database: Database, market: str = "") -> None:
        self.lexicon = Lexicon(database)
        self.market = market
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
            if entry.kind == NOTE and any(name.kind != GUARD for name in self.lexicon.names(whole)):
                spans = [Span(0, len(words), whole)]  # nothing but a name, whatever else the word may mean
            else:
                spans = [span for span in spans if self._counts_in_text(span)]
            if not spans:
                return ((entry, NOTHING),)
            entry = entry._replace(kind=ITEM)
        if not spans:
            read = Item(0, 0, self._misspelt(words))
            return ((entry, self._with_night_words(words, [read])[0].match),)
        return self._several(entry, spans)

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
        items = _without_descriptions(words, items)
        items = _combined(entry, items)
        items = _without_echo(words, items)
        items = self._with_variants(words, items)
        items = [self._sold_elsewhere(words, item) for item in items]
        items = self._with_night_words(words, items)
        items = self._in_a_phrase(words, items)
        items += self._left_over(entry, items)
        items.sort(key=lambda item: item[0])
        if len(items) == 1:
            return ((entry, items[0].match),)
        return _split(entry, items)

    def _readings(self, key: str) -> tuple[Reading, ...]:
        return self.lexicon.readings(key, self.market)

    def _with_variants(self, words: Sequence[Word], items: list[Item]) -> list[Item]:
        """A product followed by a word that changes products ("Night", "D") is not the plain product."""
        out = []
        for item in items:
            start, end, match = item
            follows = words[end] if end < len(words) else None
            plain = match.kind == "product" and match.status == EXACT and words[end - 1].kind != "variant"
            family: tuple[Candidate, ...] = ()
            if plain and follows is not None and follows.kind == "variant":
                family = self._family(words[start:end], match)
            elif plain and follows is not None and follows.kind == "name" and not self.lexicon.ordinary(follows.key):
                family = self._spoilt_variant(words[start:end], follows, match)
            if len(family) > 1:
                asked = Match(AMBIGUOUS, match.name, "", (), (), family, "variant", match.read)
                out.append(Item(start, end + 1, asked))
            else:
                out.append(item)
        return out

    def _sold_elsewhere(self, words: Sequence[Word], item: Item) -> Item:
        """A product that the given market does not know, of a brand that it knows otherwise, is asked about."""
        start, end, match = item
        if not self.market or match.status != EXACT or match.kind != "product" or end - start < 2:
            return item
        key = "".join(word.key for word in words[start:end])
        if any(sold_in(name, self.market) for name in self.lexicon.names(key)):
            return item
        here = [
            r for r in self._readings(words[start].key) if self.market in r.markets and r.substances != match.substances
        ]
        if not here:
            return item
        candidates = (*(r.candidate() for r in here), Candidate(match.name, match.kind, match.substances, "", ""))
        return Item(start, end, Match(AMBIGUOUS, match.name, "", (), (), candidates[:5], "market", match.read))

    def _with_night_words(self, words: Sequence[Word], items: list[Item]) -> list[Item]:
        """A word for the night or for sleep that is left beside a medicine may name another product."""
        if len(items) != 1:
            return items
        start, end, match = items[0]
        if match.status not in (EXACT, CORRECTED) or match.kind not in ("substance", "product", "combination", "guard"):
            return items
        left = [word for at, word in enumerate(words) if not start <= at < end and word.key]
        named = next((w for at, w in enumerate(left) if self._names_a_night_product(left, at)), None)
        if named is None:
            return items
        found = {match.substances: Candidate(match.name, match.kind, match.substances, "", "")}
        alike = [
            product
            for product in self.lexicon.database.products(match.substances[0] if match.substances else None)
            if set(match.substances) < set(product.substances) and fold(product.name).endswith(_NIGHT)
        ]
        alike.sort(key=lambda each: (not fold(each.name).endswith(named.key), len(each.substances), len(each.name)))
        for product in alike:
            inside = tuple(product.substances)
            found.setdefault(inside, Candidate(product.name, "product", inside, product.market, product.note))
        flagged = [c for c in found.values() if any(self.lexicon.effect(s) for s in c.substances)]
        rest = [c for c in found.values() if c not in flagged]
        candidates = tuple((rest[:1] + flagged + rest[1:])[:5])
        if len(candidates) < 2:
            return items
        return [Item(start, end, Match(AMBIGUOUS, match.name, "", (), (), candidates, "variant", match.read))]

    def _in_a_phrase(self, words: Sequence[Word], items: list[Item]) -> list[Item]:
        """A substance whose name is an everyday word, before another one, may be something else ("garlic bread")."""
        if len(items) != 1:
            return items
        start, end, match = items[0]
        if match.status != EXACT or match.kind != "substance" or not self.lexicon.ordinary(words[start].key):
            return items
        following = words[end] if end < len(words) else None
        plain = following is not None and following.kind == "name" and self.lexicon.ordinary(following.key)
        if not plain or end - start > 1 or any(word.kind in _SPEAKS_FOR for word in words):
            return items
        asked = Candidate(match.name, match.kind, match.substances, "", "")
        return [Item(start, end, Match(AMBIGUOUS, match.name, "", (), (), (asked,), "spelling", match.read))]

    @staticmethod
    def _names_a_night_product(left: Sequence[Word], at: int) -> bool:
        """Whether a word says that the product is one for the night, not when it is taken.

        "PM" after an hour, and "night" after "at", say when.
        """
        word = left[at]
        if word.key in ("nighttime", "nightshift", "nacht", "noc"):
            return True
        if word.key != "pm" or word.text == "pm":
            return False
        before = left[at - 1] if at else None
        return before is None or before.kind != "number" or len(before.key) > 2

    def _spoilt_variant(self, words: Sequence[Word], follows: Word, match: Match) -> tuple[Candidate, ...]:
        """The product of this name whose further word the following one may be, misspelt; and the plain one."""
        from checker.matching.candidates import near

        stem = "".join(word.key for word in words)
        joined = stem + follows.key
        found: dict[tuple[str, ...], Candidate] = {}
        for item in near(joined, self.lexicon.block):
            if item.distance <= _ONE_SLIP and item.key.startswith(stem) and len(item.key) > len(stem):
                for reading in self._readings(item.key):
                    found.setdefault(reading.substances, reading.candidate())
        if not found:
            return ()
        found.setdefault(match.substances, Candidate(match.name, match.kind, match.substances, "", ""))
        return tuple(found.values())[:5]

    def _family(self, words: Sequence[Word], match: Match) -> tuple[Candidate, ...]:
        stem = "".join(word.key for word in words)
        family: list[Candidate] = [Candidate(match.name, match.kind, match.substances, "", "")]
        for key in self.lexicon.database.keys_starting(stem, 40):
            for reading in self._readings(key):
                if reading.kind == "product":
                    family.append(reading.candidate())
        first: dict[tuple[str, ...], Candidate] = {}
        for candidate in family:
            first.setdefault(candidate.substances, candidate)
        flagged = [c for c in first.values() if any(self.lexicon.effect(s) for s in c.substances)]
        rest = [c for c in first.values() if c not in flagged]
        return tuple((flagged + rest)[:5])

    def _left_over(self, entry: Entry, items: list[Item]) -> list[Item]:
        """Unknown words beside known names: another medicine only when they clearly spell one."""
        words = entry.words
        used = {place for start, end, _ in items for place in range(start, end)}
        found: list[Item] = []
        deep = 0  # what stands in brackets beside a known name explains it; only known names count there
        for place, word in enumerate(words):
            deep += (word.text in _OPENS) - (word.text in _CLOSES)
            if deep > 0 or place in used or word.kind != "name" or len(word.key) < 5 or self.lexicon.ordinary(word.key):
                continue
            match = self._near_key(word.key, word.text, sure=True)
            close = match.status == CORRECTED or (match.status == AMBIGUOUS and self._beside_list(words, place))
            if close and not _repeats(match, items):
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
        speaks_for = any(word.kind in _SPEAKS_FOR for word in words)
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


def _choices(match: Match) -> list[frozenset[str]]:
    if match.status == AMBIGUOUS:
        return [frozenset(candidate.substances) for candidate in match.candidates]
    return [frozenset(match.substances)]


def _repeats(match: Match, items: list[Item]) -> bool:
    mine = _choices(match)
    return any(each and each <= other for each in mine for _, _, item in items for other in _choices(item))


def _without_descriptions(words: Sequence[Word], items: list[Item]) -> list[Item]:
    """Leave out the class that only describes the medicine beside it ("salbutamol inhaler").

    Joined by a sign or a word it is one thing more ("lithium and a sleeping pill").
    """
    if all(item.match.kind == "class" for item in items):
        return items
    return [
        item
        for item in items
        if item.match.kind != "class"
        or any(w.kind == "joiner" and w.key for w in words[max(0, item.start - 2) : item.start])
    ]


def _without_echo(words: Sequence[Word], items: list[Item]) -> list[Item]:
    """Join a name and its echo: "quetiapine (Seroquel)" is one medicine named twice.

    An ingredient beside a brand that may hold it also says which product is meant.
    """
    out: list[Item] = []
    for start, end, match in items:
        if match.kind in ("class", "trigger"):
            out.append(Item(start, end, match))
            continue
        for place, (start2, end2, other) in enumerate(out):
            joined = None if _parted(words[end2:start]) else _echo(other, match)
            if joined is not None:
                out[place] = Item(start2, end2, joined)
                break
        else:
            out.append(Item(start, end, match))
    return out


def _parted(between: Sequence[Word]) -> bool:
    """Whether a word or sign between two names says that they are two ("A and B", "A (or B)")."""
    return any(word.key in _PARTING or word.text in _PARTING_SIGNS for word in between)


def _echo(first: Match, second: Match) -> Match | None:
    if first.kind in ("class", "trigger"):
        return None
    one, two = _choices(first), _choices(second)
    if first.status == EXACT and second.status == EXACT:
        if one[0] == two[0] or (one[0] > two[0] and second.kind != "product"):
            return first
        if two[0] > one[0] and first.kind != "product":
            return second
        return None
    if first.status == AMBIGUOUS and second.status == EXACT and two[0] in one:
        candidate = first.candidates[one.index(two[0])]
        return second._replace(name=candidate.name, kind=candidate.kind)
    if second.status == AMBIGUOUS and first.status == EXACT and one[0] in two:
        return first
    return None


def _combined(entry: Entry, items: list[Item]) -> list[Item]:
    """Ingredients joined by a sign or a word are one combination: all of them."""
    words = entry.words
    out: list[Item] = []
    for start, end, match in items:
        if out:
            start2, end2, before = out[-1]
            between = words[end2:start]
            if (
                before.status == match.status == EXACT
                and before.kind in ("substance", "combination")
                and match.kind == "substance"
                and not set(match.substances) <= set(before.substances)
                and between
                and any(word.kind == "joiner" for word in between)
                and all(word.kind in ("joiner", "salt", "strength", "number", "release") for word in between)
            ):
                text = entry.text[words[start2].start : words[end - 1].end]
                substances = tuple(dict.fromkeys((*before.substances, *match.substances)))
                out[-1] = Item(
                    start2,
                    end,
                    before._replace(name=" / ".join(substances), kind="combination", substances=substances, read=text),
                )
                continue
        out.append(Item(start, end, match))
    return out


def _split(entry: Entry, items: list[Item]) -> tuple[tuple[Entry, Match], ...]:
    """Give each medicine of an entry its own words: from its name up to the next one's."""
    words = entry.words
    pairs = []
    for place, (start, _, match) in enumerate(items):
        begin = 0 if place == 0 else words[start].start
        last = items[place + 1][0] if place + 1 < len(items) else len(words)
        stop = words[last].start if place + 1 < len(items) else len(entry.text)
        text = entry.text[begin:stop]
        own = words[0 if place == 0 else start : last]
        shifted = tuple(word._replace(start=word.start - begin, end=word.end - begin) for word in own)
        pairs.append((entry._replace(text=text.strip() or text, words=_trimmed(shifted, text)), match))
    return tuple(pairs)


def _trimmed(words: tuple[Word, ...], text: str) -> tuple[Word, ...]:
    lead = len(text) - len(text.lstrip())
    return tuple(word._replace(start=word.start - lead, end=word.end - lead) for word in words)
