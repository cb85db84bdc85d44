"""A date that the system has counted is nobody's word: wherever staff read it, it says that it is to be verified."""

import pytest
from flask import Flask

from scheduler.models import Consultation, Intake
from tests.builders.firm import again, an_intake
from tests.builders.staff import at_the_desk, confirm_names

WORDS = {"en": "calculated, verify", "es": "calculado, verificar"}


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize(
    ("path", "before"),
    [
        pytest.param("/desk", {"en": "See by", "es": "Atender antes de"}, id="who must be seen first"),
        pytest.param("/desk/intake/{id}", {"en": "See by", "es": "Atender antes de"}, id="one client"),
        pytest.param("/b/{ref}", {"en": "Must be seen by", "es": "Debe atenderse antes de"}, id="the brief"),
    ],
)
def test_by_when_she_must_be_seen_is_said_to_be_counted(
    app: Flask, booked: Consultation, path: str, before: dict[str, str], language: str
) -> None:
    intake = again(Intake, booked.intake_id)
    an_intake(app)
    confirm_names(app, intake.id)
    browser = at_the_desk(app, "attorney", person=booked.attorney)

    browser.get(f"{path.format(id=intake.id, ref=intake.ref)}?lang={language}")

    said = browser.text[browser.text.index(before[language]) :]
    assert WORDS[language] in said[: len(before[language]) + 60], browser.text
