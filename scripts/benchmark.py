"""Measure the matcher and its peers on the same inputs in one run (started by scripts/benchmark)."""

from __future__ import annotations

import argparse
import csv
import difflib
import gc
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from checker.assessment import assess
from checker.matching import Matcher
from checker.medication_list import read
from drugdb.folding import fold
from drugdb.reader import Database, open_database

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"
FLAGGED = frozenset(("worsens", "mixed", "augments"))
Answer = tuple[frozenset[str], frozenset[str]]  # read as, asked about


class Cases(NamedTuple):
    """The inputs, with what is right for each."""

    misspelt: list[tuple[str, str]]
    ambiguous: list[tuple[str, frozenset[str]]]
    pairs: list[tuple[str, str, str]]
    nothing: list[str]
    aggravators: list[str]


class Row(NamedTuple):
    """The figures of one method."""

    method: str
    right: float
    right_or_asked: float
    another: float
    lost: str
    pairs: str
    nothing: str
    guessed: str
    rate: float


def cases() -> Cases:
    """Read the cases."""

    def table(name: str) -> list[dict[str, str]]:
        with open(CASES / name, encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))

    def lines(name: str) -> list[str]:
        return [line for line in (CASES / name).read_text("utf-8").splitlines() if line]

    with open(ROOT / "drugdb" / "curated" / "lookalikes.csv", encoding="utf-8", newline="") as handle:
        pairs = [(row["name_a"], row["name_b"], row["source_id"]) for row in csv.DictReader(handle)]
    return Cases(
        [(row["written"], row["meant"]) for row in table("misspellings.csv")],
        [(row["written"], frozenset(row["claimed_by"].split("|"))) for row in table("ambiguous.csv")],
        pairs,
        lines("nondrugs.txt"),
        lines("aggravator_names.txt"),
    )


def ours(database: Database) -> Callable[[str], Answer]:
    """The matcher, through the reader, as the product uses it."""
    matcher = Matcher(database)
    matcher.lexicon.load()
    words = database.words()

    def answer(text: str) -> Answer:
        known: set[str] = set()
        asked: set[str] = set()
        for _, match in matcher.match_list(read(text, words)):
            if match.kind not in ("class", "trigger"):
                known.update(match.substances)
            for candidate in match.candidates:
                asked.update(candidate.substances)
        return frozenset(known), frozenset(asked)

    return answer


def guessing(vocabulary: dict[str, frozenset[str]], guess: Callable[[str], str | None]) -> Callable[[str], Answer]:
    """A method that finds one name of the vocabulary, or none."""

    def answer(text: str) -> Answer:
        key = text.lower().strip()
        found = key if key in vocabulary else guess(key)
        return (vocabulary[found] if found else frozenset()), frozenset()

    return answer


def peers(database: Database) -> Iterable[tuple[str, Callable[[str], Answer]]]:
    """What else there is, over the same vocabulary where a method has none of its own."""
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.fuzz import WRatio

    vocabulary: dict[str, frozenset[str]] = {}
    for group in database.all_spellings().values():
        for name in group:
            if name.substances and name.kind != "trigger":
                vocabulary.setdefault(name.text.lower(), frozenset(name.substances))
    names = list(vocabulary)

    def best(scorer: object, cutoff: float) -> Callable[[str], str | None]:
        def guess(text: str) -> str | None:
            found = process.extractOne(text, names, scorer=scorer, score_cutoff=cutoff)  # type: ignore[call-overload]
            return found[0] if found else None

        return guess

    yield "rapidfuzz WRatio 85", guessing(vocabulary, best(WRatio, 85))
    yield "rapidfuzz JaroWinkler 0.90", guessing(vocabulary, best(JaroWinkler.similarity, 0.9))

    def close(text: str) -> str | None:
        found = difflib.get_close_matches(text, names, 1, 0.8)
        return found[0] if found else None

    yield "difflib 0.80", guessing(vocabulary, close)

    try:
        from symspellpy import SymSpell, Verbosity
    except ImportError:
        print("symspellpy is not installed: left out", file=sys.stderr)
    else:
        spell = SymSpell(max_dictionary_edit_distance=2)
        for name in names:
            spell.create_dictionary_entry(name, 1)

        def symspell(text: str) -> str | None:
            found = spell.lookup(text, Verbosity.TOP, max_edit_distance=2)
            return found[0].term if found else None

        yield "symspellpy, distance 2", guessing(vocabulary, symspell)

    from drug_named_entity_recognition import find_drugs

    synonyms = {
        fold(synonym): substance.name for substance in database.substances() for synonym in substance.synonyms
    } | {fold(substance.name): substance.name for substance in database.substances()}

    def dictionary(text: str) -> Answer:
        try:
            found = find_drugs(text.split(), is_fuzzy_match=True, is_ignore_case=True)
        except UnboundLocalError:  # it fails so on some inputs; counted as nothing found
            found = []
        read_as = {synonyms.get(fold(drug["name"]), drug["name"].lower()) for drug, *_ in found}
        return frozenset(read_as), frozenset()

    yield "drug-named-entity-recognition, fuzzy", dictionary


