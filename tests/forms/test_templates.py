import gzip
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup

from forms.base import IntakePage
from forms.booking import CallMeForm, MoveForm, ProofForm, TimeForm
from forms.files import FilesForm
from forms.flow import BY_SLUG
from forms.flow import PAGES as PART_A
from forms.more.common import MorePage
from forms.more.flow import PAGES as PART_B
from scheduler import words
from scheduler.web.filters import other_languages
from tests.forms.asking import context, post, typed

PAGES: tuple[type[IntakePage], ...] = (*PART_A, *PART_B)
ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("intake", "client", "errors")
PARTIAL = {
    *("intake/fraud.html", "intake/notices.html", "intake/page.html", "intake/next_person.html"),
    "intake/privacy_words.html",
    *("client/more.html", "client/not_taken_words.html", "client/after_call.html", "client/lost_file.html"),
    *("errors/page.html", "errors/desk.html"),
}
"""Parts of pages, pages that the tests below draw question by question, and the one of the staff."""
EMERGENCY = [("México", [("Peligro ahora", "911", "")])]
DAYS = [SimpleNamespace(label="Miércoles", slots=[SimpleNamespace(id="2026-11-25T17:00Z", clock="9:00", part="x")])]
FIRM = SimpleNamespace(alias="Citas LEU", phone="+1 305 555 0142")


