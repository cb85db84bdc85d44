"""What the firm's own site asks."""

from flask import Flask
from werkzeug.test import TestResponse

WEEK = "/api/slots?from=2026-11-24&to=2026-12-01"
SITE = "https://www.example.org"


def ask(app: Flask, address: str, **headers: str) -> TestResponse:
    with app.app_context():
        return app.test_client().get(address, headers=headers)
