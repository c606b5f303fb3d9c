"""The addresses of the page. No address, title or log line ever holds anything of a person's list."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, g, redirect, render_template, request

from checker.assessment import assess
from checker.matching import Matcher
from checker.medication_list import LimitError, decode, read
from checker.report import Report
from checker.web import answers, i18n, monographs, presenter, record

pages = Blueprint("pages", __name__)
CHARACTERS, ENTRIES = 200_000, 2_000
_LONGEST_NAME = 120  # characters of a look-up


def check_list(text: str, market: str) -> Report:
    """Return the report of a list.

    Raises:
        LimitError: the list is longer than a page may have it.
    """
    entries = read(text, g.words, characters=CHARACTERS, entries=ENTRIES)
    return assess(Matcher(g.database, market).match_list(entries), g.database, market)


def _market() -> str:
    market = request.form.get("market", "").upper()
    return market if market in g.database.markets() else ""


def _view() -> str:
    view = request.form.get("switch") or request.form.get("view", "")
    return view if view in presenter.VIEWS else presenter.PLAIN


def _posted() -> str:
    """The list that was posted: corrected, uploaded or typed."""
    if "text-1" in request.form:
        return answers.merged(request.form)
    upload = request.files.get("file")
    typed = request.form.get("list", "")
    if upload is not None and upload.filename:
        return "\n".join(filter(str.strip, (typed, decode(upload.read()))))
    return typed


def _form(**values: Any) -> dict[str, Any]:
    """What every page with the form needs to know."""
    markets = i18n.countries(g.language, g.database.markets())
    return {"market": "", "view": presenter.PLAIN, "text": "", "error": "", "markets": markets, **values}


def _refused(error: str, code: int, text: str = "") -> tuple[str, int]:
    """The form again, with what is wrong."""
    name = "quick.html" if request.form.get("quick") else "home.html"
    return render_template(name, **_form(market=_market(), view=_view(), error=error, text=text)), code


def _empty() -> tuple[str, int]:
    return _refused(g.tr("Type or paste your list first, or choose a file."), 400)


def _too_long() -> tuple[str, int]:
    told = g.tr("The list is too long. At most 200,000 characters and 2,000 entries can be checked at once.")
    return _refused(f"{told} {g.tr('Split it and check the parts one after the other.')}", 413)


@pages.get("/")
def home() -> str:
    """The form."""
    return render_template("home.html", **_form())


@pages.get("/quick")
def quick() -> str:
    """The one-line form for those who look up all day."""
    return render_template("quick.html", **_form(view=presenter.TABLE))


@pages.get("/check")
@pages.get("/edit")
@pages.get("/paper.pdf")
def without_list() -> Response:
    """A reloaded or copied address of a result: there is no list in it, so back to the form."""
    return redirect(f"{g.prefix}/", 303)  # type: ignore[return-value]


@pages.post("/check")
def check() -> tuple[str, int] | str:
    """A list, checked."""
    text, market, view = _posted(), _market(), _view()
    if not text.strip():
        return _empty()
    try:
        report = check_list(text, market)
    except LimitError:
        return _too_long()
    shown = presenter.present(report, g.tr, g.database, professional=view != presenter.PLAIN)
    copy = record.text(report, g.tr)
    return render_template("result.html", **_form(market=market, view=view), shown=shown, text_copy=copy)


@pages.post("/edit")
def edit() -> str:
    """Back to the box with the list as it is now."""
    return render_template("home.html", **_form(market=_market(), view=_view(), text=_posted()))


@pages.post("/paper.pdf")
def paper() -> tuple[str, int] | Response:
    """A list as paper to take along."""
    from checker.web.fonts import NoFontError
    from checker.web.paper import make

    text = _posted()
    if not text.strip():
        return _empty()
    try:
        report = check_list(text, _market())
        data = make(report, g.tr, g.database, request.form.get("paper", "letter"))
    except LimitError:
        return _too_long()
    except NoFontError:
        return render_template("no_font.html"), 503
    headers = {"Content-Disposition": 'attachment; filename="restless-legs.pdf"'}
    return Response(data, mimetype="application/pdf", headers=headers)


@pages.route("/substances/", methods=["GET", "POST"])
def substances() -> str | Response:
    """The index. What is typed comes by POST, so that it stands in no address; filters may be linked to."""
    values = request.form if request.method == "POST" else request.args
    text = request.form.get("q", "")[:_LONGEST_NAME] if request.method == "POST" else ""
    effect, class_id = values.get("effect", ""), values.get("class", "")
    effect = effect if effect in monographs.EFFECTS else ""
    class_id = class_id if g.database.drug_class(class_id) else ""
    if text.strip() and not effect and not class_id:
        name = monographs.one(g.database, text)
        if name:
            return redirect(f"{g.prefix}/{presenter.address('substances', name)}", 303)  # type: ignore[return-value]
    found = monographs.search(g.database, text, effect, class_id, g.tr)
    wanted = {"q": text, "effect": effect, "class": class_id}
    return render_template("index.html", found=found, wanted=wanted, classes=g.database.drug_classes())


@pages.get("/substances/<name>")
def substance(name: str) -> str | Response:
    """A substance; a synonym or a brand of one substance leads there."""
    shown = monographs.substance(g.database, name, g.tr)
    if shown is None:
        known = monographs.one(g.database, name)
        if not known or known == name:
            abort(404)
        return redirect(f"{g.prefix}/{presenter.address('substances', known)}", 302)  # type: ignore[return-value]
    countries = dict(i18n.countries(g.language, g.database.markets()))
    return render_template("substance.html", shown=shown, countries=countries)


@pages.get("/classes/<name>")
def drug_class(name: str) -> str:
    """A class."""
    shown = monographs.drug_class(g.database, name, g.tr)
    if shown is None:
        abort(404)
    return render_template("class.html", shown=shown)


@pages.get("/sources")
def sources() -> str:
    """Everything that is cited."""
    return render_template("sources.html", sources=g.database.sources())


@pages.get("/about")
def about() -> str:
    """What this is and is not."""
    return render_template("about.html", counts=g.database.counts())


@pages.get("/privacy")
def privacy() -> str:
    """What happens with a list."""
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
        text, market = body["list"], str(body.get("market") or market).upper()
    else:
        text = decode(request.get_data())
    if market and market not in g.database.markets():
        return _refusal(f"Unknown market. Known are: {', '.join(g.database.markets())}.", 400)
    try:
        report = check_list(text, market)
    except LimitError as error:
        return _refusal(str(error), 413)
    return Response(render(report), mimetype="application/json")


def _refusal(text: str, code: int) -> tuple[Response, int]:
    from flask import jsonify

    return jsonify({"error": text}), code
