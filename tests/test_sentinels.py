"""All that a client can write, and her files: nowhere in clear, nowhere as a bare hash."""

import base64
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

import pytest
from flask import Flask

from config import Settings
from forms.a_number import ANumberField
from forms.fields import Email, Text
from forms.flow import PAGES
from forms.more.flow import PAGES as MORE
from forms.phones import PhoneField
from forms.rows import NamesField, PeopleField
from scheduler.casework.delivery import deliver_one
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.branches import fields_of
from scheduler.models import Intake, Upload, db
from tests.builders.client import Client
from tests.builders.files import PAPER, a_photo
from tests.builders.firm import a_firm
from tests.builders.sentinels import ADDRESS, NUMBER, PERSON, PHONE, TYPED, files, found, rows
from tests.builders.submissions import MOST
from tests.conftest import on_both

RECEIPT, OTHER_PHONE = "IOE9876543219", "6641357924"
HELPER: Mapping[str, Any] = {
    **TYPED,
    "filler_role": "advocate",
    "helper_relationship": None,
    "helper_org": "Centinelaonce",
    "detained_now": "yes_jail",
    "detention_place": "Centinelatrece",
}
BY_MAIL: Mapping[str, Any] = {"contact_channel": "email", "contact_email": ADDRESS, "given_names": "Centinelacatorce"}
HERSELF: Mapping[str, Any] = {
    "contact_channel": "call",
    "may_write": None,
    "contact_phone": f"+52 {PHONE}",
    "given_names": "Centinelaquince",
    "spoken_language": "other",
    "spoken_language_other": "Centinelacuatro",
    "interpreter_needed": "yes",
    "current_attorney": "before",
}
TOLD: Mapping[str, Mapping[str, Any]] = {
    "reasons": {"fear_reasons": ["religion"], "fear_note": "Centinelaveinte.\r\nOtra vez."},
    "past": {"prior_applications": ["tps"], "uscis_receipt": RECEIPT, "attorney_name": "Centinela Ventiuno"},
    "call": {
        "interpreter_avoid": "Centinelaventidos",
        "questions_for_attorney": "¿Centinelaventitres?",
        "trusted_person_name": "Centinelaventicuatro",
        "trusted_person_phone": f"+52 {OTHER_PHONE}",
    },
}
"""What she writes into Part B."""

WRITTEN = (Text, Email, PhoneField, ANumberField, PeopleField, NamesField)
FILES = [(a_photo(), "centinela-foto.jpg"), (PAPER + b"% centinela en un papel\n", "centinela-papel.pdf")]
NUMBERS = (RECEIPT.casefold(), OTHER_PHONE)


def books(client: Client) -> str:
    """Take the first time; the address of her own page."""
    client.get("/apply/time")
    client.sends("/apply/time", {"slot_id": next(iter(client.slots)), "call_mode": "phone"})
    client.get(client.where)
    own = re.search(r'href="[^"]*(/c/[^"/]+)', client.seen.text)
    if own is None:
        raise AssertionError(client.text[:300])
    return own.group(1)


def tells_the_rest(client: Client, own: str) -> None:
    """All of Part B, one answer of it refused first, and files, of which one is refused as well."""
    client.get(f"{own}/more/people")
    client.sends(f"{own}/more/people", {"birth_year": "1990"})
    for page, said in TOLD.items():
        client.get(f"{own}/more/{page}")
        client.sends(
            f"{own}/more/{page}", {name: f"{said[name]} {'centinela ' * 99}" for name in said if "note" in name}
        )
        client.get(f"{own}/more/{page}")
        client.sends(f"{own}/more/{page}", said)
    client.get(f"{own}/files")
    uploads = [(io.BytesIO(content), name) for content, name in [*FILES, (b"<svg>centinela</svg>", "centinela.svg")]]
    client.sends(f"{own}/files", {"uploads": uploads, "shows": "photos"})
    client.get(f"{own}/files")


@pytest.fixture
def herself(app: Flask, parts: Parts) -> Client:
    """Three people who write into every question there is; the last has her own page and sends files."""
    a_firm(app).with_attorney("Ana")
    Client(app).through_all_pages(**HELPER)
    Client(app).through_all_pages(**BY_MAIL)
    herself = Client(app).through_all_pages(**HERSELF)
    tells_the_rest(herself, books(herself))
    while deliver_one(parts):
        pass
    db.session.remove()
    return herself


def session_of(client: Client) -> bytes:
    """What her browser keeps, readable to whoever has it."""
    with client.client.session_transaction() as cookie:
        return str(dict(cookie)).encode()


def everywhere(settings: Settings, client: Client, said: io.StringIO) -> dict[str, bytes]:
    """Every byte kept, said or sent, but the address on a letter's own envelope."""
    kept = {place: content.replace(ADDRESS.encode(), b"") for place, content in files(settings).items()}
    return kept | {"rows": rows(), "logs": said.getvalue().encode(), "session": session_of(client)}


