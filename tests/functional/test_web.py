"""The page without a browser: what it answers, refuses, protects and forgets."""

from __future__ import annotations

import html
import io
import json
import logging
import re

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from checker.web import create_app
from tests.checking import ROOT, database
from tests.databases import built

LIST = "Tylenol PM at night\nZoloft 50 mg\nhydralazine 25 mg\nsertralline\nhydrolazyne 25 mg\nblorbix\nMirapex 0.25"
LANGUAGES = ("en", "de", "fr", "es", "ru")


def fields_of(page: str) -> dict[str, str]:
    """The fields that a browser would send back, nothing changed."""
    found = re.findall(r'name="((?:text|line|edit)-\d+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(built())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_every_entry_is_on_the_page(client: FlaskClient) -> None:
    text = client.post("/check", data={"list": LIST}).text
    for line in LIST.splitlines():
        assert f'value="{line}"' in text


def test_what_is_unclear_is_asked_with_what_it_would_mean(client: FlaskClient) -> None:
    text = client.post("/check", data={"list": "hydrolazyne 25 mg"}).text
    assert 'value="hydralazine 25 mg"' in text
    assert 'value="hydroxyzine 25 mg"' in text
    assert "often makes restless legs worse" in text


def test_an_answer_is_put_into_the_list_and_checked_again(client: FlaskClient) -> None:
    form = {"text-1": "hydrolazyne 25 mg", "line-1": "1", "choice-1": "hydroxyzine 25 mg"}
    text = client.post("/check", data=form).text
    assert "read as hydroxyzine" in text
    assert "could be several things" not in text


def test_a_choice_between_fillings_of_one_brand_is_understood(client: FlaskClient) -> None:
    page = client.post("/check", data={"list": "Benadryl 25 mg"}).text
    values = re.findall(r'name="choice-1" value="([^"]+)"', page)
    brands = [value for value in values if value.startswith("Benadryl (")]
    assert len(brands) >= 3
    for value in brands:
        text = client.post("/check", data={"text-1": "Benadryl 25 mg", "line-1": "1", "choice-1": value}).text
        inside = re.search(r"\((.+)\)", value)
        assert inside is not None
        assert f"read as Benadryl ({inside.group(1).replace(' / ', ' + ')})" in text


def test_edit_remove_and_add(client: FlaskClient) -> None:
    form = {
        "text-1": "Zoloft",
        "line-1": "1",
        "edit-1": "haloperidol",
        "text-2": "Reglan",
        "line-2": "2",
        "remove-2": "1",
        "text-3": "blorbix",
        "line-3": "3",
        "choice-3": "other",
        "other-3": "lithium",
        "add": "coffee",
    }
    text = client.post("/check", data=form).text
    texts = [value for name, value in fields_of(text).items() if name.startswith("text-")]
    assert texts == ["haloperidol", "lithium", "coffee"]


@pytest.mark.parametrize(
    "text",
    [
        LIST,
        "Allergies: Reglan; haloperidol\nZoloft, lithium; coffee",
        "Current medications:\n1. Zoloft 50 mg (for mood)\n2) lithium\nStopped:\n- Prozac",
        'name,dose\n"Zoloft",50 mg\n"Tylenol PM","2, at night"',
        "Zoloft\t50 mg\tdaily\nlithium\t300 mg\tbid",
        "paracetamol/codeine, carbidopa-levodopa, amlodipine + valsartan",
        "not taking Benadryl any more\nallergic to Reglan\nNo known allergies",
    ],
)
def test_a_list_sent_back_unchanged_is_the_same_list(client: FlaskClient, text: str) -> None:
    page = client.post("/check", data={"list": text, "view": "plain"}).text
    again = client.post("/check", data={**fields_of(page), "view": "plain"}).text
    rows = r'<tr class="([^"]+)">\s*<th scope="row">(.*?)</th><td>(.*?)</td>'
    assert re.findall(rows, page)
    assert re.findall(rows, page) == re.findall(rows, again)


def test_an_inline_heading_still_speaks_for_its_line_alone(client: FlaskClient) -> None:
    """Sent back and forth, an allergy must not swallow the line below it."""
    page = client.post("/check", data={"list": "Allergies: Reglan\nhaloperidol"}).text
    again = client.post("/check", data=fields_of(page)).text
    assert "1 thing on your list can make restless legs worse." in page
    assert "1 thing on your list can make restless legs worse." in again


def test_an_upload_is_read(client: FlaskClient) -> None:
    data = {"file": (io.BytesIO("галоперидол 2 мг".encode()), "list.txt"), "list": ""}
    assert "haloperidol" in client.post("/check", data=data, content_type="multipart/form-data").text


@pytest.mark.parametrize(
    "path",
    ["/", "/substances/", "/quick", "/substances/haloperidol", "/classes/ssri", "/sources", "/about", "/privacy"],
)
def test_pages_answer_in_each_language(client: FlaskClient, path: str) -> None:
    for language in LANGUAGES:
        answer = client.get(f"/{language}{path}")
        assert answer.status_code == 200
        assert f'<html lang="{language}">' in answer.text


def test_the_language_follows_the_browser_and_the_path_wins(client: FlaskClient) -> None:
    german = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}
    assert '<html lang="de">' in client.get("/", headers=german).text
    assert '<html lang="fr">' in client.get("/fr/", headers=german).text
    assert '<html lang="en">' in client.get("/", headers={"Accept-Language": "xx;q=nonsense"}).text


