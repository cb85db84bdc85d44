"""What an interpreter is sent: the same call as the attorney, to her alone, without a way to the client."""

from flask import Flask

from scheduler.casework.booking import BookSlot, book
from scheduler.casework.parts import Parts
from tests.builders.firm import a_firm, an_intake
from tests.casework.delivery.post import EMAIL, WEDNESDAY_TEN, calendar, drain, event, to
from tests.channels.servers import Sink


def test_an_interpreter_reads_a_language_how_long_and_where_to_dial_in(app: Flask, parts: Parts, sink: Sink) -> None:
    a_firm(app).with_attorney("Ana").with_interpreter("Mara", languages=("mam", "es"))
    intake = an_intake(app, **EMAIL, spoken_language="mam", interpreter_needed="yes")
    call = book(parts, BookSlot(intake.id, WEDNESDAY_TEN, "phone"))

    drain(parts)

    (mail,), (ana,) = to(sink, "mara@firm.example"), to(sink, "ana@firm.example")
    one, other = event(mail), event(ana)
    assert one["SUMMARY"] == f"Interpreting mam, 75 min, {intake.ref}"
    assert (one["UID"], one["SEQUENCE"]) == (call.uid, 0) == (other["UID"], other["SEQUENCE"])
    assert one["ATTENDEE"] == "mailto:mara@firm.example"
    assert (one["LOCATION"], "URL" in one) == ("+12135550100", False)
    assert b"/b/" not in calendar(mail)