def in_clear(kept: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Sentinels by the place where they can be read, in a name of a file as well."""
    places = {place: found(content + place.encode()) + _numbers(content) for place, content in kept.items()}
    return {place: words for place, words in places.items() if words}


def _numbers(content: bytes) -> list[str]:
    return [number for number in NUMBERS if number.encode() in content.lower()]


def hashes() -> Iterator[tuple[str, bytes]]:
    """What somebody would look for who has the disk and a list of numbers: each spelling, digest and notation."""
    phones = [spell(number) for number in (PHONE, OTHER_PHONE) for spell in SPELLINGS]
    a_numbers = [NUMBER, f"A{NUMBER}", f"A-{NUMBER}", f"A{NUMBER[:3]}-{NUMBER[3:6]}-{NUMBER[6:]}", str(int(NUMBER))]
    for text, name in product([*phones, *a_numbers, ADDRESS, ADDRESS.upper(), RECEIPT], DIGESTS):
        digest = hashlib.new(name, text.encode(), usedforsecurity=False).digest()
        coded = base64.b64encode(digest).rstrip(b"=")
        yield from ((f"{name} of {text}", form) for form in (digest, digest.hex().encode(), coded))
        yield f"{name} of {text}", base64.urlsafe_b64encode(digest).rstrip(b"=")


DIGESTS = ("md5", "sha1", "sha256", "sha512", "blake2b")
SPELLINGS: tuple[Callable[[str], str], ...] = (
    lambda number: number,
    lambda number: f"52{number}",
    lambda number: f"+52{number}",
    lambda number: f"+521{number}",
    lambda number: f"+52 {number[:3]} {number[3:6]} {number[6:]}",
)


def hashed(kept: Mapping[str, bytes]) -> set[str]:
    """What is found of those, in whatever case."""
    wanted = list(hashes())
    read = {place: (content, content.lower()) for place, content in kept.items()}
    return {
        f"{what} in {place}"
        for place, both in read.items()
        for what, form in wanted
        if any(form in one for one in both)
    }


@on_both
def test_nothing_written_into_any_question_or_file_can_be_read_anywhere(
    settings: Settings, herself: Client, spoken: io.StringIO
) -> None:
    kept = everywhere(settings, herself, spoken)

    assert in_clear(kept) == {}
    assert {place.rpartition(".")[2] for place in kept} >= {"eml", "key", "file", "copy"}


def test_no_number_or_address_can_be_found_by_its_hash(
    settings: Settings, herself: Client, spoken: io.StringIO
) -> None:
    kept = everywhere(settings, herself, spoken)

    assert hashed(kept) == set()


def test_every_question_in_which_something_is_written_was_answered() -> None:
    asked = [question for page in (*PAGES, *MORE) for question in page(None, MOST).questions()]
    written = {question.name for question in asked if isinstance(question, WRITTEN)}

    answered = {*HELPER, *BY_MAIL, *HERSELF, *(name for said in TOLD.values() for name in said)}

    assert written - answered == set()


def test_what_she_wrote_was_kept(parts: Parts, herself: Client) -> None:
    said = herself.said

    kept = {name: said.get(name) for page in TOLD for name in fields_of(page) if name in TOLD[page]}
    assert [name for name, answer in kept.items() if not answer] == []
    assert db.session.query(Upload).count() == len(FILES)


@pytest.mark.parametrize(
    ("leak", "where"),
    [
        pytest.param(lambda row: setattr(row, "confidential", PERSON.encode()), "in_clear", id="a name in clear"),
        pytest.param(
            lambda row: setattr(row, "ref", hashlib.sha256(PHONE.encode()).hexdigest()), "hashed", id="a hash"
        ),
        pytest.param(
            lambda row: setattr(row, "rejected", hashlib.md5(NUMBER.encode()).digest()),  # noqa: S324 - to be found
            "hashed",
            id="a raw hash",
        ),
    ],
)
def test_one_that_leaks_is_noticed(
    settings: Settings, herself: Client, spoken: io.StringIO, leak: Callable[[Intake], None], where: str
) -> None:
    with writing() as session:
        leak(session.get_one(Intake, herself.row.id))
    db.session.remove()

    kept = everywhere(settings, herself, spoken)

    assert {"in_clear": in_clear, "hashed": hashed}[where](kept)


def test_a_file_kept_as_it_came_or_under_its_name_is_noticed(
    parts: Parts, settings: Settings, herself: Client, spoken: io.StringIO
) -> None:
    (parts.uploads / FILES[1][1]).write_bytes(FILES[1][0])

    assert [place for place in in_clear(everywhere(settings, herself, spoken)) if place.endswith(FILES[1][1])]
