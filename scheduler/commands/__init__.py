"""What an administrator types: `flask --app wsgi …`."""

from flask import Flask

from config import Settings
from scheduler.casework.parts import Parts


def register(app: Flask, parts: Parts, settings: Settings) -> None:
    """Hang the commands on the app."""
