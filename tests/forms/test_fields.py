from typing import Any

import pytest

from tests.forms.asking import context, post, typed


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("O", id="one letter"),
        pytest.param("María de los Ángeles", id="accents and small words"),
        pytest.param("O’Neil-D'Angelo Jr.", id="both apostrophes, a hyphen and a dot"),
        pytest.param("王", id="one Chinese sign"),
        pytest.param("محمد علي", id="Arabic"),
        pytest.param("Ольга", id="Cyrillic"),
        pytest.param("कृष्णा", id="Devanagari with its vowel marks"),
        pytest.param("نمی\u200cخواهم", id="Persian with a joiner"),
        pytest.param("N" * 80, id="as long as it may be"),
    ],
)
def test_a_name_of_any_script_is_kept_as_written(name: str) -> None:
    page = post("about", typed(given_names=name))

    assert page.answers()["given_names"] == name


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("  Ana   Rosa ", "Ana Rosa", id="spaces"),
        pytest.param("Jose\u0301", "José", id="a loose accent joins its letter"),
        pytest.param("Ana\u00a0Rosa", "Ana Rosa", id="a hard space"),
        pytest.param("\u200fعلي", "علي", id="a direction mark from the keyboard"),
    ],
)
def test_a_name_is_tidied(written: str, kept: str) -> None:
    page = post("about", typed(given_names=written))

    assert page.answers()["given_names"] == kept


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("", id="nothing"),
        pytest.param("Ana1", id="a digit"),
        pytest.param("...", id="no letter"),
        pytest.param("Ana\nBcc: x", id="a line break"),
        pytest.param("A\0na", id="a NUL"),
        pytest.param("A\ud800", id="half of a surrogate pair"),
        pytest.param("\u202eanA", id="written backwards"),
        pytest.param("<b>", id="markup"),
        pytest.param("N" * 81, id="too long"),
        pytest.param("a\u0301" * 500_000, id="a megabyte of accents"),
    ],
)
def test_what_is_no_name_gets_a_message(name: str) -> None:
    page = post("about", typed(given_names=name))

    assert page.errors["given_names"]


@pytest.mark.parametrize(
    ("country", "number", "kept"),
    [
        pytest.param("MX", "664 123 4567", "+526641234567", id="as in the hint"),
        pytest.param("MX", "044 664 123 4567", "+526641234567", id="an old mobile prefix"),
        pytest.param("MX", "045 664-123-4567", "+526641234567", id="the other old prefix"),
        pytest.param("MX", "1 664 123 4567", "+526641234567", id="the 1 of old mobile numbers"),
        pytest.param("", "+521 664 123 4567", "+526641234567", id="as WhatsApp writes it"),
        pytest.param("US", "(305) 555-0142", "+13055550142", id="as in the United States"),
        pytest.param("", "+1 305 555 0142", "+13055550142", id="with its country in it"),
        pytest.param("GT", "5512 3456", "+50255123456", id="Guatemala"),
        pytest.param("MX", "６６４１２３４５６７", "+526641234567", id="wide digits"),
    ],
)
def test_a_phone_number_becomes_e164(country: str, number: str, kept: str) -> None:
    page = post("contact", typed(contact_phone=number, contact_phone__country=country))

    assert page.answers()["contact_phone"] == kept


@pytest.mark.parametrize(
    ("country", "number"),
    [
        pytest.param("", "664 123 4567", id="no country"),
        pytest.param("MX", "66412345", id="too short"),
        pytest.param("MX", "664123456789012345", id="too long"),
        pytest.param("US", "911", id="a short code"),
        pytest.param("US", "900 900 1234", id="one that costs extra"),
        pytest.param("US", "0000000000", id="zeros"),
        pytest.param("ZZ", "664 123 4567", id="no such country"),
        pytest.param("MX", "9" * 1_000_000, id="a million digits"),
        pytest.param("MX", "call me", id="words"),
        pytest.param("MX", "\0\ud800", id="no text at all"),
    ],
)
def test_what_is_no_phone_number_gets_a_message(country: str, number: str) -> None:
    page = post("contact", typed(contact_phone=number, contact_phone__country=country))

    assert page.errors["contact_phone"]


