"""When somebody is busy by a calendar of hers that another keeps."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scheduler.engine.intervals import Interval
from scheduler.engine.invitation.lines import Component, NotACalendar, Property, TooMuch, read
from scheduler.engine.invitation.series import Change, Seconds, Shape, Span, period, shape, times
from scheduler.engine.invitation.their_zones import Home, Zones

__all__ = ["Busy", "Home", "NotACalendar", "Owner", "TooMuch", "busy"]

MINUTE = 60
MOST_STRETCHES = 20_000
LONGEST_UID = 600
MOST_DIGITS = 9
WITHOUT_A_NAME = frozenset(
    {
        "",
        "busy",
        "tentative",
        "away",
        "out of office",
        "private appointment",
        "ocupado",
        "ocupada",
        "provisional",
        "no disponible",
        "fuera de la oficina",
        "cita privada",
    }
)
"""Titles of events whose server shows when, and not what."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose calendar it is: her clock, the address by which she is invited, and that by which we invite her."""

    home: Home
    email: str = field(repr=False)
    inviter: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Busy:
    """
    One event, or one stretch of a free/busy answer, within the span: minutes rounded outwards, without buffers.

    Where `by_times`, its times alone say whether it is an invitation of ours, and its UID may be any: nothing else is
    known of it, or it names us as who invites.
    """

    uid: str
    by_times: bool
    stretches: tuple[Interval, ...]


def busy(files: Iterable[str], owner: Owner, span: Interval) -> list[Busy]:
    """
    What the calendars say, repeated events at each of their times; nothing in it where they say that she is free.

    That is so where an event is cancelled, transparent, marked as free, or declined by her.

    Raises:
        NotACalendar: One of the files is none, or a part of it means nothing: it is not guessed at.
        TooMuch: It says more than a person's calendar does.
    """
    seconds = Span(span.start * MINUTE, span.end * MINUTE)
    found: list[Busy] = []
    count = 0
    for calendar in (one for file in files for one in read(file)):
        zones = Zones.of(calendar, owner.home, seconds.end)
        for one in _of_one(calendar, owner, zones, seconds):
            count += len(one.stretches)
            if count > MOST_STRETCHES:
                raise TooMuch("times")
            found.append(one)
    return found


def _of_one(calendar: Component, owner: Owner, zones: Zones, span: Span) -> Iterator[Busy]:
    for events in _by_uid(calendar).values():
        yield from _of_one_uid(events, owner, zones, span)
    for answer in calendar.walk("VFREEBUSY"):
        for said in answer.all("FREEBUSY"):
            if said.params.get("FBTYPE", "BUSY").upper() != "FREE":
                tzid = said.params.get("TZID", "")
                periods = [period(text, tzid, zones) for text in said.value.split(",") if text.strip()]
                yield from (_busy("", [one], span, by_times=True) for one in periods if span.holds(one))


def _by_uid(calendar: Component) -> dict[str, list[Component]]:
    """Events without a UID are nobody's changes."""
    found = defaultdict[str, list[Component]](list)
    for number, event in enumerate(calendar.walk("VEVENT")):
        found[event.text("UID") or f"\0{number}"].append(event)
    return found


def _of_one_uid(events: list[Component], owner: Owner, zones: Zones, span: Span) -> Iterator[Busy]:
    """An event, repeated or not, and the instances of it that are otherwise; a change may come without its event."""
    changes = list(_changes(events, owner, zones))
    whole = [event for event in events if event.first("RECURRENCE-ID") is None]
    newest = max(map(_version, whole), default=0)
    found = [one for change in changes if change.shape and span.holds(one := _time(change.shape, zones))]
    for event in whole:
        if _version(event) == newest and _is_busy(event, owner) and (own := shape(event, zones)):
            found += times(event, own, changes, zones, span)
    if found:
        by_times = all(_is_known_by_times(event, owner) for event in events)
        yield _busy(events[0].text("UID"), found, span, by_times=by_times)


def _version(event: Component) -> int:
    """Its SEQUENCE: of the same event only the highest counts (RFC 5546 §2.1.4)."""
    sequence = event.text("SEQUENCE")[:MOST_DIGITS]
    return int(sequence) if sequence.isdecimal() else 0


def _time(own: Shape, zones: Zones) -> Seconds:
    return own.at(own.begin.wall, zones)


def _changes(events: Iterable[Component], owner: Owner, zones: Zones) -> Iterator[Change]:
    """The newest change of each instance (RFC 5545 §3.8.4.4)."""
    newest: dict[tuple[str, str], tuple[int, Component, Property]] = {}
    for event in events:
        if said := event.first("RECURRENCE-ID"):
            version = _version(event)
            key = (said.value, said.params.get("TZID", ""))
            if key not in newest or version >= newest[key][0]:
                newest[key] = (version, event, said)
    for _number, event, said in newest.values():
        own = shape(event, zones) if _is_busy(event, owner) else None
        yield Change(zones.moment(said), said.params.get("RANGE", "").upper() == "THISANDFUTURE", own)


def _is_busy(event: Component, owner: Owner) -> bool:
    free = (
        event.text("STATUS").upper() == "CANCELLED",
        event.text("TRANSP").upper() == "TRANSPARENT",
        event.text("X-MICROSOFT-CDO-BUSYSTATUS").upper() == "FREE",
        any(_declined(attendee, owner) for attendee in event.all("ATTENDEE")),
    )
    return not any(free)


def _declined(attendee: Property, owner: Owner) -> bool:
    """Whether it is she, and she said no; addresses are alike in any case (RFC 5545 §3.3.3)."""
    address = attendee.value.strip().casefold().removeprefix("mailto:")
    return address == owner.email.casefold() and attendee.params.get("PARTSTAT", "").upper() == "DECLINED"


def _is_known_by_times(event: Component, owner: Owner) -> bool:
    inviter = event.text("ORGANIZER").casefold().removeprefix("mailto:")
    return event.text("SUMMARY").casefold() in WITHOUT_A_NAME or (inviter == owner.inviter.casefold() != "")


def _busy(uid: str, found: Iterable[Seconds], span: Span, *, by_times: bool) -> Busy:
    cut = ((max(start, span.start), min(end, span.end)) for start, end in found)
    minutes = (Interval(start // MINUTE, -(-end // MINUTE)) for start, end in cut)
    return Busy(uid[:LONGEST_UID], by_times, tuple(dict.fromkeys(minutes)))
