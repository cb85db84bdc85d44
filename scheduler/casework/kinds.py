"""The kinds of letters, and what each of them is about."""

INVITATION, CANCELLATION = "invitation", "cancellation"
TENTATIVE, BOOKED, MOVED = "tentative", "booked", "moved"
CANCELLED_YOU, CANCELLED_US = "cancelled_you", "cancelled_us"
REMINDERS = ("remind_72h", "remind_24h", "remind_2h", "join")
JOIN, FINISH = "join", "finish"
OTP, WE_CALL = "otp", "we_call"
MISSED, REBOOK = "missed", "rebook"
PLEASE_CALL, MESSAGE_WAITING = "please_call", "message_waiting"

OF_A_TIME = frozenset({TENTATIVE, BOOKED, MOVED, *REMINDERS})
"""What a client is told of a time: wrong as soon as it is another's or nobody's."""

WHILE_IT_STANDS = OF_A_TIME | {INVITATION, FINISH}
"""What nobody is told any more once it was moved or cancelled."""

NEVER_CALLED = frozenset({JOIN, FINISH})
"""What no person calls about in place of the letter."""

OF_AN_END = frozenset({CANCELLED_YOU, CANCELLED_US})
"""What she is told of a time that is none any more."""

AFTER_NO_SHOW = frozenset({MISSED, REBOOK})
"""What she is told of a call that nobody answered."""

COMES_BACK = OF_AN_END | AFTER_NO_SHOW
"""Those that lead to the page on which she chooses a new time."""

COUNTED = (TENTATIVE, FINISH, REBOOK, *REMINDERS)
"""Those of which an appointment has six at most (intake.md §4.4); the others are always sent."""
