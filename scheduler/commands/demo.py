"""`flask --app wsgi demo`: the demo firm, into an empty database."""

import json
from collections.abc import Sequence

import click
from flask import Flask

from config import Settings
from scheduler.casework import demo, demo_staff, links
from scheduler.casework.demo_staff import Login
from scheduler.casework.parts import Parts
from scheduler.channels import files
from scheduler.models import Consultation

FILE = "demo.json"


def register(app: Flask, parts: Parts, settings: Settings) -> None:
    """Hang the command on the app."""

    @app.cli.command("demo")
    @click.option("--if-empty", is_flag=True, help="Say nothing where there is something already.")
    def demo_command(*, if_empty: bool) -> None:
        """Load the demo firm into an empty database; never in mode live."""
        if settings.mode == "live":
            raise click.ClickException("The demo firm is never loaded in mode live.")
        try:
            load(parts, settings)
        except demo.NotEmpty:
            if not if_empty:
                raise click.ClickException("The database is not empty; the demo firm goes into an empty one.") from None


def load(parts: Parts, settings: Settings) -> None:
    """
    Load the demo firm and note its logins; they are noted before the intakes follow.

    Raises:
        NotEmpty: There is something already.
    """
    demo.load_firm(parts)
    logins = demo_staff.load(parts)
    _note(parts, settings, logins, [])
    _note(parts, settings, logins, demo.load_intakes(parts))


def _note(parts: Parts, settings: Settings, logins: Sequence[Login], calls: Sequence[Consultation]) -> None:
    """Write demo.json, readable by us alone."""
    noted = {
        "addresses": {
            "clients": f"{settings.base_url}/",
            "staff": f"{settings.base_url}/staff/login",
            "client_pages": [links.own_page(parts, call) for call in calls],
        },
        "logins": [
            {"role": login.role, "email": login.email, "password": login.password, "totp": login.totp}
            for login in logins
        ],
    }
    files.put(settings.data, FILE, json.dumps(noted, indent=2, ensure_ascii=False).encode())
