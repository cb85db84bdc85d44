"""What the desk says of tasks: what each kind asks a person to do, and where it is done."""

from collections.abc import Mapping

from scheduler.words import _l

TASKS: Mapping[str, object] = {
    "say_i_have_it": _l("In danger, or a date within hours: say that you have it"),
    "second_person": _l("Nobody has it after ten minutes: a second person"),
    "call_now": _l("Call at once: her date is hours away"),
    "call_urgent": _l("Call her: urgent, and no time booked"),
    "call_back": _l("Call her back"),
    "cut_off": _l("The line broke while she was asked: call her back"),
    "book_by_phone": _l("Book a time with her: all was asked by phone"),
    "go_on_asking": _l("Take her answers by phone, or close it: she asked for a call"),
    "decide_names": _l("Decide on the names"),
    "conflict_call": _l("Call her about the names to check"),
    "call_no_show": _l("Call her again: the call did not take place"),
    "call_broken": _l("The call broke off: call her again"),
    "call_to_book": _l("Call her for a new time: she does not choose it herself"),
    "call_unreported": _l("Say what became of this call"),
    "call_to_confirm": _l("Call her to confirm tomorrow’s call"),
    "come_back": _l("Come back to her, as you said"),
    "read_letter": _l("Read her the letter after the call, by phone: no message may be sent"),
    "dates_near": _l("A date of hers is within 60 days and no agreement is signed: see to it today"),
    "conflict_overdue": _l("Names must be decided on: overdue"),
    "names_reopened": _l("The names are looked at again: nobody hears her before it is decided"),
    "tell_declined": _l("Tell her today that we cannot take it; give no reason"),
    "tell_referred": _l("Name her the other office; hand nothing on unless she says yes"),
    "share_answers": _l("Share her answers with the office we named: she said yes"),
    "share_ours_again": _l("Tell the office that has her answers: we go on with her ourselves"),
    "share_no_more": _l("Tell the other office that she does not want it any more: she said no"),
    "call_client": _l("Tell her by phone: no message may be sent"),
    "find_earlier_slot": _l("Find her an earlier time"),
    "offer_earlier": _l("Call her: an earlier time is kept for her until then"),
    "find_interpreter": _l("Find an interpreter"),
    "hours_changed": _l("Hours have changed: somebody on this call does not work then"),
    "reseat_screened": _l("Change who is on the call: somebody on it may not hear her"),
    "keep_a_time": _l("Call her so that she keeps a time"),
    "offer_new_time": _l("Call her with another time"),
    "letter_failed": _l("A letter could not be sent"),
    "safety_call": _l("Call her: she said that she is in danger"),
    "locate_person": _l("Find out where the person is held"),
    "check_acis": _l("Check the court date by the A-Number"),
    "narrow_arrival_date": _l("Ask for the day she arrived"),
    "hold_review": _l("See whether the legal hold must stay"),
    "many_looks": _l("Somebody opened very many clients, or while closed: the administrator looks"),
    "flood": _l("Very many were sent at once: look whether they are real"),
    "call_trusted": _l("She cannot be reached: call the person she trusts"),
    "find_her": _l("She cannot be reached and named nobody: find another way"),
    "names_again": _l("Look at a name she added: it is like one we know"),
    "file_infected": _l("A file she sent was infected: ask for it again"),
    "calendar_failed": _l("An attorney’s calendar cannot be read"),
    "calendar_closed": _l("An attorney’s calendar is too old: clients cannot book that attorney"),
    "busy_over_booking": _l("Something was put into the attorney’s calendar over this call"),
    "link_locked": _l("Her page is locked after wrong tries: call her"),
}

AT_THE_CALL = frozenset({"call_unreported", "call_to_confirm"})
"""Tasks that are done by saying something of a call."""

I_HAVE_IT = frozenset({"say_i_have_it", "second_person"})
"""Tasks that are done by saying that one has it."""

AT_CALENDARS = frozenset({"calendar_failed", "calendar_closed"})
"""Tasks that are seen to on the page of calendars."""
