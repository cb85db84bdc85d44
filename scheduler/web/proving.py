"""A client proves that she is she before her own page changes anything; her browser knows it while she is there."""

from dataclasses import replace
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Protocol

from flask import redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from forms.booking import NEITHER, ProofForm
from scheduler.casework import proofs
from scheduler.casework.proofs import CodeOnItsWay, NoCode, Proof, WrongProof
from scheduler.models import Intake
from scheduler.web.apply import context
from scheduler.web.parts import parts
from scheduler.words import _l

PROVEN, PROBLEM, ON_ITS_WAY, REFUSED = "proven", "problem", "on_its_way", "refused"
CODE, YEAR = "code", "year"
NONCE = 8
"""Bytes that tell one proof from the next."""

SEND_CODE = "send_code"
TYPED = ("birth_year", "code")

WRONG = _l("That is not what we have. Please check it, or call us.")
PROBLEMS: dict[str, object] = {
    "unreadable": NEITHER,
    "wrong": WRONG,
    "no_code": _l("We cannot send a code now. Write your year of birth, or call us."),
}


class Seen(Protocol):
    """One look by a secret address: whose, when, what a proof given here is good for and how long without a touch."""

    @property
    def intake(self) -> Intake: ...
    @property
    def now(self) -> datetime: ...
    @property
    def subject(self) -> str: ...
    @property
    def stays(self) -> timedelta: ...


def is_proven(seen: Seen, *, by_code: bool = False) -> bool:
    """
    Whether this browser has proved it for this consultation (`by_code`: not by the year), and she is still there.

    Whoever asks is: what she types next is not lost because she proved it a while ago.
    """
    kept = session.get(PROVEN) or {}
    if kept.get("for") != seen.subject or kept.get("until", 0) <= seen.now.timestamp():
        return False
    session[PROVEN] = {**kept, "until": (seen.now + seen.stays).timestamp()}
    return kept.get("by") == CODE or not by_code


def by_code() -> bool:
    """Whether the last proof of this browser was a code: then she has the phone that we know."""
    return (session.get(PROVEN) or {}).get("by") == CODE


def keep_refused() -> None:
    """A page was refused: what was typed is shown again to this browser under this proof, and to no other."""
    session[REFUSED] = session[PROVEN].get("at", "")


def shows_refused() -> bool:
    """Whether a refused page that waits was typed here, under the proof that holds."""
    return REFUSED in session and session[REFUSED] == session.get(PROVEN, {}).get("at")


def is_proof() -> bool:
    """Whether the form that was sent is the one that asks for a proof."""
    return any(name in request.form for name in (*TYPED, SEND_CODE))


def ask(token: str, seen: Seen, back_url: str = "", *, by_code: bool = False) -> ResponseReturnValue:
    """The page that asks for the year of birth or a code (`by_code`: that alone); where she has neither, to call."""
    form = ProofForm(None, context({}))
    kept = session.pop(PROBLEM, "")
    problem = PROBLEMS.get(kept)
    found = proofs.ways(parts(), seen.intake)
    ways = replace(found, year=found.year and not by_code)
    if problem is not None:
        (form.birth_year if ways.year else form.code).errors = [str(problem)]
    words = {
        "form": form,
        "action": request.path,
        "back_url": back_url,
        "code_sent": proofs.is_code_out(parts(), token),
        "on_its_way": kept == ON_ITS_WAY,
        "ways": ways,
    }
    return render_template("client/prove.html", **words)


def answer(token: str, seen: Seen, onward: str = "") -> ResponseReturnValue:
    """Take the proof, or send a code; the page that asked is shown again, or what it guards, or `onward` opened."""
    is_asking = SEND_CODE in request.form and not any(request.form.get(name, "").strip() for name in TYPED)
    problem = _sent(token) if is_asking else _proved(token, seen)
    if problem:
        session[PROBLEM] = problem
    return redirect(request.path if problem or is_asking or not onward else onward, 303)


def _sent(token: str) -> str:
    try:
        proofs.send_code(parts(), token)
    except CodeOnItsWay:
        return ON_ITS_WAY
    except NoCode:
        return "no_code"
    return ""


def _proved(token: str, seen: Seen) -> str:
    form = ProofForm(request.form, context({}))
    if not form.validate():
        return "unreadable"
    said = form.answers()
    code = said.get("code")
    try:
        proofs.prove(parts(), token, Proof(None if code else said.get("birth_year"), code))
    except WrongProof:
        return "wrong"
    proved = {"by": CODE if code else YEAR, "until": (seen.now + seen.stays).timestamp()}
    session[PROVEN] = {"for": seen.subject, "at": token_hex(NONCE), **proved}
    return ""
