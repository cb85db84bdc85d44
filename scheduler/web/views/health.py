"""Whether the service answers and its jobs are awake."""

from pathlib import Path

from flask import Flask, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from scheduler.models import db
from scheduler.web.parts import parts

ASLEEP_AFTER = 60
"""Seconds without a heartbeat after which somebody should look at the jobs process."""


def register(app: Flask) -> None:
    app.add_url_rule("/healthz", "healthz", healthz)


def healthz() -> ResponseReturnValue:
    """200 while the database answers; `degraded` where no letter leaves, because no jobs process is awake."""
    db.session.execute(select(1))
    is_awake = _are_jobs_awake(Path(current_app.config["HEARTBEAT"]))
    return jsonify(status="ok" if is_awake else "degraded", jobs="awake" if is_awake else "asleep")


def _are_jobs_awake(heartbeat: Path) -> bool:
    return heartbeat.exists() and parts().clock.real_now().timestamp() - heartbeat.stat().st_mtime < ASLEEP_AFTER
