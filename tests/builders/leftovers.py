"""A browser with a profile on disk, services that do something wrong, and what is left of both."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import BrowserContext, BrowserType, Page
from werkzeug.serving import make_server
from werkzeug.test import run_wsgi_app

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
UNTOUCHED = ["--disable-back-forward-cache"]
"""What a driver switches off and a person's browser does not."""


@contextmanager
def serving_here(app: Wsgi, port: int) -> Iterator[None]:
    """Answer on this port from a thread of this process."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def the_weather(_environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """A neutral site."""
    start("200 OK", [("Content-Type", "text/html")])
    return [b"<p>The weather is fine.</p>"]


def plain(app: Flask) -> Wsgi:
    """The service, whose pages are not compressed, so that whatever is kept of them can be read."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        return app.wsgi_app(environ, start)

    return answer


def storing(app: Flask) -> Wsgi:
    """A twin whose pages may be kept, and that does not ask the browser to forget them."""
    inner = plain(app)

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        def begin(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            left = [(name, value) for name, value in headers if name not in {"Cache-Control", "Clear-Site-Data"}]
            return start(status, [*left, ("Cache-Control", "private, max-age=3600")], *rest)

        return inner(environ, begin)

    return answer


def answering_posts(app: Flask) -> Wsgi:
    """A twin that answers a form with the next page itself instead of leading to it."""
    inner = plain(app)

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] == "/x":
            return inner(environ, start)
        body, status, headers = run_wsgi_app(inner, environ)
        if "Location" not in headers:
            start(status, list(headers))
            return body
        b"".join(body)
        cookies = [value for name, value in headers if name == "Set-Cookie"]
        following = {**environ, "REQUEST_METHOD": "GET", "PATH_INFO": urlsplit(headers["Location"]).path}
        following |= {"wsgi.input": BytesIO(), "CONTENT_LENGTH": "0", "CONTENT_TYPE": ""}
        following |= {"HTTP_COOKIE": cookies[-1].partition(";")[0]} if cookies else {}
        return inner(following, start)

    return answer


@contextmanager
def profile_of(
    browser: BrowserType, path: str, folder: Path, *more: str, script: bool = True
) -> Iterator[BrowserContext]:
    """A window of a browser that keeps its profile in this folder."""
    context = browser.launch_persistent_context(
        folder,
        executable_path=path,
        args=list(more),
        ignore_default_args=UNTOUCHED,
        java_script_enabled=script,
        locale="es-MX",
        viewport={"width": 360, "height": 640},
    )
    context.set_default_timeout(15_000)
    try:
        yield context
    finally:
        context.close()


def on_screen(page: Page, words: Iterable[str]) -> list[str]:
    """Which of these words the page has, in its text or in a field."""
    fields = page.locator("input, textarea, select").evaluate_all("all => all.map(one => one.value)")
    shown = page.content() + " ".join(fields)
    return [word for word in words if word in shown]


def on_disk(folder: Path, words: Iterable[str]) -> list[str]:
    """Which of these words are in which file of a folder, in the ways in which a browser writes text."""
    found = []
    for file in (one for one in folder.rglob("*") if one.is_file()):
        content = _content(file)
        found += [
            f"{word} in {file.relative_to(folder)}"
            for word in words
            if any(word.encode(code) in content for code in ("utf-8", "utf-16-le"))
        ]
    return found


def _content(file: Path) -> bytes:
    """What stands in it; nothing, where the browser has just taken it away."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
