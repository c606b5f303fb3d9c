"""The page without a browser: what it answers, refuses, protects and forgets."""

from __future__ import annotations

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
from tests.checking import ROOT

LIST = "Tylenol PM at night\nZoloft 50 mg\nhydralazine 25 mg\nsertralline\nhydrolazyne 25 mg\nblorbix\nMirapex 0.25"
LANGUAGES = ("en", "de", "fr", "es", "ru")


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app()


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
        **{"text-1": "Zoloft", "line-1": "1", "edit-1": "haloperidol"},
        **{"text-2": "Reglan", "line-2": "2", "remove-2": "1"},
        **{"text-3": "blorbix", "line-3": "3", "choice-3": "other", "other-3": "lithium", "add": "coffee"},
    }
    text = client.post("/check", data=form).text
    for name in ("haloperidol", "lithium", "coffee"):
        assert f'value="{name}"' in text
    assert "Reglan" not in text
    assert "Zoloft" not in text


def test_an_inline_heading_still_speaks_for_its_line_alone(client: FlaskClient) -> None:
    """Sent back and forth, an allergy must not swallow the line below it."""
    page = client.post("/check", data={"list": "Allergies: Reglan\nhaloperidol"}).text
    fields = dict(re.findall(r'name="((?:text|line)-\d+)" value="([^"]*)"', page))
    again = client.post("/check", data=fields).text
    assert "1 entry on your list can make restless legs worse." in page
    assert "1 entry on your list can make restless legs worse." in again


def test_an_upload_is_read(client: FlaskClient) -> None:
    data = {"file": (io.BytesIO("галоперидол 2 мг".encode()), "list.txt"), "list": ""}
    assert "haloperidol" in client.post("/check", data=data, content_type="multipart/form-data").text


@pytest.mark.parametrize(
    "path", ["/", "/substances/", "/substances/haloperidol", "/classes/ssri", "/sources", "/about", "/privacy"]
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
        (lambda c: c.post("/check", data={"list": "x" * 2_600_000}), 413),
        (lambda c: c.post("/check", data=b"\xff\xfe\x00", content_type="multipart/form-data"), 400),
        (
            lambda c: c.post("/check", data={f"f{n}": "" for n in range(11_000)}, content_type="multipart/form-data"),
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

    monkeypatch.setattr("checker.web.pages._report", fail)
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
    assert "diphenhydramine" in client.get("/substances/?q=diphenhydramine").text
    assert client.get("/substances/Haldol").headers["Location"].endswith("/substances/haloperidol")
    worsens = client.get("/substances/?effect=worsens").text
    assert "haloperidol" in worsens
    assert ">paracetamol<" not in worsens


def test_an_unverified_brand_says_so(client: FlaskClient) -> None:
    assert "written from memory" in client.get("/substances/haloperidol").text


def test_pages_are_light(client: FlaskClient) -> None:
    fifteen = "\n".join(["haloperidol", "Zoloft", "Reglan", "Tylenol PM", "Mirapex"] * 3)
    squeezed = {"Accept-Encoding": "gzip"}
    sizes = [len(client.post("/check", data={"list": fifteen}, headers=squeezed).data)]
    sizes += [len(client.get(path, headers=squeezed).data) for path in ("/static/style.css", "/static/page.js")]
    assert sum(sizes) < 60_000
