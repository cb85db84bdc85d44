"""Who asks in the demo: answers that are plainly made up, one line for each person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from scheduler.casework.demo_names import AGAINST

BASE: Mapping[str, Any] = {
    "device_safe": "yes",
    "immediate_danger": "no",
    "filler_role": "self",
    "spoken_language": "es",
    "contact_channel": "sms",
    "phone_shared": "only_me",
    "may_write": "yes",
    "can_leave_message": "neutral",
    "family_names": "Ejemplo Demo",
    "nationality_country": ["HN"],
    "current_country": "MX",
    "mx_city": "tijuana",
    "ever_in_us": "never",
    "waiting_in_mexico_program": "no",
    "court_papers": "no",
    "removal_order": "no",
    "fear_interview": "none",
    "other_deadline": "no",
    "conflict_people_any": "no",
    "current_attorney": "no",
    "ack_no_relationship": True,
    "consent_privacy": True,
}
"""Part A, answered in Spanish from Tijuana; each person below says only what is different."""

HELPED: Mapping[str, Any] = {
    "filler_role": "family",
    "client_agrees": "yes",
    "helper_name": "Demo Ayuda",
    "helper_relationship": "sibling",
    "helper_attests": True,
    "detained_now": "no",
}
NAMED: Mapping[str, Any] = {
    "conflict_people_any": "yes",
    "conflict_people": [{"name": AGAINST, "role": "person_against"}],
}
EMAIL: Mapping[str, Any] = {"contact_channel": "email", "contact_email": "cliente@example.com"}


@dataclass(frozen=True, slots=True)
class Asker:
    """
    One intake of the demo. `ago` is how long before now it was sent.

    `until` is the last page that was answered; `booked_in` the days from then to the call, None where none is booked.
    """

    given: str
    ago: timedelta
    answers: Mapping[str, Any] = field(repr=False)
    until: str = "notices"
    booked_in: int | None = None


def waiting(today: date) -> tuple[Asker, ...]:
    """Those who wait, from danger now to normal, and one who is still answering."""
    hour = timedelta(hours=1)
    return (
        Asker("Demo Ada", 70 * hour, {**_in_us(400, today), "spoken_language": "en"}),
        Asker("Demo Bea", 50 * hour, {"phone_shared": "shared_unsafe", "mx_city": "ciudad_juarez"}),
        Asker("Demo Ceci", 47 * hour, {"conflict_people_any": "prefer_call"}),
        Asker("Demo Dora", 30 * hour, {"spoken_language": "mam", "interpreter_needed": "yes", "mx_city": "tapachula"}),
        Asker("Demo Elsa", 28 * hour, {**_court(40, today), **NAMED}),
        Asker("Demo Fany", 26 * hour, {**HELPED, "client_agrees": "cannot_ask", "ever_in_us": "never"}),
        Asker("Demo Gabi", 25 * hour, _court(15, today)),
        Asker("Demo Hugo", 5 * hour, {"birth_date": _day(today, 15 * 366), "minor_with_adult": "other_adult"}),
        Asker("Demo Iris", 4 * hour, {**HELPED, **_in_us(30, today), "detained_now": "yes_immigration"}),
        Asker("Demo Juan", 3 * hour, _court(5, today)),
        Asker("Demo Kelly", 2 * hour, _court(1, today), until="dates"),
        Asker("Demo Luz", hour / 3, {"immediate_danger": "yes"}),
        Asker("Demo Mia", hour / 6, {}, until="about"),
    )


def to_come(today: date) -> tuple[Asker, ...]:
    """Those whose call is in the week that begins now."""
    hour = timedelta(hours=1)
    return (
        Asker("Demo Nora", 44 * hour, {}, booked_in=2),
        Asker("Demo Olga", 43 * hour, {**EMAIL, "spoken_language": "en", **_in_us(90, today)}, booked_in=3),
        Asker("Demo Pia", 42 * hour, {"mx_city": "monterrey"}, booked_in=4),
        Asker("Demo Rita", 41 * hour, _court(21, today), booked_in=2),
        Asker("Demo Sara", 40 * hour, {**_in_us(200, today), "us_state": "NY"}, booked_in=6),
        Asker("Demo Tomas", 39 * hour, {"mx_city": "ciudad_juarez"}, booked_in=7),
        Asker("Demo Ulises", 38 * hour, {**EMAIL, "mx_city": "mexico_city"}, booked_in=8),
        Asker("Demo Vera", 37 * hour, {"device_safe": "not_sure"}, booked_in=9),
    )


def been(today: date) -> tuple[Asker, ...]:
    """Those whose call was in the week before."""
    day = timedelta(days=1)
    return (
        Asker("Demo Wanda", 11 * day, {}, booked_in=3),
        Asker("Demo Ximena", 11 * day, _in_us(150, today), booked_in=4),
        Asker("Demo Yara", 10 * day, {"mx_city": "reynosa"}, booked_in=4),
        Asker("Demo Zoe", 9 * day, {}, booked_in=5),
    )


def phone(number: int) -> str:
    """A number of the range that is kept for fiction."""
    return f"+1213555{100 + number:04}"


def birth(number: int) -> dict[str, Any]:
    """A grown-up's date of birth."""
    return {"y": 1975 + number, "m": 1 + number % 12, "d": 1 + number, "precision": "day", "unknown": False}


def _court(days: int, today: date) -> dict[str, Any]:
    """Sent back to wait, with a court date so many days ahead."""
    return {
        "ever_in_us": "sent_back",
        "last_arrival_date": _day(today, 60),
        "waiting_in_mexico_program": "yes_papers",
        "court_papers": "yes",
        "next_hearing_date": (today + timedelta(days)).isoformat(),
    }


def _in_us(days: int, today: date) -> dict[str, Any]:
    """In California since so many days."""
    return {
        "current_country": "US",
        "us_state": "CA",
        "ever_in_us": "in_us",
        "last_arrival_date": _day(today, days),
    }


def _day(today: date, ago: int) -> dict[str, Any]:
    day = today - timedelta(ago)
    return {"y": day.year, "m": day.month, "d": day.day, "precision": "day", "unknown": False}
