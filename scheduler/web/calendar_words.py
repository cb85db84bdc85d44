"""What the page of calendars says of codes."""

from collections.abc import Mapping

from scheduler.casework.calendars import LOST
from scheduler.channels.calendars import Fault, Kind
from scheduler.web.desk_words import said
from scheduler.words import _l

__all__ = ["FAULTS", "KINDS", "NOTES", "said"]

KINDS: Mapping[str, object] = {
    Kind.ICS: _l("Address of a calendar (ICS)"),
    Kind.CALDAV: _l("CalDAV server"),
}
FAULTS: Mapping[str, object] = {
    Fault.UNREACHABLE: _l("Its server does not answer, or its address is none that we may ask."),
    Fault.LOGIN: _l("Its server wants another name or password."),
    Fault.GONE: _l("There is no calendar at this address."),
    Fault.NOT_A_CALENDAR: _l("What is there is no calendar that can be read."),
    Fault.TOO_MUCH: _l("It is too large, or something in it repeats more often than daily."),
    Fault.ELSEWHERE: _l(
        "It sends on to another server, which is not told the password: write the address of that one."
    ),
    Fault.NO_CALENDARS: _l("There are no calendars of this name at that server."),
    LOST: _l("Its address cannot be opened here any more: remove it and add it again."),
}
NOTES: Mapping[str, object] = {
    "added": _l("Added. From now on it is read every 10 minutes."),
    "read": _l("It was read just now."),
    "removed": _l("Removed, with its address and all its times."),
}
