"""Read the database: the only way in for everything that checks, shows or searches.

Opened read-only and as immutable: a file of ours is never changed in place, only replaced whole.
"""

from __future__ import annotations

import os
from _thread import allocate_lock  # threading itself costs a millisecond at every start
from collections.abc import Callable, Iterable, Sequence

from drugdb import location
from drugdb.folding import fold
from drugdb.identity import DAMAGED, OURS, DatabaseError, refusal, state_of
from drugdb.records import (
    Condition,
    CountRule,
    DrugClass,
    Group,
    Name,
    Product,
    Purpose,
    PurposeUse,
    Rule,
    Source,
    Substance,
    Term,
    Treatment,
)
from drugdb.values import TYPE_CHECKING
from drugdb.vocabulary import unpack

try:
    import _sqlite3 as sqlite3  # all of sqlite3 but its dates, which take longer to import than it does
except ImportError:  # another Python than CPython
    import sqlite3  # type: ignore[no-redef]

if TYPE_CHECKING:
    from typing import Any, TypeVar

    _Line = tuple[Any, ...]
    _Row = TypeVar("_Row")

NOT_LISTED = "not-listed"  # an effect to search for: not assessed

_SUBSTANCE = (
    "SELECT name, kind, synonyms, class_ids, used_for, effect, risk, evidence, figure, mechanism, alternatives, "
    "abrupt_stop_risk, route_note, source_ids, remark, plain_names FROM substance"
)
_CLASS = (
    "SELECT id, name, plain_name, used_for, effect, risk, evidence, figure, mechanism, patient_advice, "
    "pharmacist_note, source_ids, remark FROM class"
)
_SOURCE = (
    "SELECT id, title, authors, journal, year, pmid, doi, url, kind, reliability, seen_at, note, link, statements "
    "FROM source"
)
_TREATMENT = (
    "SELECT substance, class_id, guideline_position, augmentation_risk, warnings, brands, source_ids, remark "
    "FROM treatment ORDER BY line"
)
_CONDITION = "SELECT name, plain_name, relation, what_to_ask, source_ids, remark FROM condition ORDER BY line"
_RULE = "SELECT id, side_a, side_b, severity, mechanism, effect, advice, source_ids, remark FROM rule ORDER BY line"
_COUNT_RULE = (
    "SELECT id, group_ids, minimum, severity, mechanism, effect, advice, source_ids, remark FROM count_rule "
    "ORDER BY line"
)
_GROUP = "SELECT id, members, remark FROM group_ ORDER BY line"
_TERM = "SELECT term, meaning, source_ids FROM glossary ORDER BY line"
_PURPOSE_USE = "SELECT purpose, applies_to, beside, with_group FROM purpose_use ORDER BY line"
_PURPOSE = "SELECT name, avoid, consider, caveat, source_ids FROM purpose ORDER BY line"
_PRODUCT = "SELECT name, market, substances, other_script, note, otc, seen_at FROM product"
_CHUNK = 500  # keys in one query; SQLite allows 999 where it is old


