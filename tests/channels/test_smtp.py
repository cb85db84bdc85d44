import socket
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest
from aiosmtpd.smtp import AuthResult

from scheduler.channels import deadline
from scheduler.channels.message import build
from scheduler.channels.port import Mail, NotDelivered, Stage, TryAgainLater, Undeliverable
from scheduler.channels.smtp import SmtpChannel, SmtpServer
from tests.builders.tls import vouched_for_by_nobody
from tests.channels.letters import INVITING, PLAIN
from tests.channels.servers import LOOPBACK, Scripted, Sink, listening, scripted


def plainly(port: int, user: str = "") -> SmtpChannel:
    return SmtpChannel(SmtpServer(LOOPBACK, port, user, "secret" if user else "", starttls="never"), seconds=10)


@pytest.mark.parametrize("mail", [pytest.param(PLAIN, id="to a client"), pytest.param(INVITING, id="an invitation")])
def test_a_real_server_gets_the_exact_bytes_for_one_reader(mail: Mail) -> None:
    sink = Sink()

    with listening(sink) as port:
        plainly(port).send(mail)

    (envelope,) = sink.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == ("citas@neutral.example", [mail.to])
    assert envelope.original_content == build(mail)


def test_a_server_that_asks_who_we_are_is_told() -> None:
    sink, told = Sink(), []

    def known(*facts: object) -> AuthResult:
        told.append(facts[-1])
        return AuthResult(success=True)

    with listening(sink, authenticator=known, auth_require_tls=False) as port:
        plainly(port, user="citas").send(PLAIN)

    assert len(sink.envelopes) == len(told) == 1


def test_a_wrong_password_keeps_the_letter() -> None:
    refuse = {"authenticator": lambda *_: AuthResult(success=False, handled=False), "auth_require_tls": False}

    with listening(Sink(), **refuse) as port, pytest.raises(TryAgainLater) as refused:
        plainly(port, user="citas").send(PLAIN)

    assert (refused.value.stage, refused.value.code) == (Stage.AUTH, 535)


def test_a_password_that_smtp_cannot_carry_keeps_the_letter() -> None:
    with scripted(Scripted({})) as port, pytest.raises(TryAgainLater) as refused:
        SmtpChannel(SmtpServer(LOOPBACK, port, "citas", "contraseña", starttls="never")).send(PLAIN)

    assert refused.value.stage is Stage.AUTH


def test_a_server_name_that_is_none_keeps_the_letter() -> None:
    with pytest.raises(TryAgainLater) as refused:
        SmtpChannel(SmtpServer("x" * 70, 25)).send(PLAIN)

    assert refused.value.stage is Stage.CONNECT


def test_a_server_that_knows_no_login_keeps_the_letter() -> None:
    with listening(Sink()) as port, pytest.raises(TryAgainLater) as refused:
        plainly(port, user="citas").send(PLAIN)

    assert refused.value.stage is Stage.AUTH


@pytest.mark.parametrize("stage", ["mail", "rcpt", "dot"])
@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        pytest.param("451 later", TryAgainLater, id="for now"),
        pytest.param("550 no", Undeliverable, id="for good"),
    ],
)
def test_a_real_server_refuses_for_now_or_for_good(stage: str, answer: str, kind: type[NotDelivered]) -> None:
    sink = Sink({stage: answer})

    with listening(sink) as port, pytest.raises(kind) as refused:
        plainly(port).send(PLAIN)

    assert (refused.value.stage, sink.envelopes) == (stage, [])


def test_a_letter_that_was_taken_is_sent_even_if_the_line_breaks_then() -> None:
    script = Scripted({"quit": "rst"})

    with scripted(script) as port:
        plainly(port).send(PLAIN)

    assert "rcpt TO:<lucia@mail.example>" in script.heard


def test_the_server_hears_the_senders_domain_and_not_the_machines_name() -> None:
    script = Scripted({})

    with scripted(script) as port:
        plainly(port).send(PLAIN)

    assert script.heard[0] == "ehlo neutral.example"


def test_no_server_keeps_the_letter() -> None:
    with socket.create_server((LOOPBACK, 0)) as gone:
        port = gone.getsockname()[1]

    with pytest.raises(TryAgainLater) as refused:
        plainly(port).send(PLAIN)

    assert refused.value.stage is Stage.CONNECT


def test_a_mail_that_cannot_be_written_calls_no_server() -> None:
    script = Scripted({})

    with scripted(script) as port, pytest.raises(Undeliverable):
        plainly(port).send(replace(PLAIN, subject="a\r\nBcc: e@x.test"))

    assert script.heard == []


@pytest.mark.parametrize("pause", [pytest.param(0.05, id="a byte at a time"), pytest.param(60, id="silence")])
def test_a_server_that_dribbles_is_hung_up_on_at_the_deadline(pause: float) -> None:
    begun = monotonic()

    with scripted(Scripted({"connect": "220 " + "x" * 500}, pause=pause)) as port, pytest.raises(TryAgainLater):
        replace(plainly(port), seconds=0.4).send(PLAIN)

    assert 0.4 <= monotonic() - begun < 3


def test_a_server_that_dribbles_through_tls_is_hung_up_on_too() -> None:
    script = Scripted({"connect": "x" * 500}, pause=0.05)
    begun = monotonic()

    with scripted(script) as port, pytest.raises(TryAgainLater):
        SmtpChannel(SmtpServer(LOOPBACK, port, tls=True), seconds=0.4).send(PLAIN)

    assert monotonic() - begun < 3


def test_the_deadline_has_power(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "_hang_up", lambda _: None)
    begun = monotonic()

    with scripted(Scripted({}, pause=0.01)) as port:
        replace(plainly(port), seconds=0.3).send(PLAIN)

    assert monotonic() - begun > 0.6


def test_no_mail_leaves_in_clear_where_tls_is_required() -> None:
    sink = Sink()

    with listening(sink) as port, pytest.raises(TryAgainLater) as refused:
        SmtpChannel(SmtpServer(LOOPBACK, port)).send(PLAIN)

    assert (refused.value.stage, sink.envelopes) == (Stage.STARTTLS, [])


def test_no_mail_goes_to_a_server_that_nobody_vouches_for_where_tls_is_required(tmp_path: Path) -> None:
    sink = Sink()

    with listening(sink, tls_context=vouched_for_by_nobody(tmp_path)) as port, pytest.raises(TryAgainLater) as refused:
        SmtpChannel(SmtpServer(LOOPBACK, port)).send(PLAIN)

    assert (refused.value.stage, sink.envelopes) == (Stage.STARTTLS, [])


def test_opportunistic_tls_is_used_where_it_is_offered(tmp_path: Path) -> None:
    sink = Sink()

    with listening(sink, tls_context=vouched_for_by_nobody(tmp_path), require_starttls=True) as port:
        SmtpChannel(SmtpServer(LOOPBACK, port, starttls="opportunistic")).send(PLAIN)

    assert len(sink.envelopes) == 1


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"ehlo": "250 here"}, id="it is not offered"),
        pytest.param({"starttls": "454 not now"}, id="it is refused"),
    ],
)
def test_opportunistic_tls_is_left_out_where_it_cannot_be_had(answers: dict[str, str]) -> None:
    script = Scripted(answers)

    with scripted(script) as port:
        SmtpChannel(SmtpServer(LOOPBACK, port, starttls="opportunistic")).send(PLAIN)

    assert "rcpt TO:<lucia@mail.example>" in script.heard


def test_a_password_is_not_shown_in_logs() -> None:
    assert "secret" not in repr(plainly(25, user="citas"))
