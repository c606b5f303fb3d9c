"""The application: limits, headers, languages, error pages."""

from __future__ import annotations

import gzip
import io
from typing import IO, Any

from flask import Flask, Request, Response, g, jsonify, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from checker.assessment import wording
from checker.web import i18n, phrases
from checker.web.errors import ERRORS
from checker.web.pages import pages
from drugdb.reader import open_database

_WORTH_IT = 1200  # bytes from which an answer is compressed
_LIMITS = {
    # 200,000 characters are 2.4 MB when each is percent-encoded as four bytes; a correction form holds the list twice
    "MAX_CONTENT_LENGTH": 5_000_000,
    "MAX_FORM_MEMORY_SIZE": 5_000_000,
    "MAX_FORM_PARTS": 20_000,  # a correction form has seven fields an entry at most, nearly always four
}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "X-Robots-Tag": "noindex, noarchive",
}


class _InMemory(Request):
    """A request whose uploads never touch the disk, however large they are."""

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return io.BytesIO()


def make(path: str | None) -> Flask:
    """Build the application. The database is opened here, so that a fault shows at the start."""
    app = Flask(__name__, static_folder="static", static_url_path="/static")
    app.request_class = _InMemory
    app.config.update(_LIMITS, TRAP_HTTP_EXCEPTIONS=False, PROPAGATE_EXCEPTIONS=False)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(said=said, capital=_capital)
    app.jinja_env.globals.update(effects=phrases.EFFECT_NAMES, grades=wording.EVIDENCE, day=i18n.day)
    database = open_database(path)
    words = database.words()

    @app.before_request
    def prepare() -> None:
        g.database, g.words, g.failed = database, words, False
        _speak()
        (request.view_args or {}).pop("language", None)
        # what the log may say: the kind of the page, never the name that was looked up
        request.environ["rlscheck.route"] = request.url_rule.rule if request.url_rule else "-"

    @app.context_processor
    def known() -> dict[str, Any]:
        return {
            "t": g.tr,
            "language": g.language,
            "languages": i18n.LANGUAGES,
            "prefix": g.prefix,
            "meta": database.meta,
            "here": "/" if g.failed or request.method != "GET" else request.path.removeprefix(g.prefix),
        }

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers[name] = value
        if request.path.startswith("/static/") and response.status_code < 400:
            response.headers["Cache-Control"] = "public, max-age=3600"
        else:
            response.headers["Vary"] = "Accept-Language, Accept-Encoding"
        return _squeezed(response)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Any:
        if error.response is not None or error.code is None or error.code < 400:
            return error  # a redirect of the router's own
        return _error(error.code)

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Any:
        # the message could hold words of the list: only the kind of the error is told
        app.logger.error("unexpected %s in %s", type(error).__name__, request.endpoint)
        return _error(500)

    app.register_blueprint(pages)
    app.register_blueprint(pages, name="languages", url_prefix="/<any(en,de,fr,es,ru):language>")
    return app


def said(text: str) -> str:
    """Mark a text of the database that is English on a page in another language, for those who hear it read."""
    if getattr(text, "english", False):
        return Markup('<span lang="en">{}</span>').format(str(text))
    return text


def _capital(text: str) -> str:
    """Begin with a capital letter; a text of the database keeps its language."""
    told = i18n.Text(text[:1].upper() + text[1:])
    told.english = getattr(text, "english", False)
    return told


def _speak() -> None:
    """Choose the language: that of the address, else the browser's."""
    first = request.path.split("/")[1]
    g.prefix = f"/{first}" if first in i18n.LANGUAGES else ""
    g.language = first if g.prefix else i18n.choose(request.headers.get("Accept-Language", ""))
    g.tr = i18n.translator(g.language)


def _squeezed(response: Response) -> Response:
    """Compress what is worth it. The pages hold no secret that a compressed length could give away."""
    wanted = "gzip" in request.headers.get("Accept-Encoding", "")
    if not wanted or response.mimetype == "application/pdf" or response.status_code in (204, 304):
        return response
    response.direct_passthrough = False
    data = response.get_data()
    if len(data) > _WORTH_IT:
        response.set_data(gzip.compress(data, 5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _error(code: int) -> Any:
    """A page, or JSON for the interface, that says what is wrong and what to do, and no more."""
    g.failed = True  # the address may hold anything: the page does not repeat it
    title, text = ERRORS.get(code, ERRORS[500 if code >= 500 else 400])
    if "/api/" in request.path:
        return jsonify({"error": f"{title}. {text}"}), code
    return render_template("error.html", title=title, text=text), code
