"""Ask RxNav, a public service of the US National Library of Medicine, for brand names that we do not have.

What it answers becomes a list of proposals, a CSV file with the columns of ``products.csv`` and a reason,
for a pharmacist to look through. The curated files are never written: a service can be wrong, and a name
that is wrong here could hide a medicine that worsens restless legs. Nothing but names of substances of
our own reference is sent.

The two calls, as RxNav documents them (https://lhncbc.nlm.nih.gov/RxNav/APIs/RxNormAPIs.html)::

    rxcui.json?name=diphenhydramine      {"idGroup": {"rxnormId": ["3498"]}}
    rxcui/3498/related.json?tty=BN       {"relatedGroup": {"conceptGroup": [{"tty": "BN",
                                          "conceptProperties": [{"rxcui": "203457", "name": "Benadryl"}]}]}}
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from drugdb import canonical, files
from drugdb.curated import FOLDER, Curated, Row, read
from drugdb.folding import fold
from drugdb.guard import substances_by_key
from drugdb.identity import DatabaseError

if TYPE_CHECKING:
    import requests

BASE = "https://rxnav.nlm.nih.gov/REST"
VARIABLE = "RLSCHECK_RXNAV"
MARKET = "US"
COLUMNS = ("product", "market", "substances", "other_script", "note", "otc", "seen_at", "reason")

_RATE = 20.0  # requests a second that the service allows
_TIMEOUT = 10.0
_TRIES = 4
_BACKOFF = 0.5  # seconds before the second try; doubled for each further one
_LONGEST_WAIT = 30.0  # of what a busy service may ask for
_LARGEST = 4_000_000  # bytes of an answer
_GIVE_UP = 3  # substances in a row that could not be asked for
_NAMES_TRIED = 5  # of a substance: RxNav knows American names
_PLAIN = re.compile(r"[^\W_][^\x00-\x1f\x7f|\"]{0,79}")

Progress = Callable[[int, int, str], None]


class RefreshError(DatabaseError):
    """The service cannot be used, or the proposals not be written. The text says what to do."""


class Answer(NamedTuple):
    """What came of asking."""

    path: str  # of the proposals
    asked: int  # substances
    proposals: int
    failures: tuple[str, ...]  # substances that could not be asked for, and why


class _UnusableError(Exception):
    """One answer that cannot be used."""


class Client:
    """Asks RxNav: not faster than it allows, again when it is busy, and never for ever.

    Args:
        base: the address of the service.
        rate: requests a second.
        timeout: seconds for one request.
        tries: how often one request is tried.
        backoff: seconds before the second try.
    """

    def __init__(
        self,
        base: str = BASE,
        *,
        rate: float = _RATE,
        timeout: float = _TIMEOUT,
        tries: int = _TRIES,
        backoff: float = _BACKOFF,
    ) -> None:
        import requests  # a sixth of a second that nothing else needs

        self._base = base.rstrip("/")
        self._session: requests.Session = requests.Session()
        self._session.headers["Accept"] = "application/json"
        self._pause, self._timeout, self._tries, self._backoff = 1 / rate, timeout, tries, backoff
        self._next = 0.0

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def concept(self, name: str) -> str:
        """Return RxNav's id of a substance; empty when it knows none of that name."""
        group = _part(self._get("rxcui.json", {"name": name}), "idGroup", dict)
        ids = _part(group, "rxnormId", list) if "rxnormId" in group else []
        return _id(ids[0]) if ids else ""

    def related(self, concept: str, kind: str) -> list[tuple[str, str]]:
        """Return id and name of what is related to a concept: ``BN`` brand names, ``IN`` ingredients."""
        group = _part(self._get(f"rxcui/{concept}/related.json", {"tty": kind}), "relatedGroup", dict)
        found = []
        for concepts in _part(group, "conceptGroup", list) if "conceptGroup" in group else []:
            if not isinstance(concepts, dict) or concepts.get("tty") != kind:
                continue
            for each in concepts.get("conceptProperties") or []:
                found.append((_id(_part(each, "rxcui", str)), _name(_part(each, "name", str))))
        return found

    def _get(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        """Return an answer.

        Raises:
            _UnusableError: there is none after all tries, or it is not what is documented.
        """
        reason = ""
        for attempt in range(self._tries):
            wait = self._backoff * 2 ** (attempt - 1) if attempt else 0.0
            try:
                answer = self._ask(path, query, wait)
            except _BusyError as busy:
                reason = str(busy)
                time.sleep(min(busy.wait, _LONGEST_WAIT))
                continue
            if not isinstance(answer, dict):
                raise _UnusableError("the answer is not what RxNav documents")
            return answer
        raise _UnusableError(reason)

    def _ask(self, path: str, query: dict[str, str], wait: float) -> object:
        import requests

        time.sleep(max(wait, self._next - time.monotonic(), 0.0))
        self._next = time.monotonic() + self._pause
        try:
            with self._session.get(
                f"{self._base}/{path}", params=query, timeout=self._timeout, stream=True, allow_redirects=False
            ) as response:
                if response.status_code == requests.codes.not_found:
                    return {"idGroup": {}, "relatedGroup": {}}
                if response.status_code == requests.codes.too_many or response.status_code >= 500:
                    raise _BusyError(f"the service answered {response.status_code}", _seconds(response))
                if response.status_code != requests.codes.ok:
                    raise _UnusableError(f"the service answered {response.status_code}")
                return _json(_body(response, self._timeout))
        except requests.RequestException as error:
            raise _BusyError(_why(error), 0.0) from error


class _BusyError(Exception):
    """A failure that may pass. ``wait`` is how long the service asks to wait, in seconds."""

    def __init__(self, text: str, wait: float) -> None:
        super().__init__(text)
        self.wait = wait


def _body(response: requests.Response, timeout: float) -> bytes:
    """Return the body, unless it is too large or drips in too slowly."""
    until = time.monotonic() + timeout
    content = b""
    for chunk in response.iter_content(65536):
        content += chunk
        if len(content) > _LARGEST:
            raise _UnusableError("the answer is too large")
        if time.monotonic() > until:
            raise _BusyError("the answer came too slowly", 0.0)
    return content


def _json(content: bytes) -> object:
    import json

    try:
        return json.loads(content)
    except ValueError as error:
        raise _BusyError("the answer is not JSON", 0.0) from error


def _seconds(response: requests.Response) -> float:
    text = response.headers.get("Retry-After", "")
    return float(text) if text.isdigit() else 0.0


def _why(error: requests.RequestException) -> str:
    import requests

    if isinstance(error, requests.Timeout):
        return "no answer in time"
    return "no connection" if isinstance(error, requests.ConnectionError) else type(error).__name__


def _part(answer: object, key: str, sort: type) -> Any:
    value = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(value, sort):
        raise _UnusableError(f"the answer has no {key} as RxNav documents it")
    return value


def _id(text: object) -> str:
    if not isinstance(text, str) or not text.isascii() or not text.isdigit():
        raise _UnusableError("the answer has an id that is no number")
    return text


def _name(text: str) -> str:
    """Return a name that may stand in a CSV file which somebody opens in a spreadsheet."""
    text = " ".join(text.split())
    if not _PLAIN.fullmatch(text):
        raise _UnusableError(f"the answer has a name that is none: {text[:40]!r}")
    return text


# -- proposals ---------------------------------------------------------------------------------


def propose(
    path: str,
    *,
    substances: Iterable[str] = (),
    base: str = "",
    folder: str = FOLDER,
    client: Client | None = None,
    progress: Progress | None = None,
) -> Answer:
    """Write proposals for brands that RxNav knows in the US and we do not, or know otherwise.

    Args:
        path: the CSV file to write.
        substances: which to ask for; all medicines when empty.
        base: the address of the service; else ``RLSCHECK_RXNAV``, else RxNav's own.
        folder: the curated files to compare with.
        client: a client of one's own making.
        progress: called before each substance with its number, how many there are, and its name.

    Raises:
        RefreshError: the service cannot be reached, a substance is unknown, or the file cannot be written.
    """
    if os.path.realpath(os.path.dirname(os.path.abspath(path))) == os.path.realpath(folder):
        raise RefreshError(f"{path} lies among the curated files. Give another folder; proposals are to be reviewed.")
    base = base or os.environ.get(VARIABLE, "") or BASE
    curated = read(folder)
    wanted = _wanted(curated, tuple(substances))
    own = client or Client(base)
    try:
        rows, failures = _ask_all(own, curated, wanted, base, progress)
    finally:
        if client is None:
            own.close()
    try:
        files.write_whole(os.path.abspath(path), lambda name: _write(name, rows), alone=False)
    except OSError as error:
        raise RefreshError(f"{path}: {error.strerror or error}. Give a file that you may write.") from error
    return Answer(path, len(wanted), len(rows), tuple(failures))


def _wanted(curated: Curated, chosen: tuple[str, ...]) -> list[Row]:
    rows = [*curated.tables["substances"], *curated.tables["other_medicines"]]
    if not chosen:
        return rows
    by_key, ours = {row.values["substance"]: row for row in rows}, substances_by_key(curated)
    found = []
    for name in chosen:
        substance = ours.get(fold(name), "")
        if substance not in by_key:
            raise RefreshError(f"{name!r} is no substance of the database. See: rlscheck list")
        found.append(by_key[substance])
    return found


def _ask_all(
    client: Client, curated: Curated, wanted: list[Row], base: str, progress: Progress | None
) -> tuple[list[tuple[str, ...]], list[str]]:
    known = _Known(curated)
    rows: dict[tuple[str, ...], tuple[str, ...]] = {}
    failures: list[str] = []
    in_a_row = 0
    for number, row in enumerate(wanted, 1):
        name = row.values["substance"]
        if progress:
            progress(number, len(wanted), name)
        try:
            for proposal in _proposals(client, row, known, base):
                rows.setdefault(proposal[:3], proposal)
            in_a_row = 0
        except _UnusableError as error:
            failures.append(f"{name}: {error}")
            in_a_row += 1
            if in_a_row == min(_GIVE_UP, len(wanted)) and len(failures) == number:
                raise RefreshError(
                    f"{base} cannot be used ({error}). Nothing was written. Check the connection and try again later."
                ) from error
    return sorted(rows.values(), key=lambda each: (each[0].casefold(), each)), failures


class _Known:
    """What we have: substances by every name, and what the brands of the market hold."""

    def __init__(self, curated: Curated) -> None:
        self.ours = substances_by_key(curated)
        self.brands: dict[str, list[tuple[str, ...]]] = {}
        for row in curated.tables["products"]:
            if row.values["market"] == MARKET:
                self.brands.setdefault(fold(row.values["product"]), []).append(row.many("substances"))


def _proposals(client: Client, row: Row, known: _Known, base: str) -> Iterator[tuple[str, ...]]:
    """The proposals for one substance."""
    names = (row.values["substance"], *(name for name in row.many("synonyms") if name.isascii()))
    concept = next(filter(None, (client.concept(name) for name in names[:_NAMES_TRIED])), "")
    if not concept:
        return
    for brand_id, brand in client.related(concept, "BN"):
        ours = known.brands.get(fold(brand), [])
        if any(row.values["substance"] in each for each in ours):
            continue
        ingredients = [name for _, name in client.related(brand_id, "IN")]
        mapped = sorted({known.ours[fold(name)] for name in ingredients if fold(name) in known.ours})
        others = sorted({name for name in ingredients if fold(name) not in known.ours})
        if row.values["substance"] not in mapped:
            mapped = sorted({*mapped, row.values["substance"]})
        reason = "not here yet" if not ours else f"here it holds {' or '.join('|'.join(each) for each in ours)}"
        note = f"also holds {', '.join(others)}" if others else ""
        seen = f"{base.rstrip('/')}/rxcui/{brand_id}/related.json?tty=IN"
        yield brand, MARKET, "|".join(mapped), "", note, "", seen, reason


def _write(path: str, rows: list[tuple[str, ...]]) -> None:
    with open(path, "wb") as handle:
        handle.write(canonical.write(COLUMNS, rows))
