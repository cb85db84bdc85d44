"""A booked consultation with much to hide."""

import pytest
from flask import Flask

from scheduler.models import Consultation
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm
from tests.web.desk.walk import SENTINELS, START


@pytest.fixture
def booked(app: Flask) -> Consultation:
    a_firm(app).with_attorney("Ana").with_attorney("Eva", zone="America/New_York")
    return a_booking(app, START, **SENTINELS)
