"""A firm's list of names as a spreadsheet saves it: any of its encodings and separators, read cell by cell, bounded."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from scheduler.engine.conflicts import Birth, Identity, Who
from scheduler.engine.names import Name, fold

MOST_BYTES = 2_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 50
LONGEST_NAME = 120
SEPARATORS = ";,\t"
ZIP = b"PK\x03\x04"
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

NAME, GIVEN, FAMILY, ALSO = "name", "given", "family", "also"
BIRTH, COUNTRY, PHONE, EMAIL, A_NUMBER, WHO = "birth", "country", "phone", "email", "a_number", "who"
MEANINGS = (NAME, GIVEN, FAMILY, ALSO, BIRTH, COUNTRY, PHONE, EMAIL, A_NUMBER, WHO)
"""What a column may hold: a whole name, or given names and surnames; other names, parted by `;` or `/`; the rest."""

HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(("name", "full name", "client", "client name", "party", "nombre", "nombre completo"), NAME),
    **dict.fromkeys(("first name", "first", "given", "given name", "given names", "nombres"), GIVEN),
    **dict.fromkeys(("last name", "last", "surname", "family name", "family", "apellido", "apellidos"), FAMILY),
    **dict.fromkeys(("aka", "alias", "aliases", "other names", "otros nombres"), ALSO),
    **dict.fromkeys(("birth", "dob", "birth date", "date of birth", "birth year", "fecha de nacimiento"), BIRTH),
    **dict.fromkeys(("country", "nationality", "pais", "nacionalidad"), COUNTRY),
    **dict.fromkeys(("phone", "telephone", "mobile", "cell", "telefono", "celular"), PHONE),
    **dict.fromkeys(("email", "e-mail", "mail", "correo", "correo electronico"), EMAIL),
    **dict.fromkeys(("a-number", "a number", "alien number", "numero a"), A_NUMBER),
    **dict.fromkeys(("type", "role", "status", "who", "relation", "tipo", "relacion"), WHO),
}
SAID: Mapping[str, Who] = {
    **dict.fromkeys(("client", "current", "current client", "active", "cliente", "actual", "activo"), Who.CLIENT),
    **dict.fromkeys(("former", "former client", "past", "closed", "ex cliente", "anterior"), Who.FORMER_CLIENT),
    **dict.fromkeys(("prospect", "prospective", "lead", "consultation", "prospecto", "consulta"), Who.PROSPECT),
    **dict.fromkeys(("adverse", "adverse party", "opposing", "opposing party", "contraria"), Who.ADVERSE),
    **dict.fromkeys(("parte contraria", "contrario"), Who.ADVERSE),
    **dict.fromkeys(("related", "related party", "other", "relacionado", "otro"), Who.RELATED),
    **dict.fromkeys(("staff", "employee", "attorney", "personal", "empleado"), Who.STAFF),
    **dict.fromkeys(("staff relative", "relative", "family of staff", "familiar"), Who.STAFF_RELATIVE),
    **dict.fromkeys(("interpreter", "interprete"), Who.INTERPRETER),
    **{who.value.replace("_", " "): who for who in Who},
}

LETTERS = re.compile(r"[^\W_][\w .,'’´`&()/-]*")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
DAY = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")
COUNTRY_CODE = re.compile(r"^[A-Z]{2}$")
EMAIL_LIKE = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")


class Unreadable(Exception):
    """It is no text with separators; the code says why: `empty`, `binary`, `encoding`, `columns`."""


class TooLong(Exception):
    """More bytes, rows or columns than are read at once."""


class BadLine(Exception):
    """A line names nobody who can be kept; the code says why: `no_name`, `not_a_name`, `who`."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The headings and the rows below them, each with the number of its line."""

    headings: tuple[str, ...] = field(repr=False)
    rows: tuple[tuple[int, tuple[str, ...]], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column means (its number to one of `MEANINGS`), and who everybody is where no column says so."""

    meanings: Mapping[int, str]
    everybody: Who | None = None

    def is_enough(self) -> bool:
        """Whether there is a name to be found, and who that is."""
        meant = set(self.meanings.values())
        return bool({NAME, GIVEN, FAMILY} & meant) and (self.everybody is not None or WHO in meant)


@dataclass(frozen=True, slots=True)
class Person:
    """One line, read; the phone is as it is written, `left_out` names cells that could not be read."""

    who: Who
    identity: Identity = field(repr=False)
    a_number: str = field(repr=False)
    left_out: tuple[str, ...]


def read(content: bytes) -> Sheet:
    """
    The sheet of a file; rows without any text are passed over.

    Raises:
        TooLong: There is more than is read at once.
        Unreadable: It is no such file.
    """
    if len(content) > MOST_BYTES:
        raise TooLong
    text = _decoded(content)
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=first.count))
    try:
        rows = [(reader.line_num, tuple(map(str.strip, row))) for row in reader if any(map(str.strip, row))]
    except csv.Error:
        raise Unreadable("columns") from None
    if not rows:
        raise Unreadable("empty")
    if len(rows) > MOST_ROWS + 1 or max(len(row) for _line, row in rows) > MOST_COLUMNS:
        raise TooLong
    return Sheet(rows[0][1], tuple(rows[1:]))


def guess(headings: Sequence[str]) -> dict[int, str]:
    """What the columns seem to mean by their headings; those that say nothing known are left out."""
    named = {number: HEADINGS.get(" ".join(fold(said).split())) for number, said in enumerate(headings)}
    return {number: meaning for number, meaning in named.items() if meaning}


def person(row: Sequence[str], columns: Columns) -> Person:
    """
    Whom a row names.

    Raises:
        BadLine: Nobody who can be kept.
    """
    said = {meaning: row[number] for number, meaning in columns.meanings.items() if number < len(row) and row[number]}
    names = tuple(_names(said))
    who = SAID.get(" ".join(fold(said[WHO]).replace("_", " ").split())) if WHO in said else columns.everybody
    if who is None:
        raise BadLine("who")
    birth, number = _birth(said.get(BIRTH, "")), _a_number(said.get(A_NUMBER, ""))
    countries = frozenset(COUNTRY_CODE.findall(said.get(COUNTRY, "").upper())[:1])
    email = "".join(EMAIL_LIKE.findall(said.get(EMAIL, "").casefold())[:1])
    found = ((BIRTH, birth), (COUNTRY, countries), (EMAIL, email), (A_NUMBER, number))
    left_out = tuple(meaning for meaning, value in found if meaning in said and not value)
    return Person(who, Identity(names, birth, countries, said.get(PHONE, ""), email), number, left_out)


def _decoded(content: bytes) -> str:
    if content.startswith(ZIP):
        raise Unreadable("binary")
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise Unreadable("binary")
        return text
    raise Unreadable("encoding")


def _encodings(content: bytes) -> Sequence[str]:
    """What it may be written in, the likeliest first."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return (encoding,)
    evens, odds = content[:200:2].count(0), content[1:200:2].count(0)
    if evens or odds:
        return ("utf-16-le" if odds > evens else "utf-16-be",)
    return ("utf-8", "cp1252")


def _names(said: Mapping[str, str]) -> list[Name]:
    """All names of a row, the usual one first; a cell that begins like a formula is no name."""
    usual = (
        Name(said.get(GIVEN, ""), said.get(FAMILY, "")) if {GIVEN, FAMILY} & said.keys() else Name(said.get(NAME, ""))
    )
    also = [Name(part.strip()) for part in re.split(r"[;/|]", said.get(ALSO, "")) if part.strip()]
    cells = [usual.given, usual.family, *(name.given for name in also)]
    if not usual.words:
        raise BadLine("not_a_name" if usual.given or usual.family else "no_name")
    if not all(LETTERS.fullmatch(cell) and len(cell) <= LONGEST_NAME for cell in cells if cell):
        raise BadLine("not_a_name")
    return [usual, *also]


def _birth(said: str) -> Birth | None:
    """A whole date where it is written the one way that nobody misreads, else the year in it."""
    whole = DAY.fullmatch(said)
    if whole:
        try:
            day = date(*map(int, whole.groups()))
        except ValueError:
            return None
        return Birth(day.year, day.month, day.day)
    year = YEAR.search(said)
    return Birth(int(year.group())) if year else None


def _a_number(said: str) -> str:
    """Nine figures; eight are filled up, as they are in the courts."""
    figures = re.sub(r"[^\d]", "", said)
    return figures.zfill(9) if len(figures) in {8, 9} else ""
