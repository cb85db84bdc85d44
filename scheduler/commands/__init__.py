"""What an administrator types: `flask --app wsgi …`."""

from flask import Flask

from config import Settings
from scheduler.casework.parts import Parts
from scheduler.commands import audit, backup, demo, doctor, firm, keys, set_up, staff

COMMANDS = (set_up, demo, doctor, firm, staff, audit, keys, backup)


def register(app: Flask, parts: Parts, settings: Settings) -> None:
    """Hang the commands on the app."""
    for command in COMMANDS:
        command.register(app, parts, settings)
