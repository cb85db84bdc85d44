"""Whether she may be written to, where, and at which hours she may be reached."""

import pytest

from scheduler.engine.hours import Window
from scheduler.engine.safe_contact import Way, safe_hours, way

ALLOWED = {
    "device_safe": "yes",
    "contact_channel": "sms",
    "contact_phone": "+526641234567",
    "phone_shared": "only_me",
    "may_write": "yes",
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, Way("sms", "+526641234567"), id="she chose texts and allowed them"),
        pytest.param(
            {"contact_channel": "email", "contact_email": "a@b.example"}, Way("email", "a@b.example"), id="by e-mail"
        ),
        pytest.param(
            {"contact_channel": "helper", "helper_medium": "whatsapp"},
            Way("whatsapp", "+526641234567"),
            id="through the helper, who reads messages",
        ),
        pytest.param({"contact_channel": "helper", "helper_medium": "call"}, None, id="the helper is only called"),
        pytest.param({"contact_channel": "call"}, None, id="she is only called"),
        pytest.param({"may_write": "no"}, None, id="she said no"),
        pytest.param({"may_write": None}, None, id="she was not asked, which is no yes"),
        pytest.param({"device_safe": "not_sure"}, None, id="somebody may see her device"),
        pytest.param({"phone_shared": "shared_unsafe"}, None, id="somebody may see her phone"),
        pytest.param({"contact_phone": None}, None, id="there is no number"),
    ],
)
def test_the_way_to_write_is_the_one_she_chose_and_allowed(changes: dict[str, str], expected: Way | None) -> None:
    assert way({**ALLOWED, **changes}, ()) == expected


def test_nothing_is_written_to_her_whom_only_a_person_may_reach() -> None:
    assert way(ALLOWED, ("manual_contact",)) is None


@pytest.mark.parametrize(
    ("chosen", "weekday", "hours"),
    [
        pytest.param([], 5, (Window(9 * 60, 18 * 60),), id="not asked: Saturday is usual"),
        pytest.param([], 6, (), id="not asked: Sunday is not"),
        pytest.param(["any"], 6, (Window(0, 24 * 60),), id="any time is any day, too"),
        pytest.param(["morning"], 0, (Window(8 * 60, 12 * 60),), id="only mornings"),
        pytest.param(["morning"], 5, (), id="a part of the day is of working days"),
        pytest.param(["evening", "weekend"], 6, (Window(17 * 60, 20 * 60),), id="evenings, at weekends too"),
        pytest.param(["weekend"], 5, (Window(9 * 60, 18 * 60),), id="weekends at the usual hours"),
    ],
)
def test_safe_hours_are_those_she_named(chosen: list[str], weekday: int, hours: tuple[Window, ...]) -> None:
    found = safe_hours({"safe_times": chosen}, "America/Tijuana")

    assert tuple(found.weekly.get(weekday, ())) == hours
