"""Whether the service answers and its letters leave."""

from pathlib import Path

from flask import Flask, current_app, jsonify
from flask.typing import ResponseReturnValue

from scheduler.casework.health import health
from scheduler.web.parts import parts


def register(app: Flask) -> None:
    app.add_url_rule("/healthz", "healthz", healthz)


def healthz() -> ResponseReturnValue:
    """200 while the database answers; `degraded` while no jobs process is awake or a letter is late (seconds)."""
    found = health(parts(), Path(current_app.config["HEARTBEAT"]))
    return jsonify(
        status="ok" if found.is_good else "degraded",
        jobs="awake" if found.is_awake else "asleep",
        oldest_unsent=found.oldest_unsent,
    )
