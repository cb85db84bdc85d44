"""A10: what you should know before you send."""

from forms.base import IntakePage
from forms.fields import ForAnother, Tick
from scheduler.words import _l

NOTICE_VERSION = "2026-11-24.2"
"""Of the two notices in templates/intake/notices.html; a change of their words is a new version."""

TICK_IT = _l("Tick this box to go on.")


class NoticesPage(IntakePage):
    """The two notices, and that she has read them."""

    slug = "notices"
    title = _l("What you should know before you send")

    ack_no_relationship = Tick(
        _l(
            "I understand: sending this form does not make this office my lawyer. "
            "They are my lawyer only if we both sign an agreement."
        ),
        hint=_l("My dates keep running until then."),
        error=TICK_IT,
        another=ForAnother(
            _l("I understand: sending this form does not make this office that person's lawyer."),
            _l("That person’s dates keep running."),
        ),
    )
    consent_privacy = Tick(
        _l(
            "I agree that this office may keep and use my answers to check for conflicts, "
            "plan my call and decide if it can help."
        ),
        hint=_l(
            "We do not share them with the government, your family or other people unless you agree "
            "or the law forces us."
        ),
        error=TICK_IT,
    )
    helper_attests = Tick(
        _l("The person agreed that I give these answers, or I cannot reach them and I am acting for their good."),
        error=TICK_IT,
    )
