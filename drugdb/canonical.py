"""The one way to write the curated files, and the hash of what they hold.

Programs quote fields differently; the hash is of what the files say, not of how a program wrote them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from drugdb.curated import Curated


def write(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file: UTF-8, lines ended by a line feed, quotes only where they are needed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()


def write_words(words: Iterable[str]) -> bytes:
    """Return a list of words as a file, one a line."""
    return "".join(f"{word}\n" for word in words).encode()


def files_of(curated: Curated, words: Iterable[str], word_file: str) -> dict[str, bytes]:
    """Return curated data as files, by name."""
    files = {
        f"{stem}.csv": write(curated.columns[stem], (tuple(row.values.values()) for row in rows))
        for stem, rows in curated.tables.items()
    }
    return {**files, word_file: write_words(words)}


def hash_all(files: Iterable[tuple[str, bytes]]) -> str:
    """Return the SHA-256 of files, given by name and content."""
    import hashlib  # opens the system's OpenSSL: 5 ms that a plain check does without

    total = hashlib.sha256()
    for name, content in files:
        total.update(f"{name} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()