@pytest.mark.parametrize("path", ["/", "/nothing-here", "/static/style.css", "/substances/zzz"])
def test_headers_protect_every_answer(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers
    if not path.startswith("/static"):
        assert headers["Cache-Control"] == "no-store"


def test_nothing_comes_from_elsewhere(client: FlaskClient) -> None:
    for path in ("/", "/substances/haloperidol", "/sources"):
        text = client.get(path).text
        assert not re.findall(r'(?:src|action)="https?:', text)
        assert not re.findall(r'<link[^>]+href="https?:', text)


def test_the_list_is_in_no_title_log_or_error(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    secret = "xyzzysecretmedicine"
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/check", data={"list": secret})
        client.post(f"/nothing/{secret}", data={"list": secret})
    assert secret not in caplog.text
    title = re.search(r"<title>(.*?)</title>", answer.text)
    assert title is not None
    assert secret not in title.group(1)
    assert secret not in client.get(f"/substances/{secret}").text


@pytest.mark.parametrize(
    ("request_of", "code"),
    [
        (lambda c: c.post("/check", data={"list": "  "}), 400),
        (lambda c: c.post("/check", data={"list": "a" * 200_001}), 413),
        (lambda c: c.post("/check", data={"list": "aspirin\n" * 2001}), 413),
        (lambda c: c.post("/check", data={"list": "x" * 5_100_000}), 413),
        (lambda c: c.post("/check", data=b"\xff\xfe\x00", content_type="multipart/form-data"), 400),
        (
            lambda c: c.post("/check", data={f"f{n}": "" for n in range(21_000)}, content_type="multipart/form-data"),
            413,
        ),
        (lambda c: c.post("/check", data=b"%ff%fe=%00", content_type="application/x-www-form-urlencoded"), 400),
        (lambda c: c.put("/check"), 405),
        (lambda c: c.get("/nope"), 404),
        (lambda c: c.get("/xx/"), 404),
        (lambda c: c.get("/substances/%00"), 404),
        (lambda c: c.get("/classes/..%2f..%2fetc"), 404),
        (lambda c: c.post("/api/v1/check", json=[1]), 400),
        (lambda c: c.post("/api/v1/check", json={"list": "a", "market": "ZZ"}), 400),
        (lambda c: c.post("/api/v1/check", json={"list": "a" * 200_001}), 413),
    ],
)
def test_bad_requests_get_a_clear_page(client: FlaskClient, request_of: object, code: int) -> None:
    answer = request_of(client)  # type: ignore[operator]
    assert answer.status_code == code
    assert "Traceback" not in answer.text
    assert "Werkzeug" not in answer.text


def test_a_failure_inside_tells_nothing(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("haloperidol secret")

    monkeypatch.setattr("checker.web.pages.check_list", fail)
    answer = app.test_client().post("/check", data={"list": "haloperidol"})
    assert answer.status_code == 500
    assert "haloperidol" not in answer.text + caplog.text


@pytest.mark.parametrize("paper", ["letter", "card", "hospital", "all"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_carries_the_list_in_every_language(client: FlaskClient, paper: str, language: str) -> None:
    answer = client.post(
        f"/{language}/paper.pdf", data={"list": "haloperidol 2 mg\nгалоперидол\nMirapex é", "paper": paper}
    )
    assert answer.mimetype == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    assert "2026" in text
    if paper != "card":
        assert "haloperidol 2 mg" in text
        assert "галоперидол" in text
    assert "Mirapex é" in text


def test_the_interface_answers_as_the_schema_says(client: FlaskClient) -> None:
    answer = client.post("/api/v1/check", json={"list": LIST, "market": "us"})
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8"))
    jsonschema.validate(answer.json, schema)
    assert answer.json["market"] == "US"
    assert [entry["text"] for entry in answer.json["entries"]] == LIST.splitlines()
    plain = client.post("/api/v1/check?market=US", data=LIST.encode(), content_type="text/plain")
    assert plain.json == answer.json


def test_look_up_finds_brands_and_never_needs_javascript(client: FlaskClient) -> None:
    found = client.post("/substances/", data={"q": "Haldol"})
    assert found.status_code == 303
    assert found.headers["Location"] == "/substances/haloperidol"
    assert ">haloperidol</a>" in client.post("/substances/", data={"q": "halo"}).text
    near = client.post("/de/substances/", data={"q": "haloperidoll"})
    assert "/de/substances/haloperidol" in near.text + near.headers.get("Location", "")
    assert "Nothing found" in client.post("/substances/", data={"q": "wxvkjq"}).text
    assert client.get("/substances/Haldol").headers["Location"].endswith("/substances/haloperidol")
    worsens = client.get("/substances/?effect=worsens").text
    assert "haloperidol" in worsens
    assert ">paracetamol<" not in worsens


def test_an_unverified_brand_says_so(client: FlaskClient) -> None:
    text = client.get("/substances/haloperidol").text
    assert "*" in text
    assert "No register or page was seen for this name" in text


def test_pages_are_light(client: FlaskClient) -> None:
    fifteen = "\n".join(["haloperidol", "Zoloft", "Reglan", "Tylenol PM", "Mirapex"] * 3)
    squeezed = {"Accept-Encoding": "gzip"}
    sizes = [len(client.post("/check", data={"list": fifteen}, headers=squeezed).data)]
    sizes += [len(client.get(path, headers=squeezed).data) for path in ("/static/style.css", "/static/page.js")]
    assert sum(sizes) < 60_000


def test_what_is_typed_into_the_search_stands_in_no_address(client: FlaskClient) -> None:
    """The only address that a search leads to is that of a name of the reference."""
    for text in ("benadril 25 mg", "blorbix", "my little pink pill"):
        found = client.post("/substances/", data={"q": text})
        assert text not in found.headers.get("Location", "")
    assert "zoloft" not in client.get("/substances/?q=zoloft").text.lower()


def test_the_search_filters_by_links_too(client: FlaskClient) -> None:
    both = client.get("/substances/?effect=worsens&class=ssri").text
    assert ">sertraline</a>" in both
    assert ">haloperidol</a>" not in both
    assert client.get("/substances/?effect=nonsense&class=nonsense").status_code == 200


@pytest.mark.parametrize("view", ["plain", "professional", "table"])
def test_no_finding_is_told_without_a_source_or_its_ground(client: FlaskClient, view: str) -> None:
    """Every card and every row that says something of restless legs links to a source, or says it is inferred."""
    names = [s.name for s in database().substances() if s.effect]
    for start in range(0, len(names), 120):
        text = client.post("/check", data={"list": "\n".join(names[start : start + 120]), "view": view}).text
        pieces = re.findall(r'<article class="card.*?</article>', text, re.S)
        if view == "table":
            table = re.search(r'<table class="stack glance">.*?</table>', text, re.S)
            assert table is not None
            pieces += re.findall(r"<tr class=.*?</tr>", table.group(), re.S)
        assert pieces
        for piece in pieces:
            assert "#source-" in piece or "nferred from its class" in piece, piece
        anchors = set(re.findall(r'href="#(source-\d+)"', text))
        assert anchors <= set(re.findall(r'id="(source-\d+)"', text))


@pytest.mark.parametrize("view", ["plain", "professional"])
def test_no_choice_is_rated_without_a_source(client: FlaskClient, view: str) -> None:
    text = client.post("/check", data={"list": "Benadryl\nhydrolazyne\nUnisom", "view": view}).text
    options = re.findall(r'<div class="choice"><input type="radio" id="c\d+-\d+".*?</div>', text, re.S)
    assert len(options) >= 5
    for option in options:
        assert "no report about" in option or "not assessed" in option or "#source-" in option, option


def test_professionals_see_figures_and_mechanisms(client: FlaskClient) -> None:
    plain = client.post("/check", data={"list": "amitriptyline"}).text
    professional = client.post("/check", data={"list": "amitriptyline", "view": "professional"}).text
    figure = next(s.figure for s in database().substances() if s.name == "amitriptyline")
    assert figure not in html.unescape(plain)
    assert figure in html.unescape(professional)
    assert "can make restless legs worse" in plain
    assert "worsens restless legs (moderate risk)" in professional


def test_the_country_is_remembered_in_the_form_alone(client: FlaskClient) -> None:
    answer = client.post("/check", data={"list": "Benadryl\nblorbix", "market": "US"})
    assert '<option value="US" selected>' in answer.text
    assert "read as Benadryl (diphenhydramine)" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_not_current_is_told_but_not_flagged(client: FlaskClient) -> None:
    text = client.post("/check", data={"list": "stopped haloperidol in 2019"}).text
    assert "Good to know all the same: haloperidol" in text
    assert "Nothing on your list is known here" in text


def test_an_empty_list_brings_the_form_back_with_a_summary_of_errors(client: FlaskClient) -> None:
    answer = client.post("/check", data={"list": ""})
    assert answer.status_code == 400
    assert "<title>Error: " in answer.text
    assert 'role="alert"' in answer.text
    assert '<a href="#list">' in answer.text
    assert "list-error" in answer.text
    assert client.post("/check", data={"quick": "1", "list": ""}).text.count("Quick check") >= 1


def test_an_upload_never_touches_the_disk(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was wanted")

    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(f"tempfile.{name}", refuse)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refuse, raising=False)
    monkeypatch.setattr("werkzeug.formparser.TemporaryFile", refuse, raising=False)
    big = ("haloperidol" + " " * 500_000 + "\n").encode() * 2
    data = {"file": (io.BytesIO(big), "list.txt")}
    assert client.post("/check", data=data, content_type="multipart/form-data").status_code == 413
    small = {"file": (io.BytesIO(b"haloperidol\n"), "list.csv"), "pad": "x" * 600_000}
    assert client.post("/check", data=small, content_type="multipart/form-data").status_code == 200


def test_missing_letters_in_a_font_are_not_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert client.post("/paper.pdf", data={"list": "haloperidol \u7f8e\u4e50\n\U0001f48a pill"}).status_code == 200
    assert "\u7f8e" not in caplog.text


@pytest.mark.parametrize("paper", ["letter", "card", "hospital"])
def test_each_paper_is_one_page(client: FlaskClient, paper: str) -> None:
    names = [s.name for s in database().substances() if s.effect == "worsens"][:15]
    answer = client.post("/paper.pdf", data={"list": "\n".join(names), "paper": paper})
    assert len(PdfReader(io.BytesIO(answer.data)).pages) == 1


def test_a_list_too_long_for_one_page_loses_nothing_on_paper(client: FlaskClient) -> None:
    names = [s.name for s in database().substances() if s.effect == "worsens"][:60]
    answer = client.post("/paper.pdf", data={"list": "\n".join(names)})
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    for name in names:
        assert name.split()[0] in text


def test_without_a_font_the_page_says_so_and_offers_printing(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from checker.web import fonts

    monkeypatch.setattr(fonts, "_FOLDERS", ())
    monkeypatch.setenv("PATH", "")
    fonts.find.cache_clear()
    try:
        answer = client.post("/paper.pdf", data={"list": "haloperidol"})
    finally:
        fonts.find.cache_clear()
    assert answer.status_code == 503
    assert "print the result page instead" in answer.text


def test_the_log_line_has_the_kind_of_page_and_no_more(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    from werkzeug.test import Client

    from checker.web.server import logged

    client = Client(logged(app))
    client.post("/de/check?secret=1", data={"list": "haloperidol"})
    client.get("/substances/haloperidol")
    client.get("/haloperidol")
    log = capsys.readouterr().err
    assert "haloperidol" not in log
    assert "secret" not in log
    lines = [line.rsplit(" ", 2)[0] for line in log.splitlines()]
    assert lines == [
        "POST /<any(en,de,fr,es,ru):language>/check 200",
        "GET /substances/<name> 200",
        "GET - 404",
    ]


def test_the_words_for_patients_are_simple() -> None:
    """Flesch-Kincaid: what patients read is understood at the age of eleven (grade 6) on average."""
    from checker.web import errors, phrases

    texts = [*phrases.PLAIN_EFFECTS.values(), *(t for pair in errors.ERRORS.values() for t in pair)]
    texts += [row.patient_advice for row in database().drug_classes() if row.patient_advice]
    assert sum(map(_grade, texts)) / len(texts) < 7.0


def _grade(text: str) -> float:
    words = re.findall(r"[a-z']+", text.lower())
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", text)))
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word)))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
