"""Asking RxNav for brand names, against a server on this machine that answers in the documented shape."""

from __future__ import annotations

import csv
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from drugdb import refresh
from drugdb.curated import FOLDER
from drugdb.refresh import Client, RefreshError, propose

Reply = tuple[int, bytes]
HEADER = "product,market,substances,other_script,note,otc,seen_at,reason"


def related(kind: str, *concepts: tuple[str, str]) -> bytes:
    properties = [
        {"rxcui": rxcui, "name": name, "synonym": "", "tty": kind, "language": "ENG", "suppress": "N"}
        for rxcui, name in concepts
    ]
    group = {"tty": kind, "conceptProperties": properties} if properties else {"tty": kind}
    return json.dumps({"relatedGroup": {"rxcui": "1", "termType": [kind], "conceptGroup": [group]}}).encode()


class RxNav:
    """A small RxNav: substances, brands and what the brands hold."""

    def __init__(self) -> None:
        self.ids = {"diphenhydramine": "3498", "acetaminophen": "161"}
        self.brands = {
            "3498": [("1", "Benadryl"), ("2", "Xyzzadryl"), ("3", "Xyzzil PM")],
            "161": [("4", "Tylenol"), ("3", "Xyzzil PM")],
        }
        self.ingredients = {
            "2": [("3498", "diphenhydramine")],
            "3": [("161", "acetaminophen"), ("3498", "diphenhydramine"), ("99", "unobtainium")],
        }
        self.asked: list[tuple[float, str]] = []
        self.before: Callable[[int], Reply | None] = lambda number: None
        self.address = ""

    def answer(self, path: str, query: dict[str, list[str]]) -> Reply:
        parts = path.strip("/").split("/")
        if parts[-1] == "rxcui.json":
            found = self.ids.get(query["name"][0])
            group = {"name": query["name"][0], **({"rxnormId": [found]} if found else {})}
            return 200, json.dumps({"idGroup": group}).encode()
        assert parts[-1] == "related.json"
        kind = query["tty"][0]
        return 200, related(kind, *(self.brands if kind == "BN" else self.ingredients).get(parts[-2], []))


@pytest.fixture
def service() -> Iterator[RxNav]:
    rxnav = RxNav()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            rxnav.asked.append((time.monotonic(), self.path))
            status, content = rxnav.before(len(rxnav.asked)) or rxnav.answer(address.path, parse_qs(address.query))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        rxnav.address = f"http://127.0.0.1:{server.server_port}/REST"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield rxnav
        server.shutdown()


def client(service: RxNav, **options: float) -> Client:
    return Client(service.address, **{"rate": 1000.0, "timeout": 2.0, "backoff": 0.01, **options})  # type: ignore[arg-type]


def ask(service: RxNav, path: Path, *substances: str, **options: float) -> tuple[refresh.Answer, list[dict[str, str]]]:
    answer = propose(str(path), substances=substances, base=service.address, client=client(service, **options))
    with path.open(encoding="utf-8", newline="") as handle:
        return answer, list(csv.DictReader(handle))


def test_proposals_are_what_we_lack(service: RxNav, tmp_path: Path) -> None:
    answer, rows = ask(service, tmp_path / "out.csv", "diphenhydramine", "paracetamol")
    assert (answer.asked, answer.proposals, answer.failures) == (2, 2, ())
    assert [row["product"] for row in rows] == ["Xyzzadryl", "Xyzzil PM"]
    assert rows[0] == {
        "product": "Xyzzadryl",
        "market": "US",
        "substances": "diphenhydramine",
        "other_script": "",
        "note": "",
        "otc": "",
        "seen_at": f"{service.address}/rxcui/2/related.json?tty=IN",
        "reason": "not here yet",
    }
    assert rows[1]["substances"] == "diphenhydramine|paracetamol"  # acetaminophen is paracetamol here
    assert rows[1]["note"] == "also holds unobtainium"


def test_a_brand_that_holds_something_else_here(service: RxNav, tmp_path: Path) -> None:
    service.brands["161"] = [("1", "Benadryl")]
    service.ingredients["1"] = [("161", "acetaminophen")]
    _, rows = ask(service, tmp_path / "out.csv", "paracetamol")
    assert [(row["product"], row["reason"]) for row in rows] == [("Benadryl", "here it holds diphenhydramine")]


def test_nothing_but_names_of_the_reference_is_sent(service: RxNav, tmp_path: Path) -> None:
    ask(service, tmp_path / "out.csv", "diphenhydramine")
    assert [path for _, path in service.asked] == [
        "/REST/rxcui.json?name=diphenhydramine",
        "/REST/rxcui/3498/related.json?tty=BN",
        "/REST/rxcui/2/related.json?tty=IN",
        "/REST/rxcui/3/related.json?tty=IN",
    ]


def test_curated_files_are_never_written(service: RxNav, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in Path(FOLDER).iterdir()}
    with pytest.raises(RefreshError, match="another folder"):
        propose(f"{FOLDER}/products.csv", substances=["diphenhydramine"], base=service.address)
    ask(service, tmp_path / "out.csv", "diphenhydramine")
    assert {path.name: path.read_bytes() for path in Path(FOLDER).iterdir()} == before


