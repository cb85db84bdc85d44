"""A browser that sends what no browser would, and remembers what the service said to anybody."""

import io
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from flask import Flask
from werkzeug.test import EnvironBuilder, TestResponse
from werkzeug.wrappers import Request

from forms.base import Typed
from forms.context import PageContext
from scheduler.casework import rejections
from scheduler.casework.documents import open_answers, seal_answers
from scheduler.casework.firm import firm
from scheduler.casework.links import digest
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine import branches
from scheduler.engine.states import IntakeState
from scheduler.models import Base, Consultation, Intake, db
from scheduler.web.apply import context
from tests.builders.browser import FAR, TOKEN, VERSION, Browser
from tests.builders.hostile import Pairs

FORM = "application/x-www-form-urlencoded"
KEPT_TABLES = frozenset({"firm", "person", "working_hours"})
DRAFT = "draft-of-a-visitor"


@dataclass(frozen=True, slots=True)
class Sent:
    """One form as it was sent, and all that came of it: the answer, and what was said to the logs meanwhile."""

    path: str
    pairs: Pairs = field(repr=False)
    answer: TestResponse
    logs: str = field(repr=False)

    @property
    def location(self) -> str:
        return str(self.answer.headers.get("Location", ""))


@dataclass
class Visitor(Browser):
    """One browser for many examples; each begins with an empty house."""

    logs: io.StringIO = field(default_factory=io.StringIO)
    token: str = field(default="", init=False)

    @property
    def parts(self) -> Parts:
        found: Parts = self.app.extensions["cita"]
        return found

    def draft(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Have these answers in a new draft, without those that a branch hides; what is left of them."""
        self.clean()
        answers, row = self.kept(said), uuid4()
        now = self.parts.clock.now()
        self.parts.keyring.make(row)
        fresh = Intake(id=row, ref="V1S1T0R0", state=IntakeState.DRAFT, locale="es", draft_hash=digest(DRAFT))
        fresh.created_at = fresh.changed_at = now
        seal_answers(self.parts, fresh, answers)
        with writing() as session:
            session.add(fresh)
        with self.client.session_transaction() as cookie:
            cookie.update(draft=DRAFT, until=FAR)
        return self.stored() or {}

    def seal(self, row: UUID, said: Mapping[str, Any]) -> dict[str, Any]:
        """Have these answers in an intake that was sent and cleared; what is left of them."""
        with writing() as session:
            mine = session.get_one(Intake, row)
            mine.state, mine.rejected, mine.flags = IntakeState.CLEARED, None, []
            seal_answers(self.parts, mine, self.kept(said))
        return self.stored(row) or {}

    def kept(self, said: Mapping[str, Any]) -> dict[str, Any]:
        return branches.kept(said, firm().today(self.parts.clock.now()), **self.context(said).firm.branching)

    def clean(self) -> None:
        """Empty every table but the firm's own."""
        with writing() as session:
            for table in reversed(Base.metadata.sorted_tables):
                if table.name not in KEPT_TABLES:
                    session.execute(table.delete())

    def proven(self, call: Consultation) -> None:
        """She has just proved by a code that she is she."""
        with self.client.session_transaction() as cookie:
            cookie["proven"] = {"for": call.id.hex, "by": "code", "until": FAR}

    def context(self, answers: Mapping[str, Any]) -> PageContext:
        """What a view hands to its form."""
        with self.app.test_request_context():
            return context(answers)

    @property
    def row(self) -> Intake | None:
        """The draft's row as it is now; None where it is gone."""
        db.session.rollback()
        found: Intake | None = db.session.query(Intake).filter_by(draft_hash=digest(DRAFT)).one_or_none()
        return found

    def stored(self, row: UUID | None = None) -> dict[str, Any] | None:
        """The answers as they are now; None where nothing is left of them."""
        db.session.rollback()
        mine = db.session.get(Intake, row, populate_existing=True) if row else self.row
        return open_answers(self.parts, mine) if mine is not None else None

    @property
    def refused(self) -> Mapping[str, list[str]] | None:
        """What waits to be shown again, by input; None where nothing does."""
        kept = rejections.kept(self.parts, self.row) if self.row is not None else None
        return kept.raw if kept is not None else None

    def sends(self, path: str, pairs: Pairs, content_type: str = FORM) -> Sent:
        """Send the form, its lone surrogates as the bytes they would be."""
        self.logs.truncate(self.logs.seek(0))
        body, headers = encoded(pairs), {"X-CSRFToken": self._token()}
        with self.app.app_context():
            answer = self.client.post(path, data=body, content_type=content_type, headers=headers)
        return Sent(path, pairs, answer, self.logs.getvalue())

    def drawn(self, path: str) -> Pairs:
        """The version of a page of her own as it is shown; nothing where it is not."""
        found = VERSION.search(self.get(path).text)
        return [("version", found.group(1))] if found else []

    def opened(self, path: str) -> int:
        """The status of a page; where it leads on, that of the page at the end."""
        for _step in range(4):
            if self.get(path).status_code != 303:
                break
            path = str(self.seen.headers["Location"])
        return self.seen.status_code

    def _token(self) -> str:
        if not self.token:
            found = TOKEN.search(self.get("/resume").text)
            self.token = found.group(1) if found else ""
        return self.token


def encoded(pairs: Pairs) -> bytes:
    """The body of a form."""
    return urlencode(pairs, errors="surrogatepass").encode()


def read(pairs: Pairs) -> Typed:
    """The form as the service reads it off the wire."""
    builder = EnvironBuilder(method="POST", data=encoded(pairs), content_type=FORM)
    request = Request(builder.get_environ())
    request.max_form_memory_size = None
    return Typed(dict(request.form.lists()))


@contextmanager
def listening(app: Flask) -> Iterator[Visitor]:
    """A visitor who hears everything that any part or library says to the logs, however quietly."""
    visitor = Visitor(app)
    spoken, root = logging.StreamHandler(visitor.logs), logging.getLogger()
    level = root.level
    root.addHandler(spoken)
    root.setLevel(logging.DEBUG)
    yield visitor
    root.removeHandler(spoken)
    root.setLevel(level)
