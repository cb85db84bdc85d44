"""The desk changes who is on a call; who decides on names says who may never hear somebody."""

from flask import Flask

from scheduler.models import Consultation, Intake
from tests.builders.firm import again
from tests.builders.staff import at_the_desk


def test_the_desk_gives_a_call_to_another_attorney(app: Flask, booked: Consultation) -> None:
    browser = at_the_desk(app)
    path, other = f"/desk/consultation/{booked.id}", 3 - booked.attorney
    browser.get(f"{path}/people")

    browser.follow(browser.post(f"{path}/people", attorney=str(other), reason="attorney_ill"))

    assert "Saved." in browser.text
    assert again(Consultation, booked.id).attorney == other


def test_without_a_reason_nothing_is_changed(app: Flask, booked: Consultation) -> None:
    browser = at_the_desk(app)
    path = f"/desk/consultation/{booked.id}/people"
    browser.get(path)

    browser.follow(browser.post(path, attorney=str(3 - booked.attorney), reason="nonsense"))

    assert "Choose why." in browser.text
    assert again(Consultation, booked.id).attorney == booked.attorney


def test_who_decides_on_names_screens_somebody_off(app: Flask, booked: Consultation) -> None:
    browser = at_the_desk(app, "conflicts")
    path = f"/desk/intake/{booked.intake_id}/screened"
    browser.get(path)

    browser.post(path, person="2")

    assert again(Intake, booked.intake_id).screened_off == [2]
