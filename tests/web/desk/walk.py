"""Words for tests of the desk's pages."""

from typing import Any
from uuid import UUID

from scheduler.casework.transaction import writing
from scheduler.models import Audit, Consultation, Task, db
from tests.builders.browser import at
from tests.conftest import TUESDAY

START, OTHER = "2026-11-27T17:00", "2026-11-30T18:00Z"
SENTINELS: dict[str, Any] = {
    "conflict_people_any": "yes",
    "conflict_people": [{"name": "Sentinelperson", "role": "spouse"}],
    "current_attorney": "yes",
    "a_number": "A098765432",
    "reasons": ["Sentinelreason"],
}


def a_task(intake: UUID) -> UUID:
    with writing() as session:
        task = Task(dedupe="t", kind="call_back", intake_id=intake, due_at=at("2026-11-24T16:59"), created_at=TUESDAY)
        session.add(task)
    return task.id


def pages_of(call: Consultation) -> list[str]:
    one = f"/desk/consultation/{call.id}"
    listed = ["/desk", "/desk/consultations", "/desk/tasks", "/staff"]
    return [*listed, f"/desk/intake/{call.intake_id}", one, f"{one}/move", f"{one}/cancel", f"{one}/report"]


def links_about(subject: str) -> list[str]:
    db.session.rollback()
    return [link.action for link in db.session.query(Audit).filter(Audit.subject == subject).order_by(Audit.seq)]
