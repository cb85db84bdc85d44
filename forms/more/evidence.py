"""Kinds of papers and proof, and what she can say of each."""

from forms.context import Choice
from scheduler.words import _l

EVIDENCE: tuple[Choice, ...] = (
    Choice("nta", _l("Court paper (“Notice to Appear”, I-862)")),
    Choice("hearing_notice", _l("Hearing notice")),
    Choice("poe_sheet", _l("Sheet with day, hour and crossing")),
    Choice("officer_papers", _l("Other papers from U.S. officers (I-94, I-220A, I-213, interview result)")),
    Choice("identity", _l("ID, passport, birth certificate")),
    Choice("family_docs", _l("Marriage and children’s birth papers")),
    Choice("arrival_proof", _l("Proof of the day you arrived (ticket, stamp, photo, shelter note)")),
    Choice("police_report", _l("Police report or complaint")),
    Choice("threats", _l("Threats: letters, messages, voice notes, call list")),
    Choice("photos", _l("Photos or videos")),
    Choice("medical", _l("Doctor, hospital or therapy papers")),
    Choice("witnesses", _l("People who saw or know (only “yes”, no names now)")),
    Choice("group_proof", _l("Papers of your church, party, job or group")),
    Choice("news", _l("News about what happened")),
    Choice("mexico_harm_proof", _l("Papers about harm in Mexico")),
    Choice("prior_filing", _l("Copy of forms already sent, receipts")),
)

HOW: tuple[Choice, ...] = (
    Choice("have", _l("I have it")),
    Choice("can_get", _l("I can get it")),
    Choice("lost", _l("It is lost")),
    Choice("not_safe_to_get", _l("Not safe to get")),
)
