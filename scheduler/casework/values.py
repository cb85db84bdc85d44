"""Rows of a table as JSON and back, each value with its kind, so that SQLite's and PostgreSQL's are written alike."""

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

BYTES, INSTANT, DAY, ID, JSON = "bytes", "instant", "day", "id", "json"

READ: dict[str, Callable[[Any], Any]] = {
    BYTES: base64.b64decode,
    INSTANT: datetime.fromisoformat,
    DAY: date.fromisoformat,
    ID: UUID,
    JSON: lambda said: said,
}


def write(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows of these columns."""
    said = {"columns": list(columns), "rows": [[_written(value) for value in row] for row in rows]}
    return json.dumps(said, separators=(",", ":")).encode()


def read(content: bytes) -> list[dict[str, Any]]:
    """The rows, each value by its column."""
    said = json.loads(content)
    return [dict(zip(said["columns"], map(_read, row), strict=True)) for row in said["rows"]]


def count(content: bytes) -> int:
    """How many rows there are."""
    return len(json.loads(content)["rows"])


def _written(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, bytes):
        return {BYTES: base64.b64encode(value).decode()}
    if isinstance(value, datetime):
        return {INSTANT: value.isoformat()}
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    return {ID: value.hex} if isinstance(value, UUID) else {JSON: value}


def _read(said: Any) -> Any:
    if not isinstance(said, dict):
        return said
    ((kind, value),) = said.items()
    return READ[kind](value)
