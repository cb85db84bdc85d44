"""`staff end`, typed: what it says of the calls of an attorney who leaves."""

import pytest
from flask import Flask

from tests.builders.firm import a_firm
from tests.builders.staff import a_login
from tests.casework.appointments import at, booked
from tests.commands.typing import typed


@pytest.mark.parametrize(
    ("calls", "said"),
    [pytest.param(0, "Ended.\n", id="none"), pytest.param(1, "are tasks for the desk: 1.\n", id="one")],
)
def test_who_ends_an_attorney_reads_how_many_calls_are_left(app: Flask, calls: int, said: str) -> None:
    a_firm(app).with_attorney("Ana")
    login = a_login(app, "attorney", person=1)
    for hour in range(9, 9 + calls):
        booked(app, at(30, hour))

    answer = typed(app, "staff", "end", "--email", login.email)

    assert (answer.code, answer.text.endswith(said)) == (0, True)
