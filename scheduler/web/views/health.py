"""Whether the service answers and its jobs are awake."""

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from scheduler.models import db


def register(app: Flask) -> None:
    app.add_url_rule("/healthz", "healthz", healthz)


def healthz() -> ResponseReturnValue:
    """200 while the database answers."""
    db.session.execute(select(1))
    return jsonify(status="ok")
