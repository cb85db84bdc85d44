"""Style sheets and scripts, under addresses that change with their content."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, abort, current_app, send_from_directory

YEAR = 31536000
HOUR = 3600
EMBEDDED = "button.js"
"""The one file that pages of other sites may load; its address there never changes, so that it is not kept for long."""


def register(app: Flask) -> None:
    """Serve /static and offer `asset(name)` to the templates."""
    app.add_url_rule("/static/<path:name>", "asset", _serve)
    app.jinja_env.globals["asset"] = asset


def asset(name: str) -> str:
    """The address of a file in static/, with the beginning of its hash."""
    return f"/static/{name}?v={_hash(current_app.root_path, name)}"


@cache
def _hash(root: str, name: str) -> str:
    return hashlib.sha256((Path(root) / "static" / name).read_bytes()).hexdigest()[:10]


def _serve(name: str) -> Response:
    """The file, read whole: what is streamed is not compressed for every browser."""
    if name.rsplit("/", 1)[-1].startswith("."):
        abort(404)
    response = send_from_directory(Path(current_app.root_path) / "static", name, max_age=YEAR)
    response.direct_passthrough = False
    response.get_data()
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    if name == EMBEDDED:
        response.headers["Cache-Control"] = f"public, max-age={HOUR}"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
