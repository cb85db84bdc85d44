"""A process that purges what is due and is killed at one step: `python -m tests.faults.purging STEP`."""

import os
import signal
import sys
from typing import Any

from config import read_settings
from scheduler.app import create_app
from scheduler.casework.retention import purge_due

STEPS = {
    "before the row": ("open", ".key"),
    "before the key": ("os.remove", ".key"),
    "before the ledger": ("open", "purged"),
    "nowhere": ("", ""),
}
"""At which event of the interpreter, about a file whose name ends so, the process dies."""


def die_at(event: str, ending: str) -> None:
    """Die as a killed process does, at the first such event."""

    def watch(name: str, arguments: tuple[Any, ...]) -> None:
        if name == event and str(arguments[0]).endswith(ending) and watching:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


watching: list[bool] = []

if __name__ == "__main__":
    app = create_app(read_settings())
    with app.app_context():
        die_at(*STEPS[sys.argv[1]])
        watching.append(True)
        purge_due(app.extensions["cita"])
