"""What a server's no, nonsense or silence means for a letter, at every stage of the talk."""

from typing import Literal

import pytest

from scheduler.channels.port import NotDelivered, Stage, TryAgainLater, Undeliverable
from scheduler.channels.smtp import SmtpChannel, SmtpServer
from tests.channels.letters import PLAIN
from tests.channels.servers import LOOPBACK, Scripted, scripted

CODES = [421, 450, 451, 452, 454, 535, 550, 552, 554]
STAGES = [Stage.CONNECT, Stage.EHLO, Stage.STARTTLS, Stage.AUTH, Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.DOT]


def at_stage(stage: Stage, port: int) -> SmtpChannel:
    """A channel that comes past this stage."""
    starttls: Literal["required", "never"] = "required" if stage is Stage.STARTTLS else "never"
    user = "citas" if stage is Stage.AUTH else ""
    return SmtpChannel(SmtpServer(LOOPBACK, port, user, "secret", starttls=starttls), seconds=10)


def refusal(stage: Stage, answer: str) -> NotDelivered:
    with scripted(Scripted({stage.value: answer})) as port, pytest.raises(NotDelivered) as refused:
        at_stage(stage, port).send(PLAIN)
    return refused.value


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_answer_at_every_stage_has_its_meaning(stage: Stage, code: int) -> None:
    """4xx is for now; 5xx is for good, but for a login: what is wrong there is ours (security.md R7, R8)."""
    refused = refusal(stage, f"{code} no to lucia@mail.example")

    is_final = code >= 500 and stage is not Stage.AUTH
    assert type(refused) is (Undeliverable if is_final else TryAgainLater)
    assert (refused.stage, refused.code) == (stage, code)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("ending", ["close", "rst"])
def test_a_line_that_breaks_keeps_the_letter(stage: Stage, ending: str) -> None:
    refused = refusal(stage, ending)

    assert type(refused) is TryAgainLater
    assert (refused.stage, refused.code) == (stage, None)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    "nonsense",
    [
        pytest.param("hello", id="no code"),
        pytest.param("999 what", id="no such code"),
        pytest.param("1" * 10_000, id="a line without end"),
    ],
)
def test_nonsense_keeps_the_letter(stage: Stage, nonsense: str) -> None:
    assert type(refusal(stage, nonsense)) is TryAgainLater


@pytest.mark.parametrize(
    ("stage", "answer", "perhaps"),
    [
        pytest.param(Stage.DOT, "close", True, id="the line broke after the dot"),
        pytest.param(Stage.DOT, "hello", True, id="the answer to the dot was no answer"),
        pytest.param(Stage.DOT, "451 later", False, id="it was refused after the dot"),
        pytest.param(Stage.DATA, "close", False, id="the line broke before a word of it"),
    ],
)
def test_a_letter_that_perhaps_arrived_is_told_apart(stage: Stage, answer: str, perhaps: bool) -> None:
    refused = refusal(stage, answer)

    assert isinstance(refused, TryAgainLater)
    assert refused.perhaps_sent is perhaps


def test_nobody_is_named_by_a_refusal() -> None:
    refused = refusal(Stage.RCPT, "550 no lucia@mail.example here")

    assert str(refused) == "rcpt 550"
    assert refused.__suppress_context__ or refused.__context__ is None