def draw(template: str, locale: str, **values: Any) -> str:
    """A page as a browser gets it, with all that a view may give."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    env.globals.update(_=words._, _n=words._n, _p=words._p, locale=words.locale)
    env.globals.update(asset=lambda name: f"/static/{name}", csrf_token=lambda: "token")
    env.globals.update(other_languages=other_languages)
    with words.speaking(locale):
        return env.get_template(template).render(firm=FIRM, leave_url="https://weather.example/", **values)


def everything(template: str, locale: str) -> dict[str, Any]:
    form = {"prove": ProofForm, "call_me": CallMeForm, "move": MoveForm, "not_now": MoveForm, "files": FilesForm}
    values: dict[str, Any] = {
        "days": DAYS,
        "zone": "Tijuana",
        "now_there": "9:12",
        "ref": "7K4MQ2XD",
        "by": "17:00",
        "action": "/a",
    }
    values |= {"frame": "errors/page.html", "page": BY_SLUG["contact"](None, context(locale))}
    values |= {"texts": {}, "hotlines": {}, "sites": {}, "cities": (), "outcome": {}}
    values["ways"] = {"year": True, "code": True}
    chosen = form.get(Path(template).stem, TimeForm)
    return values | {"form": chosen(None, context(locale)), "when_long": "25", "emergency": EMERGENCY, "writes": True}


def all_templates() -> list[str]:
    paths = (path for folder in FOLDERS for path in sorted((ROOT / "templates" / folder).glob("*.html")))
    return [name for path in paths if (name := path.relative_to(ROOT / "templates").as_posix()) not in PARTIAL]


def page(kind: type[IntakePage], locale: str, *, wrong: bool = False) -> str:
    with words.speaking(locale):
        shown = post(kind.slug, typed(), context(locale)) if wrong else kind(None, context(locale))
        template = "client/more.html" if issubclass(kind, MorePage) else "intake/page.html"
        return draw(template, locale, page=shown, progress=(1, 11), emergency=EMERGENCY, back_url="/", is_kept=wrong)


@pytest.mark.parametrize("locale", ["es", "en"])
@pytest.mark.parametrize("template", all_templates())
def test_every_page_has_the_same_neutral_title(template: str, locale: str) -> None:
    html = draw(template, locale, **everything(template, locale))

    assert BeautifulSoup(html, "html.parser").title.text == {"es": "Citas", "en": "Appointments"}[locale]  # type: ignore[union-attr]


@pytest.mark.parametrize("template", [name for name in all_templates() if name != "intake/leave.html"])
def test_every_page_can_be_left(template: str) -> None:
    html = draw(template, "es", **everything(template, "es"))

    form = BeautifulSoup(html, "html.parser").select_one("header form[action='/x'][method=post]")

    assert form is not None
    assert form.select_one("input[name=csrf_token]")


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.slug)
def test_every_control_has_a_name_that_is_read_aloud(kind: type[IntakePage]) -> None:
    soup = BeautifulSoup(page(kind, "es", wrong=True), "html.parser")
    labelled = {label.get("for") for label in soup.select("label[for]")}

    unnamed = [
        control
        for control in soup.select("main input:not([type=hidden]), main select, main textarea")
        if not (control.find_parent("label") or control.get("id") in labelled or control.get("aria-label"))
    ]

    assert not unnamed


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.slug)
def test_the_summary_leads_to_the_marked_answers(kind: type[IntakePage]) -> None:
    soup = BeautifulSoup(page(kind, "es", wrong=True), "html.parser")
    ids = [tag["id"] for tag in soup.select("[id]")]

    assert len(ids) == len(set(ids))
    assert all(str(link["href"])[1:] in ids for link in soup.select(".summary a"))


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.slug)
def test_every_description_exists(kind: type[IntakePage]) -> None:
    soup = BeautifulSoup(page(kind, "es", wrong=True), "html.parser")
    ids = {tag["id"] for tag in soup.select("[id]")}

    assert all(set(str(tag["aria-describedby"]).split()) <= ids for tag in soup.select("[aria-describedby]"))


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.slug)
def test_a_page_is_light_on_a_weak_network(kind: type[IntakePage]) -> None:
    assert len(gzip.compress(page(kind, "es", wrong=True).encode())) <= 8_000


@pytest.mark.parametrize("template", all_templates())
def test_nothing_stands_in_a_page_that_the_policy_would_block(template: str) -> None:
    html = draw(template, "es", **everything(template, "es"))

    assert not re.search(r"<style|style=|<script(?! src)|\son\w+=|javascript:", html)


def test_what_is_typed_is_shown_as_text() -> None:
    with words.speaking("es"):
        shown = post("about", typed(given_names='"><script>x</script>', family_names="a\0"))
        html = draw("intake/page.html", "es", page=shown)

    assert "<script>x" not in html
    assert "\0" not in html


def test_style_and_script_are_small() -> None:
    style, revealing, script = (
        len(gzip.compress((ROOT / "static" / name).read_bytes())) for name in ("client.css", "reveal.css", "client.js")
    )

    assert style + revealing <= 4_096
    assert script <= 1_024


def ours() -> set[tuple[str | None, Any]]:
    """Every message of the forms and of the clients' pages."""
    keywords = {"_": None, "_l": None, "_p": ((1, "c"), 2), "_lp": ((1, "c"), 2), "_n": (1, 2)}
    found = [
        *extract_from_dir(ROOT / "forms", [("**.py", "python")], keywords=keywords),
        *extract_from_dir(ROOT / "templates", [("**.html", "jinja2")], keywords=keywords),
    ]
    mine = (*(f"{folder}/" for folder in FOLDERS), "macros/", "base.html")
    return {(row[4], row[2]) for row in found if row[0].endswith(".py") or row[0].startswith(mine)}


def test_every_message_speaks_spanish() -> None:
    with (ROOT / "translations/es/LC_MESSAGES/messages.po").open("rb") as file:
        catalog = read_po(file, locale="es")
    known = {(message.context, message.id) for message in catalog if message.id and all(_texts(message.string))}

    assert ours() - known == set()


def _texts(string: Any) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def test_translations_have_the_places_of_their_messages() -> None:
    with (ROOT / "translations/es/LC_MESSAGES/messages.po").open("rb") as file:
        catalog = read_po(file, locale="es")

    assert not [
        message.id
        for message in catalog
        if isinstance(message.id, str)
        and set(re.findall(r"{\w+}", message.id)) != set(re.findall(r"{\w+}", str(message.string)))
    ]