def test_a_substance_that_rxnav_does_not_know(service: RxNav, tmp_path: Path) -> None:
    answer, rows = ask(service, tmp_path / "out.csv", "cinnarizine")
    assert (answer.proposals, rows, answer.failures) == (0, [], ())
    assert (tmp_path / "out.csv").read_text() == HEADER + "\n"


def test_a_substance_that_we_do_not_know(service: RxNav, tmp_path: Path) -> None:
    with pytest.raises(RefreshError, match="'unobtainium' is no substance"):
        ask(service, tmp_path / "out.csv", "unobtainium")
    assert service.asked == []


@pytest.mark.parametrize("reply", [(500, b""), (503, b"busy"), (429, b"slow down"), (200, b"<html>"), (200, b"")])
def test_a_passing_failure_is_tried_again(service: RxNav, tmp_path: Path, reply: Reply) -> None:
    service.before = lambda number: reply if number <= 2 else None
    answer, rows = ask(service, tmp_path / "out.csv", "diphenhydramine")
    assert answer.failures == ()
    assert len(rows) == 2


def test_each_further_try_waits_longer(service: RxNav, tmp_path: Path) -> None:
    service.before = lambda number: (503, b"") if number <= 3 else None
    ask(service, tmp_path / "out.csv", "diphenhydramine", backoff=0.05)
    first, second, third, fourth = (moment for moment, _ in service.asked[:4])
    assert second - first >= 0.05
    assert third - second >= 0.1
    assert fourth - third >= 0.2


def test_not_faster_than_allowed(service: RxNav, tmp_path: Path) -> None:
    ask(service, tmp_path / "out.csv", "diphenhydramine", "paracetamol", rate=20.0)
    moments = [moment for moment, _ in service.asked]
    assert len(moments) == 8
    assert moments[-1] - moments[0] >= 7 / 20 - 0.01


def test_an_unreachable_service(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    quick = Client("http://127.0.0.1:9/REST", timeout=1.0, backoff=0.01)
    with pytest.raises(
        RefreshError, match=r"127\.0\.0\.1:9/REST cannot be used \(no connection\). Nothing was written"
    ):
        propose(str(out), base="http://127.0.0.1:9/REST", client=quick)
    assert not out.exists()


def test_a_slow_service(service: RxNav, tmp_path: Path) -> None:
    def slow(number: int) -> None:
        time.sleep(0.4)

    service.before = slow
    before = time.monotonic()
    with pytest.raises(RefreshError, match="no answer in time"):
        ask(service, tmp_path / "out.csv", "diphenhydramine", timeout=0.1)
    assert time.monotonic() - before < 3


@pytest.mark.parametrize(
    "content",
    [
        b"[]", b"{}", b'{"idGroup": []}', b'{"idGroup": {"rxnormId": "3498"}}', b'{"idGroup": {"rxnormId": [3498]}}',
        b'{"idGroup": {"rxnormId": ["../../other"]}}', b"null", b'"text"', b"x" * 4_100_000,
    ],
)  # fmt: skip
def test_garbage(service: RxNav, tmp_path: Path, content: bytes) -> None:
    service.before = lambda number: (200, content)
    with pytest.raises(RefreshError, match="cannot be used"):
        ask(service, tmp_path / "out.csv", "diphenhydramine")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "a|b", "", "x" * 200, 'a "b"', "-"])
def test_a_name_that_does_harm_in_a_spreadsheet(service: RxNav, tmp_path: Path, name: str) -> None:
    service.brands["3498"] = [("2", name)]
    answer, rows = ask(service, tmp_path / "out.csv", "paracetamol", "diphenhydramine")
    assert [row["product"] for row in rows] == ["Xyzzil PM"]
    assert [failure.split(":")[0] for failure in answer.failures] == ["diphenhydramine"]


def test_one_failure_does_not_lose_the_rest(service: RxNav, tmp_path: Path) -> None:
    service.before = lambda number: (400, b"") if number == 1 else None
    answer, rows = ask(service, tmp_path / "out.csv", "diphenhydramine", "paracetamol")
    assert answer.failures == ("diphenhydramine: the service answered 400",)
    assert [row["product"] for row in rows] == ["Xyzzil PM"]


def test_a_redirect_is_not_followed(service: RxNav, tmp_path: Path) -> None:
    service.before = lambda number: (302, b"")
    with pytest.raises(RefreshError, match="the service answered 302"):
        ask(service, tmp_path / "out.csv", "diphenhydramine")


def test_a_file_that_cannot_be_written(service: RxNav, tmp_path: Path) -> None:
    with pytest.raises(RefreshError, match="Give a file that you may write"):
        propose(
            str(tmp_path / "no" / "out.csv"), substances=["paracetamol"], base=service.address, client=client(service)
        )


def test_the_address_may_come_from_the_environment(
    service: RxNav, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(refresh.VARIABLE, service.address + "/")
    seen: list[tuple[int, int, str]] = []
    answer = propose(
        str(tmp_path / "out.csv"), substances=["Diphenhydramine HCl"], progress=lambda *step: seen.append(step)
    )
    assert answer.proposals == 2
    assert seen == [(1, 1, "diphenhydramine")]
