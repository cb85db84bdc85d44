"""A browser before the firm's door."""

import pytest
from flask import Flask

from tests.builders.browser import Browser
from tests.builders.firm import a_firm

DESK, LOGIN, CODE = "/desk", "/staff/login", "/staff/code"


@pytest.fixture
def browser(app: Flask) -> Browser:
    a_firm(app)
    return Browser(app)