def test_a_number_shown_again_is_the_same_number() -> None:
    page = post("contact", typed(contact_phone="664 123 4567", contact_phone__country="MX"))

    again = post("contact", typed(**{name.replace("-", "__"): values for name, values in _shown(page).items()}))

    assert again.answers()["contact_phone"] == "+526641234567"


def _shown(page: Any) -> dict[str, list[str]]:
    raw: dict[str, list[str]] = type(page)(None, context(**page.answers())).raw()
    return raw


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        pytest.param("Ana@Example.ORG", "Ana@example.org", id="its domain in lower case"),
        pytest.param(" a@b.mx ", "a@b.mx", id="one letter, with spaces around"),
        pytest.param("a@ñandú.mx", "a@xn--and-6ma2c.mx", id="a domain with accents"),
    ],
)
def test_an_address_is_kept(address: str, kept: str) -> None:
    page = post("contact", typed(contact_channel="email", contact_email=address))

    assert page.answers()["contact_email"] == kept


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("ana", id="no at"),
        pytest.param("ana@localhost", id="no dot"),
        pytest.param("a@b@c.mx", id="two ats"),
        pytest.param("a@b.mx\nBcc: c@d.mx", id="a line break"),
        pytest.param("a" * 250 + "@b.mx", id="too long"),
        pytest.param("a@" + "b" * 1_000_000, id="a megabyte"),
        pytest.param("\ud800@b.mx", id="half of a surrogate pair"),
    ],
)
def test_what_is_no_address_gets_a_message(address: str) -> None:
    page = post("contact", typed(contact_channel="email", contact_email=address))

    assert page.errors["contact_email"]


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        pytest.param(["HN"], ["HN"], id="one"),
        pytest.param(["HN", "", "MX"], ["HN", "MX"], id="two, one box left empty"),
        pytest.param(["HN", "HN", "MX", "US"], ["HN", "MX", "US"], id="three, one twice"),
        pytest.param(["XX"], ["XX"], id="none or not sure"),
    ],
)
def test_up_to_three_citizenships(chosen: list[str], kept: list[str]) -> None:
    assert post("about", typed(nationality_country=chosen)).answers()["nationality_country"] == kept


@pytest.mark.parametrize("chosen", [["ZZ"], ["hn"], ["HN", "MX", "US", "GT"], ["\0"], ["HN" * 500_000]])
def test_other_citizenships_get_a_message(chosen: list[str]) -> None:
    assert post("about", typed(nationality_country=chosen)).errors["nationality_country"]


def people(**rows: str) -> Any:
    values = {"conflict_people__" + name.replace("_", "__", 1): value for name, value in rows.items()}
    return post("names", typed(conflict_people_any="yes", **values))


def test_people_come_in_rows_of_which_the_same_counts_once() -> None:
    page = people(
        **{"0_name": "Juan Pérez", "0_role": "employer", "3_name": " juan  pérez", "3_role": "employer"},
        **{"5_name": "Li 2", "5_role": "other"},
    )

    assert page.answers()["conflict_people"] == [
        {"name": "juan pérez", "role": "employer"},
        {"name": "Li 2", "role": "other"},
    ]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({}, id="nobody"),
        pytest.param({"0_name": "Juan"}, id="no role"),
        pytest.param({"0_role": "employer"}, id="no name"),
        pytest.param({"0_name": "Juan", "0_role": "king"}, id="no such role"),
        pytest.param({"0_name": "J" * 121, "0_role": "other"}, id="too long"),
        pytest.param({"0_name": "Ju\0an", "0_role": "other"}, id="a NUL"),
    ],
)
def test_half_a_person_gets_a_message(row: dict[str, str]) -> None:
    assert people(**row).errors["conflict_people"]
