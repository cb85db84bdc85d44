"""What every answer carries, and which requests are refused before any view sees them."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from flask_compress import Compress
from flask_wtf import CSRFProtect

from config import Settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}
HSTS = "max-age=31536000; includeSubDomains"

csrf = CSRFProtect()
compress = Compress()


def register(app: Flask, settings: Settings) -> None:
    """Headers on every answer, the CSRF token and the origin of every change, compressed pages."""
    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    app.config["COMPRESS_MIMETYPES"] = ["text/html", "text/css", "text/javascript", "application/json"]
    app.before_request(lambda: _refuse_other_origins(settings))
    csrf.init_app(app)
    compress.init_app(app)
    app.after_request(lambda response: _headed(response, settings))


def _refuse_other_origins(settings: Settings) -> None:
    """A change that another site's page asks for is refused, whatever token it carries."""
    if request.method in SAFE or request.path.startswith("/callbacks/"):
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc not in {request.host, settings.host}:
        abort(403)


def _headed(response: Response, settings: Settings) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    if settings.https:
        response.headers.setdefault("Strict-Transport-Security", HSTS)
    return response
