"""The tables, one subject a file; imported here so that every one of them is known."""

from scheduler.models.calendar import Busy, Calendar
from scheduler.models.call import AfterCall, CallTry
from scheduler.models.conflict import ConflictConfirmation, ConflictHash, ConflictList, ConflictName, ConflictReview
from scheduler.models.consultation import Block, Consultation, ConsultationChange
from scheduler.models.database import Base, Model, UtcDateTime, db
from scheduler.models.fact import Fact
from scheduler.models.firm import Closure, Firm, Override, Person, Stay, WorkingHours
from scheduler.models.intake import ClientLink, Intake, Resumption, SearchHash
from scheduler.models.letter import WaitingLetter
from scheduler.models.outbox import Outbox, Task
from scheduler.models.retention import LegalHold
from scheduler.models.staff import Audit, Staff, StaffSession
from scheduler.models.upload import Upload

__all__ = [
    "AfterCall",
    "Audit",
    "Base",
    "Block",
    "Busy",
    "Calendar",
    "CallTry",
    "ClientLink",
    "Closure",
    "ConflictConfirmation",
    "ConflictHash",
    "ConflictList",
    "ConflictName",
    "ConflictReview",
    "Consultation",
    "ConsultationChange",
    "Fact",
    "Firm",
    "Intake",
    "LegalHold",
    "Model",
    "Outbox",
    "Override",
    "Person",
    "Resumption",
    "SearchHash",
    "Staff",
    "StaffSession",
    "Stay",
    "Task",
    "Upload",
    "UtcDateTime",
    "WaitingLetter",
    "WorkingHours",
    "db",
]
