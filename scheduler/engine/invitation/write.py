"""Invitations as exact bytes: REQUEST and CANCEL for who takes part, PUBLISH for the client's own calendar."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vCalAddress

PRODID = "-//Cita//Invitations//EN"
ALARM_BEFORE = timedelta(minutes=15)

_ADDRESS = re.compile(r"[^\s<>()\[\]\\,;:\"@]+@[^\s<>()\[\]\\,;:\"@]+")
_LINE_ENDS = re.compile(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")


class NotAnAddress(ValueError):
    """What should be a bare mail address is not one; the letter is shown to a person."""


class NotAMeeting(ValueError):
    """The facts contradict each other: no length, a time without a zone, a cancellation that raises nothing."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """
    What every reader of one consultation gets alike.

    `uid` stays for life; `sequence` rises with every change of time and with the cancellation (RFC 5546 §2.1.4);
    `stamp` is the instant of this very message. Instants are aware; they are written in UTC. `organizer` is the
    alias's bare address and `alias` its shown name; `summary` is one line.
    """

    uid: str
    sequence: int
    stamp: datetime
    start: datetime
    end: datetime
    summary: str
    organizer: str
    alias: str

    def __post_init__(self) -> None:
        if any(moment.tzinfo is None for moment in (self.stamp, self.start, self.end)):
            raise NotAMeeting("an instant without a zone")
        if self.end <= self.start or self.sequence < 0:
            raise NotAMeeting(f"{self.start} to {self.end}, sequence {self.sequence}")
        bare_address(self.organizer)


@dataclass(frozen=True, slots=True)
class Invited:
    """
    The one person whom an object invites, and what only staff may read.

    `partstat` is the answer on record: NEEDS-ACTION after a change of time, else what she said (RFC 5546 §3.2.2.1).
    `link` leads to the brief, behind a login, and is empty for who reads none: then `place` says how to come in.
    `lines` become the description.
    """

    address: str = field(repr=False)
    link: str
    lines: tuple[str, ...] = ()
    alarm: bool = True
    partstat: str = "NEEDS-ACTION"
    place: str = ""

    def __post_init__(self) -> None:
        bare_address(self.address)


@dataclass(frozen=True, slots=True)
class BriefWords:
    """The words of an invitation in its reader's language, with their `{places}`; these are the English ones."""

    summary: str = "Call {what}"
    with_interpreter: str = "{language}+int"
    client_time: str = "Client's time: {when}"
    mode: str = "Mode: {mode}"
    interpreter: str = "Interpreter: {answer}"
    yes: str = "yes"
    no: str = "no"
    contact: str = "Client contact: see brief"


@dataclass(frozen=True, slots=True)
class Brief:
    """What an attorney's calendar may know of a call: no name, no fact (intake.md §4.5)."""

    ref: str
    level: str
    language: str
    interpreter: bool
    client_time: str
    mode: str
    link: str


def summary_of(brief: Brief, words: BriefWords) -> str:
    """One line such as `Call 7K4MQ2XD · U1 · es+int`."""
    spoken = words.with_interpreter.format(language=brief.language) if brief.interpreter else brief.language
    return words.summary.format(what=f"{brief.ref} · {brief.level} · {spoken}")


def lines_of(brief: Brief, words: BriefWords) -> tuple[str, ...]:
    """The lines of the description, the link to the brief first."""
    return (
        brief.link,
        words.client_time.format(when=brief.client_time),
        words.mode.format(mode=brief.mode),
        words.interpreter.format(answer=words.yes if brief.interpreter else words.no),
        words.contact,
    )


def request(meeting: Meeting, invited: Invited) -> bytes:
    """A new invitation or a change of one (RFC 5546 §3.2.2)."""
    event = _event(meeting, "CONFIRMED")
    _invite(event, invited)
    event.add("x-microsoft-disallow-counter", "FALSE")
    if invited.alarm:
        event.add_component(_alarm(meeting))
    return _bytes("REQUEST", event)


def cancel(meeting: Meeting, invited: Invited) -> bytes:
    """
    The end of an invitation: everything as last sent, the sequence raised, no alarm (RFC 5546 §3.2.5).

    Raises:
        NotAMeeting: The sequence is still that of a first invitation.
    """
    if meeting.sequence < 1:
        raise NotAMeeting("a cancellation raises the sequence")
    event = _event(meeting, "CANCELLED")
    _invite(event, invited)
    return _bytes("CANCEL", event)


def publish(meeting: Meeting) -> bytes:
    """The client's own file, which asks nobody anything: no attendee, no place, no words but the summary."""
    return _bytes("PUBLISH", _event(meeting, "CONFIRMED"))


def plain_line(text: str) -> str:
    """The text in one line, without the characters that could end a content line early or that no parser likes."""
    flat = _LINE_ENDS.sub(" ", text.replace("\n", " "))
    return "".join(letter for letter in flat if unicodedata.category(letter) not in {"Cc", "Cs"})


def bare_address(address: str) -> str:
    """
    The address as it was given.

    Raises:
        NotAnAddress: It is not `local@domain` alone (RFC 6047 §2.3).
    """
    if not is_bare(address):
        raise NotAnAddress("not a bare mail address")
    return address


def is_bare(address: str) -> bool:
    """Whether it is `local@domain` alone, to which an invitation can go."""
    return _ADDRESS.fullmatch(address) is not None and plain_line(address) == address


def _mailto(address: str, **params: str) -> vCalAddress:
    uri = vCalAddress(f"mailto:{address}")
    uri.params.update({name.upper(): value for name, value in params.items()})
    return uri


def _event(meeting: Meeting, status: str) -> Event:
    event = Event()
    event.add("uid", plain_line(meeting.uid))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.stamp.astimezone(UTC))
    event.add("dtstart", meeting.start.astimezone(UTC))
    event.add("dtend", meeting.end.astimezone(UTC))
    event.add("summary", plain_line(meeting.summary))
    event.add("organizer", _mailto(meeting.organizer, cn=plain_line(meeting.alias)))
    event.add("status", status)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    return event


def _invite(event: Event, invited: Invited) -> None:
    answer = {"cutype": "INDIVIDUAL", "role": "REQ-PARTICIPANT", "partstat": invited.partstat, "rsvp": "TRUE"}
    link = plain_line(invited.link)
    place = link or plain_line(invited.place)
    event.add("attendee", _mailto(invited.address, **answer))
    event.add("description", "\n".join(plain_line(line) for line in invited.lines))
    event.add("location", place)
    if link:
        event.add("url", link)


def _alarm(meeting: Meeting) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", plain_line(meeting.summary))
    alarm.add("trigger", -ALARM_BEFORE)
    return alarm


def _bytes(method: str, event: Event) -> bytes:
    """CRLF line ends, folded at 75 octets (RFC 5545 §3.1)."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    content: bytes = calendar.to_ical(sorted=False)
    return content
