"""
The peer, in a process and an environment of its own: django-appointment on the rows that it is handed.

`python peer.py ROWS FOLDER`: each line on its standard input asks once for every free start; each line it answers is
the milliseconds that took and the starts, in minutes since the epoch.
"""
# mypy: ignore-errors
# It is not installed where our own code is checked.

import json
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import django
from django.conf import settings
from django.db import transaction


def begin(folder: Path) -> None:
    """A site with nothing but the app, on a file of SQLite."""
    settings.configure(
        SECRET_KEY="a bench has no secrets",  # noqa: S106 - nobody signs in
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "peer.db")}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "phonenumber_field",
            "appointment",
        ],
        USE_TZ=True,
        TIME_ZONE="UTC",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        LOGGING_CONFIG=None,
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)


def fill(rows: dict) -> tuple[list, object]:
    """Its own rows, of what it is handed; each of the staff with the zone that we read the times by."""
    from appointment.models import Appointment, AppointmentRequest, Config, Service, StaffMember, WorkingHours
    from django.contrib.auth import get_user_model

    length = timedelta(minutes=rows["length"])
    Config(slot_duration=rows["length"], appointment_buffer_time=0).save()
    service = Service.objects.create(name="Call", duration=length, price=0)
    staff = []
    for person in rows["people"]:
        user = get_user_model().objects.create(username=f"person{person['number']}")
        member = StaffMember.objects.create(user=user, slot_duration=rows["length"], appointment_buffer_time=0)
        member.services_offered.add(service)
        for day in range(1, 6):
            WorkingHours.objects.create(staff_member=member, day_of_week=day, start_time="09:00", end_time="17:00")
        staff.append((member, ZoneInfo(person["zone"])))
    wanted = [
        AppointmentRequest(
            date=date.fromisoformat(day),
            start_time=time.fromisoformat(start),
            end_time=time.fromisoformat(end),
            service=service,
            staff_member=staff[index][0],
            id_request=f"{number}",
        )
        for number, (index, day, start, end) in enumerate(rows["blocks"])
    ]
    AppointmentRequest.objects.bulk_create(wanted)
    appointments = [Appointment(appointment_request=one, id_request=one.id_request) for one in wanted]
    Appointment.objects.bulk_create(appointments)
    return staff, service


def free(staff: list, service: object, first: date, days: int) -> list[int]:
    """Every free start of everybody, by the app's own function for one of the staff and one date."""
    from appointment.services import get_available_slots_for_staff

    found = set()
    for member, zone in staff:
        for ahead in range(days):
            day = first + timedelta(days=ahead)
            for slot in get_available_slots_for_staff(day, member, day.isoweekday() % 7, service=service):
                start = slot if isinstance(slot, datetime) else datetime.strptime(slot, "%I:%M %p").replace(tzinfo=UTC)
                local = datetime.combine(day, start.time(), zone)
                found.add(int(local.astimezone(UTC).timestamp()) // 60)
    return sorted(found)


def main() -> None:
    rows = json.loads(Path(sys.argv[1]).read_text())
    begin(Path(sys.argv[2]))
    with transaction.atomic():
        staff, service = fill(rows)
    print("peer []", flush=True)
    for _question in sys.stdin:
        begun = perf_counter()
        found = free(staff, service, date.fromisoformat(rows["first"]), rows["days"])
        print("peer", json.dumps([(perf_counter() - begun) * 1000, found]), flush=True)


if __name__ == "__main__":
    main()
