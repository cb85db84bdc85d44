"""A client who answers the pages in the words of the questions, with a browser of her own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from scheduler.casework import intake
from scheduler.casework.intake import Draft
from scheduler.casework.links import digest
from scheduler.engine.branches import PAGES, fields_of
from scheduler.models import Intake, db
from tests.builders.browser import Browser

ASKED = PAGES[:-1]
COMPANIONS = {"where": ("i_am_detained", "not_my_time"), "contact": ("contact_phone-country",)}
DATES = frozenset(
    {
        "birth_date",
        "detention_since",
        "last_arrival_date",
        "poe_report_date",
        "next_hearing_date",
        "removal_order_date",
        "fear_interview_date",
        "other_deadline_date",
    }
)
TIMES = frozenset({"next_hearing_time", "poe_report_time"})

HERSELF: Mapping[str, Any] = {
    "device_safe": "yes",
    "immediate_danger": "no",
    "filler_role": "self",
    "spoken_language": "es",
    "contact_channel": "sms",
    "contact_phone": "+52 664 123 4567",
    "phone_shared": "only_me",
    "may_write": "yes",
    "can_leave_message": "neutral",
    "given_names": "Rosa Elena",
    "family_names": "Hernández Paz",
    "birth_date": "1990-05-03",
    "nationality_country": ["HN"],
    "current_country": "MX",
    "mx_city": "tijuana",
    "ever_in_us": "never",
    "waiting_in_mexico_program": "no",
    "other_deadline": "no",
    "conflict_people_any": "no",
    "current_attorney": "no",
    "ack_no_relationship": "1",
    "consent_privacy": "1",
}
"""Part A from Tijuana, for herself, nothing urgent, as it is typed and ticked."""


def typed(name: str, value: Any) -> dict[str, Any]:
    """
    The inputs of one answer.

    A date is `1990-05-03`, `1990-05`, `1990`, `unknown` or `none`; a time `4:30 am`; people are pairs of name and role.
    """
    if name in DATES and value in {"unknown", "none"}:
        return {f"{name}-{value}": "1"}
    if name in DATES:
        parts = zip(("year", "month", "day"), str(value).split("-"), strict=False)
        return {f"{name}-{part}": str(int(number)) for part, number in parts}
    if name in TIMES:
        clock, half = str(value).split()
        return {name: clock, f"{name}-half": half}
    if name == "other_names_used":
        return {f"{name}-{row}": one for row, one in enumerate(value)}
    if name == "conflict_people":
        rows = [(f"{name}-{row}", *pair) for row, pair in enumerate(value)]
        return {f"{row}-name": who for row, who, _role in rows} | {f"{row}-role": role for row, _who, role in rows}
    return {name: value}


@dataclass
class Client(Browser):
    """She answers page by page; `where` is the address she was sent to last."""

    where: str = field(default="/", init=False)

    def begins(self, language: str = "es") -> "Client":
        """Open the start in a language."""
        self.get(f"/?lang={language}")
        return self

    def answers(self, page: str, **answers: Any) -> TestResponse:
        """Open a page, send answers, and keep the address that follows."""
        if self.get(f"/apply/{page}").status_code != 200:
            raise AssertionError(f"{page} is not open: {self.seen.headers.get('Location')}")
        fields: dict[str, Any] = {}
        for name, value in answers.items():
            fields |= typed(name, value)
        return self.sends(f"/apply/{page}", fields)

    def sends(self, path: str, fields: Mapping[str, Any]) -> TestResponse:
        """Send these inputs with the token of the page seen last."""
        answer = self.post(path, **fields)
        self.where = answer.headers.get("Location", "")
        return answer

    def through_all_pages(self, language: str = "es", *, until: str = "", **changes: Any) -> "Client":
        """All pages in order, with some answers changed (None takes one away), until a page or a stop comes next."""
        said = {name: value for name, value in {**HERSELF, **changes}.items() if value is not None}
        self.begins(language)
        for page in ASKED:
            if page == until:
                break
            own = (*fields_of(page), *COMPANIONS.get(page, ()))
            self.answers(page, **{name: said[name] for name in own if name in said})
            if page == "safety" and self.where == "/apply/tips":
                self.where = "/apply/who"
            if self.where != f"/apply/{PAGES[PAGES.index(page) + 1]}":
                break
        return self

    def through_the_rest(self, since: str, **answers: Any) -> "Client":
        """The pages from `since` on with these answers instead of the usual ones."""
        said = {name: value for name, value in {**HERSELF, **answers}.items() if value is not None}
        for page in ASKED[ASKED.index(since) :]:
            own = (*fields_of(page), *COMPANIONS.get(page, ()))
            self.answers(page, **{name: said[name] for name in own if name in said})
        return self

    def leaves(self) -> TestResponse:
        """Press "Leave now"."""
        return self.sends("/x", {})

    @property
    def token(self) -> str:
        """What her cookie opens; empty where it holds nothing."""
        with self.client.session_transaction() as cookie:
            return str(cookie.get("draft", ""))

    @property
    def draft(self) -> Draft | None:
        """Her intake as the service finds it."""
        db.session.rollback()
        return intake.find(self.app.extensions["cita"], self.token)

    @property
    def said(self) -> dict[str, Any]:
        """Her stored answers."""
        draft = self.draft
        return dict(draft.answers) if draft is not None else {}

    @property
    def row(self) -> Intake:
        """Her row, as the database has it now."""
        db.session.rollback()
        return db.session.scalars(select(Intake).where(Intake.draft_hash == digest(self.token))).one()


def a_client(app: Flask, language: str = "es") -> Client:
    """Somebody who has opened the start."""
    return Client(app).begins(language)
