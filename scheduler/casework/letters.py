"""A client's letters: from rows to words in her language and by her clock; opens the contact document and no other."""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from scheduler.casework import links, when
from scheduler.casework.firm import FirmView, firm
from scheduler.casework.kinds import COMES_BACK, MESSAGE_WAITING
from scheduler.casework.outbox import extras_of
from scheduler.casework.parts import Parts
from scheduler.channels.port import Mail, Text
from scheduler.engine.invitation.identity import message_id
from scheduler.engine.safe_contact import EMAIL, Way
from scheduler.models import Consultation, Intake, Outbox
from scheduler.words import _, _n, locale, speaking

FOLDER = Path(__file__).resolve().parent.parent.parent / "templates" / "mail"
ACUTE = "\u0301"
"""The accent of á í ó ú, which are not in GSM-7; ñ and ü are, and keep their marks."""

LINK = Markup('<a href="{0}">{0}</a>')


@dataclass(frozen=True, slots=True)
class Words:
    """What a mail says, three times: its subject, its plain text, its HTML."""

    subject: str = field(repr=False)
    plain: str = field(repr=False)
    html: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """
    Whom a letter is for and what it is about; `consultation` is None where it is about none, as for a code.

    `row.facts` holds `start`, `zone` and, where a call is promised, `by`.
    """

    row: Outbox
    intake: Intake
    consultation: Consultation | None


def write(parts: Parts, told: Told, way: Way) -> Mail | Text:
    """
    The letter on its way, in the language she chose.

    Raises:
        KeyGone: The intake was purged.
    """
    with speaking(told.intake.locale):
        values = _values(parts, told, way)
        if way.channel == EMAIL:
            return mail(parts, told.row, way.to, render(told.row.kind, values))
        channel = cast("Literal['sms', 'whatsapp']", way.channel)
        return Text(told.row.id, told.row.due_at, way.to, channel, render_text(told.row.kind, values))


def mail(parts: Parts, row: Outbox, to: str, words: Words, **more: Any) -> Mail:
    """The words as a mail of this row, whose bytes are the same at each try."""
    return Mail(
        row=row.id,
        due_at=row.due_at,
        written_at=row.due_at,
        message_id=message_id_of(parts, row.id),
        sender=parts.mail_from,
        sender_name=firm().alias,
        to=to,
        subject=words.subject,
        plain=words.plain,
        html=words.html,
        **more,
    )


def message_id_of(parts: Parts, row: UUID) -> str:
    """The Message-ID of a row's mail, at the domain we send from."""
    return message_id(row, parts.mail_from.rpartition("@")[2])


def render(kind: str, values: dict[str, Any]) -> Words:
    """A letter's three templates, filled in the language spoken now."""
    subject = _environment().get_template(f"{kind}/subject.txt").render(values).strip()
    plain = _environment().get_template(f"{kind}/body.txt").render(values).strip()
    html = _html_environment().get_template(f"{kind}/body.html").render(_with_links(values), subject=subject)
    return Words(subject, f"{plain}\n", html)


def render_text(kind: str, values: dict[str, Any]) -> str:
    """A letter as a text of the GSM-7 alphabet."""
    said = _environment().get_template(f"{kind}/sms.txt").render(values).strip()
    return gsm7(said)


def gsm7(text: str) -> str:
    """The text without the accents that would make three texts of one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).replace(ACUTE, ""))


def values_of(house: FirmView, start: datetime, zone: str, place: str | None) -> dict[str, Any]:
    """What every letter about a time may say, in the language spoken now."""
    short, hour, brief_hour = when.short(start, zone), when.hour(start, zone), when.short_hour(start, zone)
    return {
        "alias": house.alias,
        "phone": house.dialled,
        "short": short,
        "short_there": _there(short, place),
        "day_and_hour": _there(when.day_and_hour(start, zone), place),
        "hour": hour,
        "hour_there": _there(hour, place),
        "short_hour_there": _there(brief_hour, place),
        "hour_number": when.hour_number(start, zone),
    }


def promised_by(by: datetime, zone: str, place: str | None) -> dict[str, str]:
    """The same for the hour by which a person calls; `till` is it with the word that stands before it."""
    long, short = when.latest(by, zone), when.short_latest(by, zone)
    return {
        "by": long,
        "by_there": _there(long, place),
        "by_short": short,
        "till_short": _("by {when}", when=short),
        "till_short_there": _("by {when}", when=_there(short, place)),
    }


def _values(parts: Parts, told: Told, way: Way) -> dict[str, Any]:
    facts, sealed, house = told.row.facts, extras_of(parts, told.row), firm()
    place = sealed.get("place")
    promised = promised_by(datetime.fromisoformat(facts["by"]), facts["zone"], place) if "by" in facts else {}
    if told.consultation is None:
        back = _to_come_back(parts, told, way) if told.row.kind == MESSAGE_WAITING else {}
        return {"alias": house.alias, "phone": house.dialled, **sealed, **promised, **back}
    values = values_of(house, datetime.fromisoformat(facts["start"]), facts["zone"], place)
    link = _link(parts, told.row.kind, told.consultation, way)
    return values | promised | {"link": link, "offers": facts.get("offers", False)}


def _link(parts: Parts, kind: str, consultation: Consultation, way: Way) -> str:
    """Her own page, or where there is no time any more the one on which she chooses another; short in texts."""
    if kind in COMES_BACK:
        return links.new_time(parts, consultation.intake_id, is_text=way.channel != EMAIL)
    return links.own_page(parts, consultation) if way.channel == EMAIL else links.in_texts(parts, consultation)


def _to_come_back(parts: Parts, told: Told, way: Way) -> dict[str, str]:
    return {"link": links.new_time(parts, told.intake.id, is_text=way.channel != EMAIL)}


def _there(said: str, place: str | None) -> str:
    """Whose hour it is; not the name of a place where she would not say hers."""
    return _("{when} ({zone} time)", when=said, zone=when.city(place)) if place else _("{when} (your time)", when=said)


def _with_links(values: dict[str, Any]) -> dict[str, Any]:
    return values | {"link": LINK.format(values["link"])} if "link" in values else values


def _marked(message: str, **values: object) -> Markup:
    """A message for HTML: what is filled in is escaped, the message's own characters too."""
    return Markup(escape(_(message))).format(**values)  # noqa: S704 - escaped


def _marked_n(one: str, many: str, count: int, **values: object) -> Markup:
    return Markup(escape(_n(one, many, count, **{name: f"{{{name}}}" for name in values}))).format(**values)  # noqa: S704


@cache
def _environment() -> Environment:
    return _made(Environment(autoescape=False), _=_, _n=_n)  # noqa: S701 - plain text


@cache
def _html_environment() -> Environment:
    return _made(Environment(autoescape=True), _=_marked, _n=_marked_n)


def _made(environment: Environment, **words: Any) -> Environment:
    environment.loader, environment.undefined = FileSystemLoader(FOLDER), StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.globals.update(locale=locale, **words)
    return environment
