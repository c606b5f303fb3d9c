"""The application: limits, headers, languages, error pages."""

from __future__ import annotations

import gzip
import threading
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from checker.web import i18n
from checker.web.pages import pages
from drugdb.reader import Database, open_database

_WORTH_IT = 1200  # bytes from which an answer is compressed
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, noarchive",
}
_EXPLANATIONS = {
    400: ("This could not be read", "Something in the request was not as the page sends it. Go back and try again."),
    404: ("Page not found", "There is no page at this address. Look for a medicine in the list of medicines."),
    405: ("This does not work that way", "Lists are sent with the button on the first page."),
    413: (
        "The list is too long",
        "At most 200,000 characters and 2,000 entries can be checked at once. Split the list and check the parts.",
    ),
    415: ("This kind of file cannot be read", "Upload a plain text file (.txt) or a table as text (.csv)."),
    500: ("Sorry, something went wrong", "Nothing of your list was kept. Please go back and try again."),
}


class _Databases(threading.local):
    """One connection a thread."""

    found: Database | None = None


def make(path: str | None) -> Flask:
    """Build the application; the database is opened once here, so that a fault shows at the start."""
    app = Flask(__name__, static_folder="static", static_url_path="/static")
    app.config.update(
        MAX_CONTENT_LENGTH=3_000_000,
        MAX_FORM_MEMORY_SIZE=2_500_000,
        MAX_FORM_PARTS=10_000,
        TRAP_HTTP_EXCEPTIONS=False,
        PROPAGATE_EXCEPTIONS=False,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    open_database(path).close()
    databases = _Databases()

    @app.before_request
    def prepare() -> None:
        if databases.found is None:
            databases.found = open_database(path)
        g.database = databases.found
        values = request.view_args or {}
        g.language = values.pop("language", None) or i18n.choose(request.headers.get("Accept-Language", ""))
        g.prefix = f"/{request.path.split('/')[1]}" if request.path.split("/")[1] in i18n.LANGUAGES else ""
        g.tr = i18n.translator(g.language)

    @app.context_processor
    def words() -> dict[str, Any]:
        return {
            "t": g.tr,
            "language": g.language,
            "languages": i18n.LANGUAGES,
            "prefix": g.prefix,
            "meta": g.database.meta,
        }

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers[name] = value
        if request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "public, max-age=3600"
        else:
            response.headers["Vary"] = "Accept-Language, Accept-Encoding"
        return _squeezed(response)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[str, int] | HTTPException:
        return _error(error.code or 500)

    @app.errorhandler(Exception)
    def failed(error: Exception) -> tuple[str, int]:
        # the message could hold words of the list: only the kind of the error is told
        app.logger.error("unexpected %s in %s", type(error).__name__, request.endpoint)
        return _error(500)

    app.register_blueprint(pages)
    app.register_blueprint(pages, name="languages", url_prefix="/<any(en,de,fr,es,ru):language>")
    return app


def _squeezed(response: Response) -> Response:
    """Compress what is worth it. The pages hold no secret that a compressed length could give away."""
    wanted = "gzip" in request.headers.get("Accept-Encoding", "")
    if not wanted or response.direct_passthrough or response.mimetype == "application/pdf":
        return response
    data = response.get_data()
    if len(data) > _WORTH_IT:
        response.set_data(gzip.compress(data, 5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _error(code: int) -> tuple[str, int]:
    from flask import render_template

    if not hasattr(g, "tr"):
        g.language, g.prefix, g.tr = "en", "", i18n.translator("en")
        g.database = open_database()
    title, text = _EXPLANATIONS.get(code, _EXPLANATIONS[500 if code >= 500 else 400])
    return render_template("error.html", title=title, text=text), code
