"""When intakes may be cleared by themselves."""

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import conflict_settings
from scheduler.casework.conflict_settings import NoNamesYet, auto_clear, note_source, settings, sign_none
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import Audit, db
from tests.builders.firm import a_firm
from tests.builders.settings import EXAMPLE
from tests.builders.staff import a_login, who_is
from tests.commands.typing import typed
from tests.conftest import TUESDAY


@pytest.mark.parametrize("how", ["list", "none"])
def test_it_is_turned_on_once_the_names_are_there_or_somebody_has_signed(app: Flask, parts: Parts, how: str) -> None:
    a_firm(app, auto_clear=False, conflict_names=None)
    who = who_is(a_login(app, "attorney", "conflicts", name="Ana Robles"))
    with writing() as session:
        note_source(session, parts, who, how)

    auto_clear(parts, who, on=True)

    db.session.rollback()
    assert (settings().auto_clear, settings().how, settings().by, settings().at) == (True, how, "Ana Robles", TUESDAY)


def test_it_is_not_turned_on_over_an_empty_index(app: Flask, parts: Parts) -> None:
    a_firm(app, auto_clear=False, conflict_names=None)

    with pytest.raises(NoNamesYet):
        auto_clear(parts, who_is(a_login(app, "conflicts")), on=True)

    assert settings().auto_clear is False


def test_it_is_turned_off_at_any_time(app: Flask, parts: Parts) -> None:
    a_firm(app)

    auto_clear(parts, who_is(a_login(app, "conflicts")), on=False)

    db.session.rollback()
    assert settings().auto_clear is False


def test_who_signs_for_none_takes_away_no_list(app: Flask, parts: Parts) -> None:
    a_firm(app)
    who = who_is(a_login(app, "attorney"))
    with writing() as session:
        note_source(session, parts, who, "list")

    sign_none(parts, who)

    db.session.rollback()
    assert (settings().how, db.session.scalars(select(Audit.action)).all()[-1]) == ("list", "conflict_names_none")


def test_a_firm_file_that_is_loaded_again_changes_neither(app: Flask, parts: Parts) -> None:
    typed(app, "firm", "load", str(EXAMPLE))
    who = who_is(a_login(app, "attorney"))
    sign_none(parts, who)
    auto_clear(parts, who, on=True)

    typed(app, "firm", "load", str(EXAMPLE))

    db.session.rollback()
    assert (conflict_settings.settings().auto_clear, settings().how) == (True, "none")
