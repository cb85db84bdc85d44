"""The chain of what was done, walked from the terminal."""

from flask import Flask
from sqlalchemy import text

from scheduler.casework import audit
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from tests.commands.typing import typed
from tests.conftest import on_both


def three_links(parts: Parts) -> None:
    for number in range(3):
        with writing() as session:
            audit.record(session, parts, "system", "tried", "intake:1", number=number)


@on_both
def test_a_chain_that_holds_is_counted(app: Flask, parts: Parts) -> None:
    three_links(parts)

    said = typed(app, "audit", "verify")

    assert (said.code, said.text) == (0, "The chain holds: 3 links.\n")


@on_both
def test_a_link_that_was_changed_is_named(app: Flask, parts: Parts) -> None:
    three_links(parts)
    with writing() as session:
        session.execute(text("UPDATE audit SET action = 'slept' WHERE seq = 2"))

    said = typed(app, "audit", "verify")

    assert (said.code, "at link 2" in said.text) == (1, True)