def _many(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def open_database(path: str | None = None) -> Database:
    """Open the database, and make or bring up to date ours first when no path is given.

    Args:
        path: a database file to open as it is; None for the usual one (see ``drugdb.location``).

    Raises:
        DatabaseError: it is damaged, foreign or too new, or none can be made. The text says what to do.
    """
    if path is None:
        usual = location.target()
        if state_of(usual) == OURS:
            database = Database(usual)
            if location.fits(database.meta):
                return database
            database.close()
        path = location.ensure()
    return Database(path)


def connect(path: str) -> sqlite3.Connection:
    """Open a database file for reading only.

    Raises:
        DatabaseError: it cannot be opened.
    """
    full = os.path.abspath(path).replace(os.sep, "/")
    for char in "%?#":  # the three that mean something in an address
        full = full.replace(char, f"%{ord(char):02X}")
    try:
        return sqlite3.connect(f"file:///{full.lstrip('/')}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    except sqlite3.Error as error:
        raise DatabaseError(f"{path} cannot be opened ({error}). Make it anew with: rlscheck db build") from error


def read_meta(path: str) -> dict[str, str]:
    """Return what a database says of itself.

    Raises:
        DatabaseError: it is damaged.
    """
    connection = connect(path)
    try:
        return dict(connection.execute("SELECT key, value FROM meta"))
    except sqlite3.Error as error:
        raise DatabaseError(refusal(path, DAMAGED)) from error
    finally:
        connection.close()


class Database:
    """An open database. Everything read is kept, so that asking twice costs nothing.

    May be shared between threads. After a fork each process opens the file for itself.

    Args:
        path: the file.

    Raises:
        DatabaseError: the file is absent, damaged, foreign, too old or too new.
    """

    def __init__(self, path: str) -> None:
        state = state_of(path)
        if state != OURS:
            raise DatabaseError(refusal(path, state))
        self.path = path
        self._lock = allocate_lock()
        self._process = os.getpid()
        self._connection = connect(path)
        self.meta: dict[str, str] = dict(self._rows("SELECT key, value FROM meta"))
        self._spellings: dict[str, tuple[Name, ...]] = {}
        self._blocks: dict[str, str] = {}
        self._substances: dict[str, Substance | None] = {}
        self._classes: dict[str, DrugClass | None] = {}
        self._sources: dict[str, Source | None] = {}
        self._treatments: dict[str, Treatment] | None = None
        self._members: dict[str, tuple[Substance, ...]] = {}
        self._products: dict[str | None, tuple[Product, ...]] = {}
        self._whole: dict[str, tuple[Any, ...]] = {}

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[_Line]:
        with self._lock:
            if self._process != os.getpid():
                self._connection, self._process = connect(self.path), os.getpid()
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.Error as error:
                raise DatabaseError(
                    f"{self.path} is damaged ({error}). Make it anew with: rlscheck db build"
                ) from error

    # -- names ---------------------------------------------------------------------------------

    def spelling(self, key: str) -> tuple[Name, ...]:
        """Return the names that share a key (see ``drugdb.folding.fold``); empty when unknown."""
        found = self._spellings.get(key)
        if found is None:
            rows = self._rows("SELECT payload FROM spelling WHERE key = ?", (key,))
            if not rows:
                return ()  # what people wrote is not kept
            found = self._spellings[key] = unpack(rows[0][0])
        return found

    def spellings(self, keys: Iterable[str]) -> dict[str, tuple[Name, ...]]:
        """Return the names of many keys in few queries; unknown keys are left out."""
        wanted = list(dict.fromkeys(keys))
        missing = [key for key in wanted if key not in self._spellings]
        for start in range(0, len(missing), _CHUNK):
            chunk = missing[start : start + _CHUNK]
            marks = ",".join("?" * len(chunk))
            rows = self._rows(f"SELECT key, payload FROM spelling WHERE key IN ({marks})", chunk)  # noqa: S608
            self._spellings |= {key: unpack(payload) for key, payload in rows}
        return {key: self._spellings[key] for key in wanted if key in self._spellings}

    def payloads(self) -> dict[str, str]:
        """Return every key with its names still packed (``drugdb.vocabulary.unpack``), for bulk work."""
        return dict(self._rows("SELECT key, payload FROM spelling"))

    def all_spellings(self) -> dict[str, tuple[Name, ...]]:
        """Return the whole vocabulary, names by key."""
        return {key: unpack(payload) for key, payload in self.payloads().items()}

    def keys_starting(self, stem: str, most: int) -> list[str]:
        """Return the keys that go on after ``stem``, at most ``most``, in alphabetical order."""
        rows = self._rows(
            "SELECT key FROM spelling WHERE key > ? AND key < ? ORDER BY key LIMIT ?", (stem, f"{stem}\U0010ffff", most)
        )
        return [key for (key,) in rows]

    def fuzzy_block(self, block: str) -> str | None:
        """Return a block of the index for misspellings, packed; None when there is none of that id."""
        found = self._blocks.get(block)
        if found is None:
            rows = self._rows("SELECT payload FROM fuzzy_block WHERE id = ?", (block,))
            if not rows:
                return None
            found = self._blocks[block] = rows[0][0]
        return found

    def fuzzy_blocks(self) -> dict[str, str]:
        """Return all blocks of the index for misspellings."""
        return dict(self._rows("SELECT id, payload FROM fuzzy_block"))

    def words(self) -> dict[str, str]:
        """Return the words of medication lists that are no names, folded, with their kind."""
        from drugdb.vocabulary import unpack_words

        return unpack_words(self._rows("SELECT payload FROM packed WHERE id = 'words'")[0][0])

    def ordinary(self, key: str) -> bool:
        """Return whether a key is an ordinary English word."""
        return bool(self._rows("SELECT 1 FROM ordinary_word WHERE word = ?", (key,)))

    def lookalikes(self) -> list[tuple[str, str, str]]:
        """Return the pairs of names that are known to be confused, as keys, with the source that says so."""
        rows = self._rows("SELECT key_a, key_b, source_id FROM lookalike ORDER BY rowid")
        return [(left, right, source) for left, right, source in rows]

    # -- substances and classes ----------------------------------------------------------------

    def substance(self, name: str) -> Substance | None:
        """Return a medicine or a trigger by its name in the reference; None when there is none."""
        if name not in self._substances:
            rows = self._rows(f"{_SUBSTANCE} WHERE name = ?", (name,))
            self._substances[name] = _substance(rows[0]) if rows else None
        return self._substances[name]

    def substances(self) -> tuple[Substance, ...]:
        """Return all medicines and triggers, in alphabetical order."""
        return self._kept("substances", f"{_SUBSTANCE} ORDER BY name", _substance)

    def members(self, class_id: str) -> tuple[Substance, ...]:
        """Return the substances of a class, in alphabetical order."""
        if class_id not in self._members:
            rows = self._rows(
                "SELECT substance FROM substance_class WHERE class_id = ? ORDER BY substance", (class_id,)
            )
            found = (self.substance(name) for (name,) in rows)
            self._members[class_id] = tuple(each for each in found if each is not None)
        return self._members[class_id]

    def drug_class(self, class_id: str) -> DrugClass | None:
        """Return a class by its id; None when there is none."""
        if class_id not in self._classes:
            rows = self._rows(f"{_CLASS} WHERE id = ?", (class_id,))
            self._classes[class_id] = _drug_class(rows[0]) if rows else None
        return self._classes[class_id]

    def drug_classes(self) -> tuple[DrugClass, ...]:
        """Return all classes, in the order of the curated file."""
        return self._kept("classes", f"{_CLASS} ORDER BY line", _drug_class)

    def products(self, substance: str | None = None) -> tuple[Product, ...]:
        """Return the products that hold a substance, or all, by name and market."""
        if substance not in self._products:
            holds = "WHERE id IN (SELECT product_id FROM product_substance WHERE substance = ?)"
            where, values = ("", ()) if substance is None else (holds, (substance,))
            rows = self._rows(f"{_PRODUCT} {where} ORDER BY name COLLATE NOCASE, market, line", values)
            self._products[substance] = tuple(_product(row) for row in rows)
        return self._products[substance]

    def search(self, text: str, effect: str = "", class_id: str = "", limit: int = 50) -> tuple[Substance, ...]:
        """Find substances by the beginnings of words in their names, brands, classes and uses.

        Args:
            text: what was typed; empty finds everything that the filters let through.
            effect: one effect alone; ``NOT_LISTED`` for those that are not assessed; empty for any.
            class_id: one class alone; empty for any.
            limit: how many at most; negative for all.

        Returns:
            The best first; without a text, in alphabetical order.
        """
        words = _words(text)
        if words:
            # a name found as a name stands before one found by a class, a brand, a use
            rows = self._rows(
                "SELECT substance.name FROM substance_fts JOIN substance ON substance.rowid = substance_fts.rowid "
                "WHERE substance_fts MATCH ? ORDER BY bm25(substance_fts, 10, 8, 6, 2, 4, 1), substance.name",
                (" ".join(f'"{word}"*' for word in words),),
            )
            key = fold(text)
            begun = sorted((name for (name,) in rows), key=lambda name: not fold(name).startswith(key))
            names = dict.fromkeys((*self._named(key), *begun))
            found = [each for each in map(self.substance, names) if each is not None]
        else:
            found = [] if text.strip() else list(self.substances())
        chosen = [
            each
            for each in found
            if (not effect or each.effect == ("" if effect == NOT_LISTED else effect))
            and (not class_id or class_id in each.classes)
        ]
        return tuple(chosen if limit < 0 else chosen[:limit])

    def _named(self, key: str) -> list[str]:
        """Return the substances whose own name, or whose brand, has the key; fewest ingredients first."""
        names = sorted(self.spelling(key), key=lambda name: len(name.substances))
        return [substance for name in names for substance in name.substances]

    # -- the rest ------------------------------------------------------------------------------

    def source(self, source_id: str) -> Source | None:
        """Return a source by its id; None when there is none."""
        if source_id not in self._sources:
            rows = self._rows(f"{_SOURCE} WHERE id = ?", (source_id,))
            self._sources[source_id] = _source(rows[0]) if rows else None
        return self._sources[source_id]

    def sources(self) -> tuple[Source, ...]:
        """Return all sources, by id."""
        return self._kept("sources", f"{_SOURCE} ORDER BY id", _source)

    def treatment(self, substance: str) -> Treatment | None:
        """Return what is known of a substance as an RLS treatment; None when it is none."""
        if self._treatments is None:
            self._treatments = {each.substance: each for each in self.treatments()}
        return self._treatments.get(substance)

    def treatments(self) -> tuple[Treatment, ...]:
        """Return all RLS treatments, in the order of the curated file."""
        return self._kept("treatments", _TREATMENT, _treatment)

    def conditions(self) -> tuple[Condition, ...]:
        """Return the conditions tied to RLS."""
        return self._kept("conditions", _CONDITION, _condition)

    def rules(self) -> tuple[Rule, ...]:
        """Return all rules of two sides."""
        return self._kept("rules", _RULE, _rule)

    def count_rules(self) -> tuple[CountRule, ...]:
        """Return all rules that count the members of groups."""
        return self._kept("count rules", _COUNT_RULE, _count_rule)

    def groups(self) -> tuple[Group, ...]:
        """Return all groups with their members."""
        return self._kept("groups", _GROUP, _group)

    def purposes(self) -> tuple[Purpose, ...]:
        """Return what to ask about instead, by purpose."""
        return self._kept("purposes", _PURPOSE, _purpose)

    def purpose_uses(self) -> tuple[PurposeUse, ...]:
        """Return which flagged substances and classes each purpose is offered for."""
        return self._kept("purpose uses", _PURPOSE_USE, _purpose_use)

    def glossary(self) -> tuple[Term, ...]:
        """Return the words that are explained, in the order of the curated file."""
        return self._kept("glossary", _TERM, _term)

    def markets(self) -> tuple[str, ...]:
        """Return the markets that products are known for, two letters each."""
        return tuple(
            market for (market,) in self._rows("SELECT DISTINCT market FROM product ORDER BY market") if market
        )

    def table(self, name: str, columns: Sequence[str], file: str = "") -> list[tuple[Any, ...]]:
        """Return the rows of a table that came from a curated file, in its order, for an export."""
        chosen = ", ".join(f'"{column}"' for column in columns)
        where, values = ("AND file = ?", (file,)) if file else ("", ())
        statement = f'SELECT {chosen} FROM "{name}" WHERE line IS NOT NULL {where} ORDER BY line'  # noqa: S608
        return self._rows(statement, values)

    def ordinary_words(self) -> list[str]:
        """Return the ordinary English words, in alphabetical order."""
        return [word for (word,) in self._rows("SELECT word FROM ordinary_word ORDER BY word")]

    def counts(self) -> dict[str, int]:
        """Return how many rows the tables hold that a person would look at."""
        tables = (
            "source", "class", "substance", "condition", "treatment", "rule", "count_rule", "group_", "purpose",
            "product", "name", "spelling", "citation",
        )  # fmt: skip
        return {table: int(self._rows(f"SELECT count(*) FROM {table}")[0][0]) for table in tables}  # noqa: S608

    def _kept(self, what: str, statement: str, make: Callable[[_Line], _Row]) -> tuple[_Row, ...]:
        found = self._whole.get(what)
        if found is None:
            found = self._whole[what] = tuple(make(row) for row in self._rows(statement))
        return found


def verify(path: str) -> list[str]:
    """Return everything that is wrong with a database file, in words; empty when nothing is.

    Checks the file's structure, the references between its tables, that it holds exactly the curated data
    that it says it holds, and that every name leads where the vocabulary says.
    """
    from drugdb.verification import problems  # reads everything; no check of a list needs it

    return problems(path)


def _words(text: str) -> list[str]:
    """Return the words of a search as the index has them: letters and digits only."""
    return "".join(char if char.isalnum() else " " for char in text).split()


def _substance(row: _Line) -> Substance:
    *fields, plain_names = row
    fields[2] = "|".join(dict.fromkeys((*_many(plain_names), *_many(fields[2]))))
    return Substance._make(_lists(fields, 2, 3, 10, 13))


def _drug_class(row: _Line) -> DrugClass:
    return DrugClass._make(_lists(row, 11))


def _source(row: _Line) -> Source:
    return Source._make(row)


def _treatment(row: _Line) -> Treatment:
    return Treatment._make(_lists(row, 5, 6))


def _condition(row: _Line) -> Condition:
    return Condition._make(_lists(row, 4))


def _rule(row: _Line) -> Rule:
    return Rule._make(_lists(row, 7))


def _count_rule(row: _Line) -> CountRule:
    return CountRule._make(_lists(row, 1, 7))


def _group(row: _Line) -> Group:
    return Group._make(_lists(row, 1))


def _purpose(row: _Line) -> Purpose:
    return Purpose._make(_lists(row, 1, 2, 4))


def _term(row: _Line) -> Term:
    return Term._make(_lists(row, 2))


def _purpose_use(row: _Line) -> PurposeUse:
    return PurposeUse._make(_lists(row, 1, 2))


def _product(row: _Line) -> Product:
    return Product._make((*_lists(row, 2), bool(row[6])))


def _lists(row: Iterable[Any], *places: int) -> list[Any]:
    """Return the fields of a row, those at ``places`` as the lists that they hold."""
    fields = list(row)
    for place in places:
        fields[place] = _many(fields[place])
    return fields
