"""A process that delivers, for tests that kill it: `python -m tests.faults.delivering jobs|alone <JSON>`."""

import json
import sys

from config import read_settings
from scheduler.app import create_app
from scheduler.casework.delivery import deliver_one
from scheduler.casework.outbox import Delivery
from scheduler.jobs.beat import run


def main(how: str, fields: str) -> None:
    """`jobs` is the whole jobs process; `alone` delivers what is due and ends, whoever else is active."""
    app, delivery = create_app(read_settings()), Delivery(**json.loads(fields))
    if how == "jobs":
        run(app, delivery)
        return
    with app.app_context():
        while deliver_one(app.extensions["cita"], delivery):
            pass


if __name__ == "__main__":
    main(*sys.argv[1:])
