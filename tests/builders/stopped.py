"""Answers with which nobody waits for a time."""

TOMORROW = {
    "ever_in_us": "sent_back",
    "last_arrival_date": "2026-08-03",
    "waiting_in_mexico_program": "yes_papers",
    "court_papers": "yes",
    "next_hearing_date": "2026-11-25",
    "removal_order": "no",
    "fear_interview": "none",
}
