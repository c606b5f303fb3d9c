"""The addresses of the page. No address, title or log line ever holds anything of a person's list."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, redirect, render_template, request

from checker.assessment import assess
from checker.matching import Matcher
from checker.medication_list import LimitError, decode, read
from checker.report import Report
from checker.web import answers, presenter
from drugdb.folding import fold

pages = Blueprint("pages", __name__)
CHARACTERS, ENTRIES = 200_000, 2_000
TOO_LONG = "The list is too long: at most 200,000 characters and 2,000 entries at once. Split it and check the parts."


def _report(text: str, market: str) -> Report:
    matcher = Matcher(g.database, market)
    entries = read(text, g.database.words(), characters=CHARACTERS, entries=ENTRIES)
    return assess(matcher.match_list(entries), g.database, market)


def _market() -> str:
    market = request.form.get("market", "").upper()
    return market if market in g.database.markets() else ""


def _posted() -> str:
    """The list that was posted: typed, uploaded, or corrected."""
    if "text-1" in request.form:
        return answers.merged(request.form)
    upload = request.files.get("file")
    if upload is not None and upload.filename:
        return decode(upload.read())
    return request.form.get("list", "")


def _form_values() -> dict[str, object]:
    return {
        "market": _market(),
        "view": "professional" if request.form.get("view") == "professional" else "plain",
        "markets": g.database.markets(),
    }


@pages.get("/")
def home() -> str:
    return render_template("home.html", market="", view="plain", markets=g.database.markets(), text="", error="")


@pages.get("/check")
def check_without_list() -> Response:
    return redirect(f"{g.prefix}/", 303)  # type: ignore[return-value]


@pages.post("/check")
def check() -> tuple[str, int] | str:
    values = _form_values()
    text = _posted()
    if not text.strip():
        error = g.tr("Paste or type your list first, or choose a file.")
        return render_template("home.html", text="", error=error, **values), 400
    try:
        report = _report(text, str(values["market"]))
    except LimitError:
        return render_template(
            "home.html",
            text="",
            error=g.tr(TOO_LONG),
            **values,
        ), 413
    shown = presenter.present(report, g.tr, professional=values["view"] == "professional", database=g.database)
    return render_template("result.html", shown=shown, text=text, **values)


@pages.post("/edit")
def edit() -> str:
    """Back to the box with the list as it is now."""
    return render_template("home.html", text=_posted(), error="", **_form_values())


@pages.post("/paper.pdf")
def paper() -> tuple[str, int] | Response:
    from checker.web.paper import NoFontError, make

    text = _posted()
    if not text.strip():
        return render_template(
            "home.html", text="", error=g.tr("Paste or type your list first, or choose a file."), **_form_values()
        ), 400
    try:
        report = _report(text, _market())
        data = make(report, g.tr, g.database, request.form.get("paper", "letter"))
    except LimitError:
        abort(413)
    except NoFontError:
        return render_template(
            "error.html",
            title="No font was found",
            text=("The server has no font that carries all letters. Go back and print the page itself instead."),
        ), 503
    headers = {"Content-Disposition": 'attachment; filename="restless-legs.pdf"'}
    return Response(data, mimetype="application/pdf", headers=headers)


@pages.get("/substances/")
def substances() -> str:
    wanted = {name: request.args.get(name, "")[:80] for name in ("q", "effect", "class")}
    if wanted["effect"] not in ("", "worsens", "mixed", "augments", "neutral", "relieves", "none"):
        wanted["effect"] = ""
    found = presenter.index(g.database, wanted["q"], wanted["effect"], wanted["class"])
    return render_template("index.html", found=found, wanted=wanted, classes=g.database.drug_classes())


@pages.get("/substances/<name>")
def substance(name: str) -> str | Response:
    shown = presenter.monograph(g.database, name, g.tr)
    if shown is None:
        for found in g.database.spelling(fold(name)):
            names = found.substances
            if len(names) == 1 and g.database.substance(names[0]):
                return redirect(presenter.address(g.prefix, "substances", names[0]), 302)  # type: ignore[return-value]
        abort(404)
    return render_template("substance.html", shown=shown)


@pages.get("/classes/<name>")
def drug_class(name: str) -> str:
    shown = presenter.class_page(g.database, name, g.tr)
    if shown is None:
        abort(404)
    return render_template("class.html", shown=shown)


@pages.get("/sources")
def sources() -> str:
    return render_template("sources.html", sources=g.database.sources())


@pages.get("/about")
def about() -> str:
    return render_template("about.html", counts=g.database.counts())


@pages.get("/privacy")
def privacy() -> str:
    return render_template("privacy.html")


@pages.post("/api/v1/check")
def api() -> Response | tuple[Response, int]:
    """A list as JSON ({"list": "...", "market": "US"}) or plain text; the report as docs/report.schema.json has it."""
    from checker.formats.json_format import render

    market = request.args.get("market", "").upper()
    if request.is_json:
        body = request.get_json(silent=True)
        if not isinstance(body, dict) or not isinstance(body.get("list"), str):
            return _refusal('Send a JSON object with "list" (a text) and, if known, "market" (such as "US").', 400)
        text, market = body["list"], str(body.get("market", market)).upper()
    else:
        text = decode(request.get_data())
    if market and market not in g.database.markets():
        return _refusal(f"Unknown market. Known are: {', '.join(g.database.markets())}.", 400)
    try:
        report = _report(text, market)
    except LimitError as error:
        return _refusal(str(error), 413)
    return Response(render(report), mimetype="application/json")


def _refusal(text: str, code: int) -> tuple[Response, int]:
    from flask import jsonify

    return jsonify({"error": text}), code
