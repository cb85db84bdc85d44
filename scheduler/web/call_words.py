"""What the desk says of calls: why one came to nothing or broke off, and what came of it."""

from scheduler.web.desk_words import Words
from scheduler.words import _l

CAUSES: Words = {
    "not_reached": _l("Nobody answered"),
    "not_safe": _l("She could not talk safely"),
    "at_the_bridge": _l("She is at the bridge"),
    "detained": _l("She was detained: stop every message to her"),
    "moved": _l("She has moved"),
    "our_fault": _l("We could not: our fault"),
}
"""Why a call came to nothing."""

RESULTS: Words = {
    "engage_offer": _l("Offer to take her case"),
    "second_call": _l("A second call"),
    "advice_given": _l("Advice was given"),
    "refer": _l("Refer her to others"),
    "decline": _l("Not taken"),
    "undecided": _l("Not decided"),
}
STEPS: Words = {
    "call_her": _l("Call her"),
    "check_dates": _l("Check her dates with the court"),
    "see_papers": _l("See her papers"),
    "send_agreement": _l("Send her the agreement"),
    "decide": _l("Decide whether we take her case"),
}
LETTERS: Words = {
    "after_call": _l("“After a call, no agreement yet”"),
    "engagement": _l("The agreement: sent outside this program"),
    "none": _l("None now"),
}
BROKEN: Words = {"dropped": _l("The line broke"), "unsafe": _l("It was not safe any more")}
