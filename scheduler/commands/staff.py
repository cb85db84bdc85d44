"""`flask --app wsgi staff add|renew|end`: who signs in, who begins anew, who does no longer."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
import pyotp
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import select

from config import Settings
from scheduler.casework.access import Role
from scheduler.casework.parts import Parts
from scheduler.casework.passwords import WeakPassword
from scheduler.casework.staff import AlreadyStaff, NewStaff, add_staff
from scheduler.casework.staff_changes import NobodyByThatAddress, Renew, let_go, renew
from scheduler.models import Person, db
from scheduler.words import SOURCE, languages

ROLES = click.Choice([role.value for role in Role])
ISSUER = "Cita"


def register(app: Flask, parts: Parts, settings: Settings) -> None:
    """Hang the commands on the app."""
    group = AppGroup("staff", help="Who signs in.")
    _adding(group, parts, settings)
    _changing(group, parts, settings)
    app.cli.add_command(group)


def _adding(group: AppGroup, parts: Parts, settings: Settings) -> None:
    @group.command("add")
    @click.option("--email", prompt="E-mail address")
    @click.option("--name", prompt="Name")
    @click.option("--role", "roles", type=ROLES, multiple=True, help="May be repeated; asked for where it is missing.")
    @click.option("--language", type=click.Choice(languages()), default=SOURCE, show_default=True)
    @click.option("--calendar", default="", help="The address of the attorney in the firm's file whose calendar it is.")
    @click.option("--no-codes", is_flag=True, help="Without one-time codes; not in mode live.")
    @click.password_option(prompt="Password")
    def add(*, roles: tuple[str, ...], calendar: str, no_codes: bool, language: str, **said: str) -> None:
        """Add somebody; the secret of her one-time codes is printed this once."""
        _check(settings, no_codes=no_codes)
        roles = roles or (click.prompt("Role", type=ROLES),)
        person = _person(calendar) if calendar else None
        new = NewStaff(roles=roles, locale=language, person=person, with_codes=not no_codes, **said)
        with _mistakes_named():
            secret = add_staff(parts, new)
        _tell("Added.", said["email"], secret)


def _changing(group: AppGroup, parts: Parts, settings: Settings) -> None:
    @group.command("renew")
    @click.option("--email", prompt="E-mail address")
    @click.option("--no-codes", is_flag=True, help="Without one-time codes; not in mode live.")
    @click.password_option(prompt="New password")
    def begin_anew(*, email: str, password: str, no_codes: bool) -> None:
        """Another password and other one-time codes, for who lost hers or comes back; she is signed out everywhere."""
        _check(settings, no_codes=no_codes)
        with _mistakes_named():
            secret = renew(parts, Renew(email, password, with_codes=not no_codes))
        _tell("Renewed.", email, secret)

    @group.command("end")
    @click.option("--email", prompt="E-mail address")
    def end(*, email: str) -> None:
        """Let somebody in no longer; she is signed out everywhere, and nobody books her any more."""
        with _mistakes_named():
            calls = let_go(parts, email)
        click.echo(f"Ended. Her calls to come are tasks for the desk: {calls}." if calls else "Ended.")


def _check(settings: Settings, *, no_codes: bool) -> None:
    if no_codes and settings.mode == "live":
        raise click.UsageError("In mode live nobody signs in without one-time codes.")


@contextmanager
def _mistakes_named() -> Iterator[None]:
    """What was refused, in words for whoever typed it."""
    try:
        yield
    except AlreadyStaff:
        raise click.ClickException("Somebody with this address is there already; nothing was changed.") from None
    except NobodyByThatAddress:
        raise click.ClickException("Nobody has this address; nothing was changed.") from None
    except WeakPassword as weak:
        raise click.ClickException(f"Nothing was changed: {weak}.") from None


def _person(address: str) -> int:
    """The number of the attorney with this address."""
    number = db.session.scalar(select(Person.number).where(Person.email == address, Person.kind == "attorney"))
    if number is None:
        raise click.ClickException("No attorney of the firm has this address; load the firm's file first.")
    return number


def _tell(done: str, email: str, secret: str | None) -> None:
    click.echo(done)
    if secret:
        click.echo(f"Secret of the one-time codes, said this once: {secret}")
        click.echo(pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER))
