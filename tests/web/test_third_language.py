"""A third language needs a folder of translations and nothing else."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from flask import Flask

from scheduler import words
from tests.builders.browser import Browser
from tests.builders.firm import a_firm

SPANISH = Path("es/LC_MESSAGES/messages.po")
HAITIAN = Path("ht/LC_MESSAGES/messages.po")


def marked(text: str | tuple[str, ...] | list[str]) -> str | tuple[str, ...]:
    return f"«{text}»" if isinstance(text, str) else tuple(f"«{form}»" for form in text)


def translated(source: Path, into: Path) -> None:
    """Each message of the source as itself between marks."""
    with source.open("rb") as file:
        catalog = read_po(file, locale="ht")
    for message in catalog:
        if message.id:
            message.string = marked(message.id)
    into.parent.mkdir(parents=True)
    with into.open("wb") as file:
        write_po(file, catalog, omit_header=True)


@pytest.fixture
def haitian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "translations"
    shutil.copytree(words._FOLDER, folder)
    translated(folder / SPANISH, folder / HAITIAN)
    monkeypatch.setattr(words, "_FOLDER", folder)
    words.languages.cache_clear()
    words._catalog.cache_clear()
    yield
    words.languages.cache_clear()
    words._catalog.cache_clear()


@pytest.mark.usefixtures("haitian")
def test_the_start_page_speaks_it_and_offers_it_by_its_own_name(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    browser = Browser(app)

    offered, spoken = browser.get("/").text, browser.get("/?lang=ht").text

    assert ("Kreyòl ayisyen" in offered, '<html lang="ht"' in spoken, "«Start»" in spoken) == (True, True, True)


@pytest.mark.usefixtures("haitian")
def test_a_refused_page_speaks_it_from_label_to_error(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    browser = Browser(app)
    browser.get("/?lang=ht")
    browser.get("/apply/safety")

    page = browser.follow(browser.post("/apply/safety", immediate_danger="no")).text

    assert "«Choose an answer so we can keep you safe.»" in page
