"""Words for tests of files that clients send."""

from pathlib import Path

from sqlalchemy import select

from scheduler.casework.parts import Parts
from scheduler.casework.sealed_files import open_file
from scheduler.casework.uploads import ORIGINAL, Incoming, add, path_of, where
from scheduler.models import Intake, Upload, db
from tests.builders.files import a_file


def send(parts: Parts, intake: Intake, content: bytes, name: str, shows: str = "") -> None:
    add(parts, intake.id, Incoming(a_file(content), name, shows))


def rows() -> list[Upload]:
    db.session.rollback()
    return list(db.session.scalars(select(Upload).order_by(Upload.number)))


def opened(parts: Parts, row: Upload, part: str = ORIGINAL) -> bytes:
    """The file, or its copy, as its seal opens it."""
    path = path_of(parts, row.intake_id, row.id, part)
    return b"".join(open_file(path, parts.keyring.open(row.intake_id), where(row.id, part)))


def on_disk(parts: Parts) -> list[Path]:
    return [path for path in parts.uploads.rglob("*") if path.is_file()] if parts.uploads.exists() else []
