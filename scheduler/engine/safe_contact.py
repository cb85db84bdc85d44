"""Whether, by which way and at which hours a client may be written to (intake.md §4.1 rules 4 and 5)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from scheduler.engine.answers import Answers
from scheduler.engine.hours import Hours, Window

MANUAL = "manual_contact"
SMS, WHATSAPP, EMAIL = "sms", "whatsapp", "email"
HELPER = "helper"

USUAL = (Window(9 * 60, 18 * 60),)
WHOLE_DAY = (Window(0, 24 * 60),)
PARTS_OF_THE_DAY: Mapping[str, Window] = MappingProxyType(
    {
        "morning": Window(8 * 60, 12 * 60),
        "afternoon": Window(12 * 60, 17 * 60),
        "evening": Window(17 * 60, 20 * 60),
    }
)
TO_FRIDAY, TO_SATURDAY, EVERY_DAY = range(5), range(6), range(7)


@dataclass(frozen=True, slots=True)
class Way:
    """The one way on which she may be written to: sms, whatsapp or email, and the number or address."""

    channel: str
    to: str = field(repr=False)


def way(answers: Answers, flags: Collection[str]) -> Way | None:
    """
    The way she chose and allowed; None where nothing may be written and a person must call.

    Looks at answers of the contact document only; `flags` are the intake's.
    """
    if MANUAL in flags or not is_private(answers) or answers.get("may_write") != "yes":
        return None
    channel = answers.get("contact_channel")
    if channel == HELPER:
        channel = answers.get("helper_medium")
    if channel not in {SMS, WHATSAPP, EMAIL}:
        return None
    to = answers.get("contact_email" if channel == EMAIL else "contact_phone")
    return Way(str(channel), str(to)) if to else None


def safe_hours(answers: Answers, zone: str) -> Hours:
    """The hours at which it is safe to call or write, by her clock; unasked: 9 to 18, Monday to Saturday."""
    return _hours(frozenset(answers.get("safe_times") or ()), zone)


@lru_cache(maxsize=256)
def _hours(chosen: frozenset[str], zone: str) -> Hours:
    if "any" in chosen:
        return Hours(zone, dict.fromkeys(EVERY_DAY, WHOLE_DAY))
    parts = tuple(window for name, window in PARTS_OF_THE_DAY.items() if name in chosen)
    days = EVERY_DAY if "weekend" in chosen else TO_FRIDAY if parts else TO_SATURDAY
    return Hours(zone, dict.fromkeys(days, parts or USUAL))


def is_private(answers: Answers) -> bool:
    """Whether nobody who should not know sees her device or her phone."""
    return answers.get("device_safe") == "yes" and answers.get("phone_shared") != "shared_unsafe"
