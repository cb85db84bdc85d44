import pytest
from flask import Flask

from scheduler.engine.states import IntakeState
from scheduler.models import Intake
from tests.builders.firm import a_firm, an_intake


@pytest.fixture
def intake(app: Flask) -> Intake:
    """Somebody whom the firm may hear, and who may send files."""
    a_firm(app)
    return an_intake(app, state=IntakeState.CLEARED)
