"""Which of somebody's calendars are read, where only the address of their server was typed."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from scheduler.casework import calendars
from scheduler.casework.calendar_reading import Add, add
from scheduler.casework.calendars import NoSuchPerson
from scheduler.casework.parts import Parts
from scheduler.casework.sealing import Broken, place, seal, unseal
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import end_reading
from scheduler.channels.calendars import Fault, Kind, NotRead, Source
from scheduler.channels.discovery import Collection as There
from scheduler.channels.discovery import collections
from scheduler.channels.fetch import Login

OPEN = timedelta(minutes=15)
"""So long a choice may take."""


class NoSuchChoice(Exception):
    """It was another's, is too old, or nothing was chosen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the calendars are called, in order; `sealed` is what is needed to add them, and opens nowhere else."""

    names: tuple[str, ...] = field(repr=False)
    sealed: str = field(repr=False)


def add_or_ask(parts: Parts, who: SignedIn, request: Add) -> Choice | None:
    """
    Add a calendar; where the address is that of a server, those that are there are to be chosen from.

    Raises:
        NoSuchPerson: Nobody who can be booked has this number, or she has ten calendars already.
        NotRead: Nothing is there that can be read.
    """
    source = request.source
    if request.person not in calendars.owners():
        raise NoSuchPerson(request.person)
    if source.kind is Kind.ICS:
        add(parts, who, request)
        return None
    end_reading()
    found = _found(parts, source)
    if found[0].is_meant:
        add(parts, who, Add(request.person, replace(source, url=found[0].url)))
        return None
    login = {"user": source.login.user, "password": source.login.password} if source.login else {}
    until = (parts.clock.now() + OPEN).isoformat()
    document = {"person": request.person, "urls": [one.url for one in found], "until": until, **login}
    sealed = seal(document, parts.keyring.firm(calendars.KEY), _place(who))
    return Choice(tuple(one.name for one in found), urlsafe_b64encode(sealed).decode())


def choose(parts: Parts, who: SignedIn, sealed: str, numbers: Collection[int]) -> None:
    """
    Add those of a choice that have these numbers, from 0; those before one that cannot be read stay.

    Raises:
        NoSuchChoice: It was another's, is too old, or nothing was chosen.
        NoSuchPerson: Nobody who can be booked has its number, or she has ten calendars already.
        NotRead: One of them cannot be read.
    """
    try:
        said = unseal(urlsafe_b64decode(sealed), parts.keyring.firm(calendars.KEY), _place(who))
    except (Broken, ValueError):
        raise NoSuchChoice from None
    chosen = [url for number, url in enumerate(said["urls"]) if number in numbers]
    if not chosen or datetime.fromisoformat(said["until"]) <= parts.clock.now():
        raise NoSuchChoice
    login = Login(said["user"], said["password"]) if said.get("user") else None
    for url in chosen:
        add(parts, who, Add(said["person"], Source(Kind.CALDAV, url, login)))


def _found(parts: Parts, source: Source) -> tuple[There, ...]:
    """What is there; of a server that says nothing of itself the address that was typed."""
    try:
        return collections(parts.fetcher, source)
    except NotRead as failure:
        if failure.fault is not Fault.NOT_A_CALENDAR:
            raise
        return (There("", source.url, is_meant=True),)


def _place(who: SignedIn) -> bytes:
    return place("calendar", "choice", who.id)