def measure(method: str, answer: Callable[[str], Answer], given: Cases, database: Database) -> Row:
    """Run one method over all cases."""

    def flagged(substances: Iterable[str]) -> bool:
        rows = (database.substance(name) for name in substances)
        return any(row.effect in FLAGGED for row in rows if row)

    start = time.perf_counter()
    answers = [(answer(written), meant) for written, meant in given.misspelt]
    rate = len(answers) / (time.perf_counter() - start)
    right = sum(read_as == {meant} for (read_as, _), meant in answers)
    asked = sum(not read_as and meant in offered for (read_as, offered), meant in answers)
    another = sum(bool(read_as) and read_as != {meant} for (read_as, _), meant in answers)
    aggravators = [(read_as | offered, meant) for (read_as, offered), meant in answers if flagged([meant])]
    lost = sum(meant not in seen for seen, meant in aggravators)
    wrong_pairs = 0
    truth = ours_exact(database)
    for left, right_name, _ in given.pairs:
        for name in (left, right_name):
            read_as, _ = answer(name)
            if read_as and truth(name) and read_as not in truth(name):
                wrong_pairs += 1
                break
    called = [answer(text)[0] for text in given.nothing]
    guessed = sum(bool(answer(written)[0]) for written, _ in given.ambiguous)
    count = len(answers)
    return Row(
        method,
        100 * right / count,
        100 * (right + asked) / count,
        100 * another / count,
        f"{lost} of {len(aggravators)}",
        f"{wrong_pairs} of {len(given.pairs)}",
        f"{sum(map(bool, called))} / {sum(map(flagged, called))} of {len(called)}",
        f"{guessed} of {len(given.ambiguous)}",
        rate,
    )


def ours_exact(database: Database) -> Callable[[str], set[frozenset[str]]]:
    """What a correctly written name may stand for, by the reference."""

    def truth(name: str) -> set[frozenset[str]]:
        return {frozenset(entry.substances) for entry in database.spelling(fold(name))}

    return truth


