"""Our own address comes from the settings, never from a request."""

import pytest
from flask import Flask

from scheduler.casework import links
from scheduler.casework.parts import Parts
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm

HOSTILE = [
    pytest.param({"Host": "evil.example"}, id="another host"),
    pytest.param({"Host": "127.0.0.1.evil.example"}, id="ours as a beginning"),
    pytest.param({"Host": "evil.example@127.0.0.1"}, id="ours as an end"),
]


@pytest.mark.parametrize("headers", HOSTILE)
def test_another_host_is_refused(app: Flask, headers: dict[str, str]) -> None:
    answer = app.test_client().get("/", headers=headers)

    assert (answer.status_code, "evil" in answer.text) == (400, False)


def test_a_link_names_the_address_of_the_settings(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    booked = a_booking(app, "2026-12-01T17:00")

    with app.test_request_context("/", headers={"Host": "localhost", "X-Forwarded-Host": "evil.example"}):
        link = links.own_page(parts, booked)

    assert link.startswith("http://127.0.0.1:8000/c/")
