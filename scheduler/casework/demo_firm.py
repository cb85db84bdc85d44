"""The demo firm: rules, people and days; every name and number in it is plainly made up."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.casework import conflict_settings
from scheduler.models import Closure, Firm, Override, Person, WorkingHours

HOUR = 60
ZONE = "America/Los_Angeles"
WEEKDAYS = range(5)

SETTINGS: dict[str, Any] = {
    "opens": 9 * HOUR,
    "closes": 18 * HOUR,
    "weekdays": list(WEEKDAYS),
    "horizon_days": 30,
    "base_length": 45,
    "notice_minutes": None,
    "staff_languages": ["es", "en"],
    "video_pattern": "https://meet.example.com/{random}",
    "neutral_site": {
        "US": "https://www.weather.gov/",
        "MX": "https://smn.conagua.gob.mx/",
        "": "https://www.weather.gov/",
    },
    "event_margin_hours": 24,
    "reserved_slots": 1,
    "auto_clear": True,
}


SPANISH_IS_2 = {"en": "(Spanish: press 2)", "es": "(en español: oprima 2)"}


def _line(en: str, es: str, number: str, note: dict[str, str] | None = None) -> dict[str, Any]:
    return {"en": en, "es": es, "number": number, **({"note": note} if note else {})}


TEXTS: dict[str, Any] = {
    "cost": {"en": "No charge.", "es": "Sin costo."},
    "emergency": {
        "US": [
            _line("Danger now", "Peligro ahora", "911"),
            _line("Thoughts of suicide or crisis", "Crisis o ideas de suicidio", "988", SPANISH_IS_2),
            _line("Violence at home", "Violencia en la casa", "1-800-799-7233", SPANISH_IS_2),
            _line("Forced work or sex", "Trabajo o sexo forzado", "1-888-373-7888"),
        ],
        "MX": [
            _line("Danger now", "Peligro ahora", "911"),
            _line("Crisis, drugs, sadness", "Crisis, adicciones, tristeza", "800 911 2000"),
            _line("Refugee help (UNHCR)", "Ayuda a refugiados (ACNUR)", "800 226 8769"),
        ],
    },
}

PEOPLE: tuple[dict[str, Any], ...] = (
    {
        "kind": "attorney",
        "name": "Demo Attorney One",
        "email": "one@demo.example",
        "zone": "America/New_York",
        "languages": ["es", "en"],
        "hours": ((9 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR)),
        "buffer_after": 15,
        "daily_cap": 5,
    },
    {
        "kind": "attorney",
        "name": "Demo Attorney Two",
        "email": "two@demo.example",
        "zone": "America/Los_Angeles",
        "languages": ["en", "es", "pt"],
        "hours": ((10 * HOUR, 18 * HOUR),),
        "buffer_before": 5,
        "buffer_after": 10,
        "room_url": "https://meet.example.com/demo-two",
    },
    {
        "kind": "attorney",
        "name": "Demo Attorney Three",
        "email": "three@demo.example",
        "zone": "America/Tijuana",
        "languages": ["es"],
        "hours": ((8 * HOUR, 13 * HOUR), (16 * HOUR, 20 * HOUR)),
        "buffer_after": 15,
    },
    {
        "kind": "interpreter",
        "name": "Demo Interpreter Mam",
        "email": "mam@demo.example",
        "zone": "America/Mexico_City",
        "languages": ["mam", "es"],
        "hours": ((9 * HOUR, 17 * HOUR),),
    },
)


def put_firm(session: Session, now: datetime) -> None:
    """The firm's row, its people with their hours, and days on which things are otherwise."""
    today = now.astimezone(ZoneInfo(ZONE)).date()
    session.add(
        Firm(
            id=1,
            alias="Citas LEU",
            phone="+1 213 555 0100",
            zone=ZONE,
            settings={
                **SETTINGS,
                conflict_settings.SOURCE: {"how": conflict_settings.LIST, "by": "Demo", "at": now.isoformat()},
            },
            texts=TEXTS,
            last_reviewed_on=today,
        )
    )
    people = [_person(number, dict(facts)) for number, facts in enumerate(PEOPLE, start=1)]
    session.add_all(people)
    session.flush()
    next_monday = today + timedelta(7 - today.weekday())
    session.add_all(
        [
            Override(person_id=people[0].id, day=next_monday, start=14 * HOUR, end=19 * HOUR),
            Override(person_id=people[2].id, day=next_monday + timedelta(1)),
            Closure(day=next_monday + timedelta(11), reason="staff day"),
            Closure(day=next_monday + timedelta(25), reason="office moves"),
        ]
    )


def _person(number: int, facts: dict[str, Any]) -> Person:
    windows = facts.pop("hours")
    person = Person(number=number, **facts)
    person.hours = [WorkingHours(weekday=day, start=start, end=end) for day in WEEKDAYS for start, end in windows]
    return person
