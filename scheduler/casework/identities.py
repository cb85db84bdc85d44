"""Who somebody is, as the conflict check compares it: out of an intake's answers, or out of a sealed document."""

import hmac
from collections.abc import Iterator, Mapping
from typing import Any

from scheduler.engine.answers import Answers
from scheduler.engine.conflicts import Birth, Identity, Known, Who
from scheduler.engine.names import PREFIX, Name, sound

AGAINST = "person_against"
NAMED = {"attorney_name": "attorney", "trusted_person_name": "trusted"}
"""Questions that name one more person, and what she is then called."""

OTHERS = "other_"
"""Before the kind of a hash of somebody who does not ask for help herself."""

CODE = 2
"""Letters of a country's code; what is longer says that she does not know."""


def keyed(key: bytes, kind: str, text: str) -> bytes:
    """The HMAC-SHA-256 of one fact of one kind."""
    return hmac.digest(key, f"{kind}:{text}".encode("utf-8", "surrogatepass"), "sha256")


def applicant(key: bytes, answers: Answers) -> Identity:
    """Who asks for help; of the A-number no more than its keyed hash."""
    own = Name(str(answers.get("given_names") or ""), str(answers.get("family_names") or ""))
    also = (Name(str(name)) for name in answers.get("other_names_used") or ())
    return Identity(
        names=(own, *also),
        birth=birth(answers.get("birth_date")),
        countries=frozenset(code for code in answers.get("nationality_country") or () if len(code) == CODE),
        phone=str(answers.get("contact_phone") or ""),
        email=str(answers.get("contact_email") or "").casefold(),
        a_number=a_number(key, str(answers.get("a_number") or "")),
    )


def others(answers: Answers) -> tuple[tuple[str, str], ...]:
    """The people whom she named: each with the code of what she is to her."""
    rows = ((str(row.get("name") or ""), str(row.get("role") or "")) for row in answers.get("conflict_people") or ())
    single = ((str(answers.get(field) or ""), role) for field, role in NAMED.items())
    return tuple((name, role) for name, role in (*rows, *single) if name)


def as_known(name: str, role: str) -> Known:
    """Somebody who was named in another matter."""
    return Known(Who.ADVERSE if role == AGAINST else Who.RELATED, Identity((Name(name),)))


def birth(said: Mapping[str, Any] | None) -> Birth | None:
    """As much of a partial date as is known."""
    return Birth(said["y"], said.get("m"), said.get("d")) if said and said.get("y") else None


def a_number(key: bytes, said: str) -> str:
    """What stands for an A-number wherever names are kept."""
    return keyed(key, "a_number", said).hex() if said else ""


def hashes(key: bytes, identity: Identity, before: str = "") -> set[tuple[str, bytes]]:
    """The keyed hashes by which somebody is found: what is known of her by kind, each kind with `before` in front."""
    found = {(f"{before}{kind}", keyed(key, f"{before}{kind}", text)) for kind, text in _facts(identity) if text}
    return found | ({("a_number", bytes.fromhex(identity.a_number))} if identity.a_number else set())


def _facts(identity: Identity) -> Iterator[tuple[str, str]]:
    for token in {word for name in identity.names for word in name.words}:
        yield from (("name", token), ("sound", sound(token)), ("start", token[:PREFIX]))
    yield from (("phone", identity.phone), ("email", identity.email))
    yield "birth_year", str(identity.birth.year) if identity.birth else ""


def as_document(identity: Identity) -> dict[str, Any]:
    """The same for sealing."""
    born = identity.birth
    return {
        "names": [[name.given, name.family] for name in identity.names],
        "birth": [born.year, born.month, born.day] if born else None,
        "countries": sorted(identity.countries),
        "phone": identity.phone,
        "email": identity.email,
        "a_number": identity.a_number,
    }


def of_document(document: Mapping[str, Any]) -> Identity:
    """Who is meant by a document that was sealed."""
    return Identity(
        names=tuple(Name(given, family) for given, family in document["names"]),
        birth=Birth(*document["birth"]) if document["birth"] else None,
        countries=frozenset(document["countries"]),
        phone=document["phone"],
        email=document["email"],
        a_number=document["a_number"],
    )
