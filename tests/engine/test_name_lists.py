"""Lists as offices have them: encodings, separators, headings, cells that are something else."""

import pytest

from scheduler.engine.conflicts import Birth, Who
from scheduler.engine.name_lists import BadLine, Columns, Sheet, TooLong, Unreadable, guess, person, read
from scheduler.engine.names import Name

TEXT = "Nombre;Tipo\nRosa Muñoz;cliente\n"
SHEET = Sheet(("Nombre", "Tipo"), ((2, ("Rosa Muñoz", "cliente")),))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="UTF-8 with a mark, as Excel writes it"),
        pytest.param(TEXT.encode("utf-16"), id="UTF-16 with a mark"),
        pytest.param(TEXT.encode("utf-16-le"), id="UTF-16, little end first, no mark"),
        pytest.param(TEXT.encode("utf-16-be"), id="UTF-16, big end first, no mark"),
        pytest.param(TEXT.encode("cp1252"), id="Windows"),
        pytest.param(TEXT.replace(";", ",").encode(), id="commas"),
        pytest.param(TEXT.replace(";", "\t").encode(), id="tabs"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="lines of Windows"),
        pytest.param((TEXT + ";\n \n").encode(), id="rows without text"),
        pytest.param('"Nombre";"Tipo"\n"Rosa Muñoz";"cliente"\n'.encode(), id="quotation marks"),
    ],
)
def test_a_list_is_read_however_it_was_saved(content: bytes) -> None:
    assert read(content) == SHEET


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"\n ; \n", "empty", id="no text"),
        pytest.param(b"PK\x03\x04\x14\x00", "binary", id="a workbook, not a list"),
        pytest.param(b"\xef\xbb\xbfa\0b", "binary", id="zeros in a text"),
        pytest.param(b"\x81\xff", "encoding", id="bytes of no encoding"),
        pytest.param(b'"' + b"a" * 200_000, "columns", id="a cell without an end"),
    ],
)
def test_what_is_no_list_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read(content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"a" * 2_000_001, id="more than two million bytes"),
        pytest.param(b"a\n" * 20_002, id="more than twenty thousand rows"),
        pytest.param(b"a," * 51, id="more than fifty columns"),
    ],
)
def test_a_list_has_bounds(content: bytes) -> None:
    with pytest.raises(TooLong):
        read(content)


def test_twenty_thousand_rows_are_read() -> None:
    assert len(read(b"a\n" * 20_001).rows) == 20_000


def test_headings_are_understood_in_both_languages() -> None:
    headings = ("Nombres", "APELLIDOS", "Date of  Birth", "País", "Correo electrónico", "Notes")

    assert guess(headings) == {0: "given", 1: "family", 2: "birth", 3: "country", 4: "email"}


@pytest.mark.parametrize(
    ("meanings", "everybody", "enough"),
    [
        pytest.param({0: "name"}, Who.CLIENT, True, id="a name, and everybody is a client"),
        pytest.param({0: "family", 1: "who"}, None, True, id="surnames, and a column says who"),
        pytest.param({0: "name"}, None, False, id="nobody says who they are"),
        pytest.param({0: "phone"}, Who.CLIENT, False, id="no names"),
    ],
)
def test_the_columns_are_enough(meanings: dict[int, str], everybody: Who | None, enough: bool) -> None:
    assert Columns(meanings, everybody).is_enough() is enough


ALL = Columns(dict(enumerate(("name", "also", "birth", "country", "phone", "email", "a_number", "who"))), Who.ADVERSE)


def test_a_line_is_a_person() -> None:
    row = (
        "Rosa Muñoz",
        "Rosi Muñoz; R. Muñoz",
        "1990-05-03",
        "hn",
        "+504 1",
        "ROSA@x.hn",
        "A 12-345-678",
        "ex cliente",
    )

    read_line = person(row, ALL)

    one = read_line.identity
    assert one.names == (Name("Rosa Muñoz"), Name("Rosi Muñoz"), Name("R. Muñoz"))
    assert (one.birth, one.phone, one.email) == (Birth(1990, 5, 3), "+504 1", "rosa@x.hn")
    assert one.countries == {"HN"}
    assert (read_line.who, read_line.a_number, read_line.left_out) == (Who.FORMER_CLIENT, "012345678", ())


@pytest.mark.parametrize(
    ("cell", "birth"),
    [
        pytest.param("1990", Birth(1990), id="a year"),
        pytest.param("03/05/1990", Birth(1990), id="which is the month nobody knows: the year"),
        pytest.param("2 de mayo de 1990", Birth(1990), id="in words"),
        pytest.param("1990-02-31", None, id="no day"),
        pytest.param("1850", None, id="nobody lives so long"),
    ],
)
def test_as_much_of_a_birth_as_is_sure_is_read(cell: str, birth: Birth | None) -> None:
    assert person(("Rosa", cell), Columns({0: "name", 1: "birth"}, Who.CLIENT)).identity.birth == birth


def test_cells_that_cannot_be_read_are_left_out_and_named() -> None:
    row = ("Rosa", "", "soon", "Honduras", "", "rosa at home", "12", "")

    assert person(row, ALL).left_out == ("birth", "country", "email", "a_number")


def test_a_row_may_be_shorter_than_its_headings() -> None:
    assert person(("Rosa",), ALL).who is Who.ADVERSE


@pytest.mark.parametrize(
    ("row", "why"),
    [
        pytest.param(("", "x"), "no_name", id="no name"),
        pytest.param(("…",), "not_a_name", id="no letters"),
        pytest.param(('=HYPERLINK("https://x.example","Rosa")',), "not_a_name", id="a formula"),
        pytest.param(("+Rosa",), "not_a_name", id="a formula by plus"),
        pytest.param(("-2+3",), "not_a_name", id="a formula by minus"),
        pytest.param(("@SUM(A1)",), "not_a_name", id="a formula by at"),
        pytest.param(("Rosa", "=cmd"), "not_a_name", id="a formula among other names"),
        pytest.param(("<script>",), "not_a_name", id="markup"),
        pytest.param(("a" * 121,), "not_a_name", id="too long for a name"),
        pytest.param(("Rosa", "", "", "", "", "", "", "pirate"), "who", id="nobody knows who that is"),
    ],
)
def test_a_line_that_names_nobody_is_refused(row: tuple[str, ...], why: str) -> None:
    with pytest.raises(BadLine, match=why):
        person(row, ALL)
