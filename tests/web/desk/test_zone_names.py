"""Wherever the desk types the name of a time zone, all of them are there to choose from."""

import re

import pytest
from flask import Flask

from scheduler.casework.working import zone_of
from scheduler.web import working_words
from tests.builders.firm import a_firm
from tests.builders.staff import at_the_desk

SOME = {"America/Tijuana", "America/Ciudad_Juarez", "America/Argentina/Ushuaia", "Asia/Tokyo"}


def fields(text: str) -> list[str]:
    """The fields in which a zone is typed."""
    return re.findall(r'<input name="zone"[^>]*>', text)


def offered(text: str) -> set[str]:
    """What the list says to whoever types."""
    return set(
        re.findall(r'<option value="([^"]+)">', text.partition('<datalist id="zones">')[2].split("</datalist>")[0])
    )


@pytest.mark.parametrize(("page", "times"), [("/desk/people", 1), ("/desk/people/1", 2)])
def test_every_field_for_a_zone_has_the_list(app: Flask, page: str, times: int) -> None:
    a_firm(app).with_attorney("Ana")

    text = at_the_desk(app, "admin").get(page).text

    assert ['list="zones"' in one for one in fields(text)] == [True] * times
    assert offered(text) >= SOME


def test_every_zone_of_the_list_can_be_saved() -> None:
    names = working_words.zones()

    assert [name for name in names if zone_of(name) != name] == []


def test_a_field_without_the_list_would_be_noticed() -> None:
    text = '<datalist id="zones"><option value="Asia/Tokyo">Tokyo</option></datalist><input name="zone" id="there">'

    assert (['list="zones"' in one for one in fields(text)], offered(text)) == ([False], {"Asia/Tokyo"})