def speeds(database: Database, given: Cases) -> dict[str, str]:
    """Times of the matcher, of a whole list, of the process, and its memory."""
    matcher = Matcher(database)
    matcher.lexicon.load()
    names = [group[0].text for group in database.all_spellings().values() if group[0].kind != "guard"]
    misspelt = [written for written, _ in given.misspelt]
    for text in (*names, *misspelt):
        matcher.match_name(text)
    gc.collect()
    # processor time: what else the machine does must not count
    start = time.process_time()
    for name in names:
        matcher.match_name(name)
    exact = len(names) / (time.process_time() - start)
    fresh = Matcher(database)
    fresh.lexicon = matcher.lexicon
    start = time.process_time()
    for text in misspelt:
        fresh.match_name(text)
    fuzzy = len(misspelt) / (time.process_time() - start)
    words = database.words()
    hundred = "\n".join(names[:: max(1, len(names) // 100)][:100])
    whole, assessed = [], []
    for _ in range(9):
        start = time.process_time()
        pairs = matcher.match_list(read(hundred, words))
        middle = time.process_time()
        assess(pairs, database)
        stop = time.process_time()
        whole.append(stop - start)
        assessed.append(stop - middle)
    base = process_time([sys.executable, "-c", "pass"])
    return {
        "lines a second, warm, exact": f"{exact:,.0f}",
        "lines a second, warm, misspelt": f"{fuzzy:,.0f}",
        "a list of 100 entries assessed, clashes included": f"{1000 * statistics.median(assessed):.1f} ms",
        "a list of 100 entries read, matched and assessed": f"{1000 * statistics.median(whole):.1f} ms",
        "an exact check, whole process, against `python -c pass`": against(base, "haloperidol"),
        "a misspelt check, whole process, against `python -c pass`": against(base, "haloperidoll"),
        "one misspelt name with `rlscheck match`": against_match(base, "haloperidoll"),
        "the page: a list of 15 lines answered, on the server": page(names),
        "80,000 characters of a hostile paste read, the slowest of six": f"{hostile(words):.1f} s",
        "the database built": f"{built():.1f} s",
        "memory of a process with the matcher loaded": memory(),
    }


def hostile(words: Mapping[str, str]) -> float:
    """The processor time that the slowest of some pastes takes, in seconds; linear in their length."""
    times = []
    for unit in ("a,", "( x ", "Allergies: x ", "stopped a and ", "take 1 tablet daily\n", '"a","b",'):
        start = time.process_time()
        read(unit * (80_000 // len(unit)), words)
        times.append(time.process_time() - start)
    return max(times)


def built() -> float:
    """The median of three builds of the database, whole process, in seconds."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        place = os.path.join(folder, "rlscheck.sqlite")
        for _ in range(3):
            start = time.perf_counter()
            command = [sys.executable, "-c", "from checker.cli import main; main()", "db", "build"]
            subprocess.run(command, env={**os.environ, "RLSCHECK_DB": place}, capture_output=True, check=True)
            times.append(time.perf_counter() - start)
            os.remove(place)
    return statistics.median(times)


def page(names: list[str]) -> str:
    """The median of 20 answers of the page, with their size."""
    from checker.web import create_app

    client = create_app().test_client()
    fifteen = "\n".join(names[:: max(1, len(names) // 15)][:15])
    times = []
    for _ in range(21):
        start = time.perf_counter()
        answer = client.post("/check", data={"list": fifteen})
        times.append(time.perf_counter() - start)
    return f"{1000 * statistics.median(times[1:]):.1f} ms, {len(answer.data) / 1000:.0f} kB"


def process_time(command: list[str], text: str = "") -> float:
    """The lower quartile of 20 runs, in seconds."""
    times = []
    for _ in range(20):
        start = time.perf_counter()
        subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        times.append(time.perf_counter() - start)
    return sorted(times)[5]


def against(base: float, name: str) -> str:
    spent = process_time([sys.executable, "-c", "from checker.cli import main; main()", "check", "-e", name])
    return f"{spent / base:.2f} times ({1000 * spent:.0f} ms)"


def against_match(base: float, name: str) -> str:
    spent = process_time([sys.executable, "-c", "from checker.cli import main; main()", "match"], name + "\n")
    return f"{spent / base:.2f} times ({1000 * spent:.0f} ms)"


def memory() -> str:
    """What a process of its own holds once the matcher has met every name."""
    code = (
        "from drugdb.reader import open_database; from checker.matching import Matcher; "
        "m = Matcher(open_database()); m.lexicon.load(); keys = list(m.lexicon.database.payloads()); "
        "[m.match_name(key) for key in keys]; [m.match_name(key + 'x') for key in keys[:300]]; del keys; "
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmRSS')).split()[1])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return f"{int(done.stdout) / 1024:.0f} MB"


def report(rows: list[Row], speed: dict[str, str], given: Cases, database: Database) -> str:
    """The document."""
    head = (
        "| method | read right | right or asked | another drug | aggravators lost | look-alike pairs with an error "
        "| non-drugs called a drug / an aggravator | ambiguous guessed | lines a second |"
    )
    lines = [
        "# Benchmark",
        "",
        "Made by `scripts/benchmark`, all methods on the same inputs in one run: "
        f"{len(given.misspelt)} misspelt names, {len(given.pairs)} published look-alike pairs, {len(given.nothing)} "
        f"lines that name no drug and {len(given.ambiguous)} ambiguous spellings from `tests/cases` and "
        "`drugdb/curated/lookalikes.csv`. The cases are our own: they show how the methods compare, not how any of them "
        "does on your lists. None of the others asks: every doubt becomes a guess.",
        "",
        f"Data {database.meta['data_version']}, Python {platform.python_version()}, {os.cpu_count()} cores "
        f"({platform.machine()}).",
        "",
        head,
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.method} | {row.right:.1f} % | {row.right_or_asked:.1f} % | {row.another:.1f} % | {row.lost} "
        f"| {row.pairs} | {row.nothing} | {row.guessed} | {row.rate:,.0f} |"
        for row in rows
    ]
    lines += ["", "## Speed and memory", "", "| what | figure |", "|---|---|"]
    lines += [f"| {what} | {figure} |" for what, figure in speed.items()]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="ours alone, printed and not written")
    options = parser.parse_args()
    database = open_database()
    given = cases()
    rows = [measure("rlscheck", ours(database), given, database)]
    if not options.quick:
        rows += [measure(name, answer, given, database) for name, answer in peers(database)]
    text = report(rows, speeds(database, given), given, database)
    print(text)
    if not options.quick:
        (ROOT / "docs" / "benchmark.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
