"""What clients and attorneys correct."""

from tests.builders.client import typed

HEARING = {
    "court_papers": "yes",
    **typed("next_hearing_date", "2026-12-03"),
    "removal_order": "no",
    "fear_interview": "none",
    "other_deadline": "no",
}
MATAMOROS = {"current_country": "MX", "mx_city": "matamoros"}
CONTACT = {
    "contact_channel": "sms",
    "contact_phone": "664 765 4321",
    "contact_phone-country": "MX",
    "phone_shared": "only_me",
    "may_write": "yes",
    "can_leave_message": "no",
}
