"""What happens to a letter whose server, words or process fail."""

from dataclasses import dataclass, field, replace
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from scheduler.casework.delivery import deliver_one
from scheduler.casework.outbox import Delivery
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.channels.port import Channel, Mail
from scheduler.models import Consultation, Outbox, Task, db
from tests.builders.firm import again
from tests.casework.delivery.post import IMPATIENT, a_booking, drain, mails, states, to
from tests.channels.servers import Sink
from tests.conftest import on_both


class Died(BaseException):
    """The process ends here, as far as this test goes."""


@dataclass
class Dying:
    """A way out whose caller does not live to write down that the letter left."""

    way: Channel[Mail]

    def send(self, letter: Mail) -> None:
        self.way.send(letter)
        raise Died

    def forget(self, row: UUID) -> None:
        self.way.forget(row)


@dataclass
class Watching:
    """A way out that looks whether anything is being read or written while it is called."""

    seen: list[bool] = field(default_factory=list)

    def send(self, _letter: Mail) -> None:
        self.seen.append(db.session().in_transaction())

    def forget(self, row: UUID) -> None:
        """It keeps nothing."""


@on_both
def test_while_the_server_is_down_the_booking_stands_and_the_mail_goes_when_it_is_back(
    app: Flask, parts: Parts, sink: Sink
) -> None:
    sink.refusals["mail"] = "421 closed"
    consultation = a_booking(app, parts)
    drain(parts, most=4)

    del sink.refusals["mail"]
    drain(parts)

    assert again(Consultation, consultation.id).state == "booked"
    assert len(to(sink, "ana@firm.example")) == len(to(sink, "rosa@mail.example")) == 1


@on_both
def test_a_letter_that_had_left_when_the_process_died_leaves_once_more_with_the_same_bytes(
    app: Flask, parts: Parts, sink: Sink
) -> None:
    a_booking(app, parts)
    for _ in range(2):
        with pytest.raises(Died):
            deliver_one(replace(parts, mail=Dying(parts.mail)), IMPATIENT)

    drain(parts)

    contents = [bytes(one.original_content or b"") for one in sink.envelopes]
    assert len(set(contents)) == 2
    assert all(contents.count(one) >= 2 for one in set(contents[:2]))


@pytest.mark.parametrize(
    ("answer", "stage"),
    [pytest.param("550 no such user", "rcpt", id="the address"), pytest.param("554 spam", "dot", id="the letter")],
)
def test_what_is_refused_for_good_is_shown_at_the_desk(
    app: Flask, parts: Parts, sink: Sink, answer: str, stage: str
) -> None:
    sink.refusals[stage] = answer
    a_booking(app, parts)

    drain(parts)

    assert {states(app)["invitation"], states(app)["booked"]} == {"failed"}
    assert list(db.session.scalars(select(Task.kind))).count("letter_failed") == 2


def test_what_could_not_be_sent_for_three_days_is_shown_at_the_desk(app: Flask, parts: Parts, sink: Sink) -> None:
    sink.refusals["rcpt"] = "451 later"
    a_booking(app, parts)

    drain(parts, Delivery(lease=0, first_pause=0, longest_pause=0, give_up=0), most=20)

    assert {states(app)["invitation"], states(app)["booked"]} == {"failed"}


def test_a_letter_that_cannot_be_written_holds_up_no_other(app: Flask, parts: Parts, sink: Sink) -> None:
    a_booking(app, parts)
    with writing() as session:
        session.execute(update(Outbox).where(Outbox.kind == "invitation").values(facts={"attorney": 1, "sequence": 0}))

    drain(parts, Delivery())

    assert [mail["To"] for mail in mails(sink)] == ["rosa@mail.example"]


def test_no_transaction_is_open_while_a_letter_is_on_its_way(app: Flask, parts: Parts) -> None:
    a_booking(app, parts)
    watching = Watching()

    deliver_one(replace(parts, mail=watching), IMPATIENT)

    assert watching.seen == [False]
