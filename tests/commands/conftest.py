"""What a test of backups may ask for."""

from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from scheduler.models import Consultation
from tests.builders.backups import Houses
from tests.builders.browser import a_booking
from tests.builders.databases import Databases
from tests.builders.firm import a_firm

MONDAY = "2026-11-30T17:00"


@pytest.fixture
def houses(settings: Settings, databases: Databases, database_kind: str, tmp_path: Path) -> Houses:
    return Houses(settings, databases, database_kind, tmp_path)


@pytest.fixture
def booked(app: Flask) -> Consultation:
    a_firm(app).with_attorney("Ana")
    return a_booking(app, MONDAY)
