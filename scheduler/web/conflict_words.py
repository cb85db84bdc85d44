"""What the pages of the conflict check say of codes."""

from collections.abc import Mapping

from scheduler.web.desk_words import said
from scheduler.words import _l, _lp

__all__ = ["BAD_LINES", "COLUMNS", "LIKENESS", "PURPOSES", "ROLES", "SENT", "SOURCES", "WHO", "WHY", "said"]

WHO: Mapping[str, object] = {
    "client": _l("client"),
    "former_client": _l("former client"),
    "prospect": _l("asked us before"),
    "adverse": _l("on the other side"),
    "related": _l("has a part in another matter"),
    "staff": _l("works here"),
    "staff_relative": _l("relative of somebody who works here"),
    "interpreter": _l("interprets for us"),
}
LIKENESS: Mapping[str, object] = {
    "a_number": _l("the same A-number"),
    "phone": _l("the same telephone"),
    "email": _l("the same e-mail"),
    "name_and_birth": _l("the same name and date of birth"),
    "names": _l("a given name and both surnames"),
    "similar": _l("nearly the same name"),
    "initial": _l("a surname, an initial and the year of birth"),
}
_REMINDER = _l("A reminder, to her")
SENT: Mapping[str, object] = {
    "invitation": _l("The invitation, to the attorney"),
    "cancellation": _l("The end of the invitation, to the attorney"),
    "booked": _l("Her time, to her"),
    "moved": _l("Her new time, to her"),
    "cancelled_us": _l("That her time is off, to her"),
    "cancelled_you": _l("That her time is off, to her"),
    "please_call": _l("That she should call us, to her"),
    "message_waiting": _l("That a message waits, to her"),
    "tell_declined": _l("A person has told her that we cannot take it"),
    "finish": _l("That she may answer more, to her"),
    **dict.fromkeys(("remind_72h", "remind_24h", "remind_2h", "join"), _REMINDER),
}
"""What has left already when a decision is taken back."""

WHY: Mapping[str, object] = {
    "hit": _l("somebody is alike"),
    "by_phone": _l("names are told by phone"),
    "not_automatic": _l("nothing found; a person clears"),
}
ROLES: Mapping[str, object] = {
    "": _l("asks for help"),
    "spouse_partner": _l("husband, wife or partner"),
    "family_in_case": _l("family in the matter"),
    "person_against": _l("is against her"),
    "sponsor": _l("Sponsor"),
    "employer": _l("Boss or employer"),
    "helper": _l("helped with papers"),
    "attorney": _l("her lawyer or helper before"),
    "trusted": _l("whom she trusts"),
    "other": _lp("feminine", "Other"),
}
SOURCES: Mapping[str, object] = {
    "list": _l("our list"),
    "stub": _l("kept from an earlier request"),
    "intake": _l("another request"),
    "ours": _l("our people"),
}
PURPOSES: Mapping[str, object] = {
    "on_the_phone": _l("Somebody asks by phone"),
    "at_the_door": _l("Somebody asks at the door"),
    "before_a_call": _l("Before a call"),
}
"""Why somebody searches for names, as a code of the audit."""

COLUMNS: Mapping[str, object] = {
    "name": _l("whole name"),
    "given": _l("given names"),
    "family": _l("surnames"),
    "also": _l("other names, parted by ; or /"),
    "birth": _l("date or year of birth"),
    "country": _l("country, in two letters"),
    "phone": _l("telephone"),
    "email": _l("e-mail"),
    "a_number": _l("A-number"),
    "who": _l("who that is to the firm"),
}
BAD_LINES: Mapping[str, object] = {
    "no_name": _l("no name"),
    "not_a_name": _l("that is no name"),
    "who": _l("nobody knows who that is to the firm"),
}
