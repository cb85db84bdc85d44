"""Mails to attorneys and interpreters: an iTIP object, and all that it says once more in words (invites.md M15)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import letters, when
from scheduler.casework.firm import firm
from scheduler.casework.invited import last_told
from scheduler.casework.kinds import CANCELLATION
from scheduler.casework.outbox import SENT
from scheduler.casework.parts import Parts
from scheduler.channels.port import CalendarObject, Mail
from scheduler.engine.invitation.write import Brief, BriefWords, Invited, Meeting, cancel, lines_of, request, summary_of
from scheduler.engine.places import zone_name
from scheduler.models import Consultation, Intake, Outbox, Person, Staff, db
from scheduler.words import SOURCE, _, _l, speaking

MODES: Mapping[str, object] = {"phone": _l("Phone call"), "whatsapp_call": _l("WhatsApp call"), "video": _l("Video")}
"""How a call is held, in words."""


def write(parts: Parts, row: Outbox, intake: Intake, consultation: Consultation) -> Mail:
    """
    The invitation, its change or its end, by the row's own snapshot; no name and no fact of the client is in it.

    Raises:
        NothingToEnd: It is an end, and this reader knows of nothing that could end.
        StillOnItsWay: It is an end, and whether she does is known soon.
    """
    session = db.session()
    role, _colon, number = row.reader.partition(":")
    person = session.scalars(select(Person).where(Person.number == int(number))).one()
    facts = row.facts if row.kind != CANCELLATION else _as_told(row.facts, last_told(session, row).facts)
    with speaking(_language(session, person)):
        summary, invited = _TOLD[role](parts, facts, intake, person)
        meeting = _meeting(parts, facts, consultation, summary)
        first = _first(parts, session, row)
        return letters.mail(
            parts,
            row,
            person.email,
            letters.render(row.kind, _values(meeting, invited, person.zone, is_update=first is not None)),
            calendar=_object(row.kind, meeting, invited),
            in_reply_to=first,
        )


def _to_attorney(parts: Parts, facts: dict[str, Any], intake: Intake, attorney: Person) -> tuple[str, Invited]:
    """What an attorney reads: codes and the link to the brief, behind a login."""
    words, brief = _words(), _brief(parts, facts, intake)
    return summary_of(brief, words), Invited(attorney.email, brief.link, lines_of(brief, words))


def _to_interpreter(_parts: Parts, facts: dict[str, Any], intake: Intake, one: Person) -> tuple[str, Invited]:
    """What an interpreter reads: a language, how long, and where to dial in; nothing of the client, no brief."""
    start, end = (datetime.fromisoformat(facts[name]) for name in ("start", "end"))
    language, minutes = facts["language"], int((end - start).total_seconds()) // 60
    summary = _("Interpreting {language}, {minutes} min, {ref}", language=language, minutes=minutes, ref=intake.ref)
    dial = firm().phone
    return summary, Invited(one.email, "", (_("Dial in: {phone}", phone=dial),), place=dial)


_TOLD: Mapping[str, Callable[[Parts, dict[str, Any], Intake, Person], tuple[str, Invited]]] = {
    "attorney": _to_attorney,
    "interpreter": _to_interpreter,
}


def _as_told(end: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """An end with all that its reader knows by the last invitation that reached her (RFC 5546 §3.2.5)."""
    return {**told, "sequence": end["sequence"], "dtstamp": end["dtstamp"]}


def _language(session: Session, attorney: Person) -> str:
    return session.scalar(select(Staff.locale).where(Staff.person == attorney.number).limit(1)) or SOURCE


def _object(kind: str, meeting: Meeting, invited: Invited) -> CalendarObject:
    if kind == CANCELLATION:
        return CalendarObject("CANCEL", cancel(meeting, invited))
    return CalendarObject("REQUEST", request(meeting, invited))


def _meeting(parts: Parts, facts: dict[str, Any], consultation: Consultation, summary: str) -> Meeting:
    return Meeting(
        uid=consultation.uid,
        sequence=facts["sequence"],
        stamp=datetime.fromisoformat(facts["dtstamp"]),
        start=datetime.fromisoformat(facts["start"]),
        end=datetime.fromisoformat(facts["end"]),
        summary=summary,
        organizer=parts.mail_from,
        alias=firm().alias,
    )


def _brief(parts: Parts, facts: dict[str, Any], intake: Intake) -> Brief:
    zone = facts["client_zone"]
    client_time = when.short(datetime.fromisoformat(facts["start"]), zone)
    return Brief(
        ref=intake.ref,
        level=facts["level"],
        language=facts["language"],
        interpreter=facts["interpreter"],
        client_time=f"{client_time} ({zone_name(zone)})",
        mode=str(MODES.get(facts["mode"], facts["mode"])),
        link=f"{parts.base_url}/b/{intake.ref}",
    )


def _words() -> BriefWords:
    return BriefWords(
        summary=_("Call {what}"),
        with_interpreter="{language}+int",
        client_time=_("Client's time: {when}"),
        mode=_("Mode: {mode}"),
        interpreter=_("Interpreter: {answer}"),
        yes=_("yes"),
        no=_("no"),
        contact=_("Client contact: see brief"),
    )


def _values(meeting: Meeting, invited: Invited, zone: str, *, is_update: bool) -> dict[str, Any]:
    return {
        "summary": meeting.summary,
        "is_update": is_update,
        "begins": f"{when.day_and_hour(meeting.start, zone)} ({zone_name(zone)})",
        "ends": f"{when.hour(meeting.end, zone)} ({zone_name(zone)})",
        "lines": invited.lines,
    }


def _first(parts: Parts, session: Session, row: Outbox) -> str | None:
    """The Message-ID of the first mail to this attorney about this consultation, for her mail's thread."""
    first = session.scalar(
        select(Outbox.id)
        .where(
            Outbox.consultation_id == row.consultation_id,
            Outbox.reader == row.reader,
            Outbox.state == SENT,
            Outbox.id != row.id,
        )
        .order_by(Outbox.created_at)
        .limit(1)
    )
    return letters.message_id_of(parts, first) if first is not None else None
