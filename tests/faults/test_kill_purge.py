"""A purge that is killed at any of its steps is finished by the next look."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from flask import Flask

from config import Settings
from scheduler.casework.documents import open_answers
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.retention import Purged, purge_due
from scheduler.engine.states import IntakeState
from scheduler.models import Intake, db
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.jobs import ROOT
from tests.builders.settings import environment
from tests.conftest import Hands, on_both

pytestmark = pytest.mark.fault

KILLED = -9


def purges_until(settings: Settings, step: str) -> int:
    """A process that purges, and dies at this step; how it ended."""
    db.session.remove()
    env = {**os.environ, **environment(settings)}
    return subprocess.run(
        [sys.executable, "-m", "tests.faults.purging", step], cwd=ROOT, env=env, check=False
    ).returncode


def stage(parts: Parts, intake: Intake) -> tuple[str, bool, bool]:
    """What the row says, whether the key is there, whether the ledger names it."""
    row: Intake = again(Intake, intake.id)
    return row.state, str(intake.id) in parts.keyring.names(), str(intake.id) in parts.keyring.ledger.names()


@on_both
@pytest.mark.parametrize(
    ("step", "left", "done"),
    [
        ("before the row", ("withdrawn", True, False), Purged(0, 1)),
        ("before the key", ("purged", True, False), Purged(1, 0)),
        ("before the ledger", ("purged", False, False), Purged(1, 0)),
        ("nowhere", ("purged", False, True), Purged(0, 0)),
    ],
)
def test_a_purge_that_was_killed_is_finished(  # noqa: PLR0917 - an example of three facts
    app: Flask,
    parts: Parts,
    settings: Settings,
    hands: Hands,
    step: str,
    left: tuple[str, bool, bool],
    done: Purged,
) -> None:
    a_firm(app)
    intake = an_intake(app, state=IntakeState.WITHDRAWN)
    hands.set(hands.now + timedelta(days=30))
    code = purges_until(settings, step)
    after_the_kill = stage(parts, intake)

    found = purge_due(parts)

    assert (code, after_the_kill, found) == (0 if step == "nowhere" else KILLED, left, done)
    assert stage(parts, intake) == ("purged", False, True)
    with pytest.raises(KeyGone):
        open_answers(parts, again(Intake, intake.id))
