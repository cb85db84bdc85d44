"""What `/api/slots` is asked and answers, in the words of OpenAPI."""

from collections.abc import Iterable
from typing import Any

from scheduler.casework.public_times import MOST_DAYS, Kind

DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
START = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z$"
MOST_STARTS = 31 * 24 * 60
ERROR = {
    "description": "What is asked cannot be: see `error`",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["error"],
                "properties": {"error": {"type": "string"}},
                "additionalProperties": False,
            }
        }
    },
}
TIMES = {
    "type": "object",
    "required": ["starts", "length", "zone"],
    "properties": {
        "starts": {
            "type": "array",
            "maxItems": MOST_STARTS,
            "items": {"type": "string", "pattern": START},
            "description": "When a call could begin, in UTC, in order",
        },
        "length": {"type": "integer", "minimum": 1, "description": "Minutes of the call"},
        "zone": {"type": "string", "description": "By whose clock the days are: a name of the IANA time zones"},
    },
    "additionalProperties": False,
}


def document(base_url: str, languages: Iterable[str], usual: str) -> dict[str, Any]:
    """The whole document; nothing else of this service is an interface for others."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Free times", "version": "1"},
        "servers": [{"url": base_url}],
        "paths": {"/api/slots": {"get": _slots(sorted(languages), usual)}},
    }


def _slots(languages: list[str], usual: str) -> dict[str, Any]:
    """The one operation."""
    return {
        "operationId": "slots",
        "summary": "When somebody could be called; at most 31 days at once",
        "parameters": [
            _day("from", "The first day, by the firm's calendar"),
            _day("to", f"The day after the last one, at most {MOST_DAYS.days} days after the first"),
            _choice("language", languages, usual, "What she speaks; one that is not the firm's own is interpreted"),
            _choice("kind", list(Kind), Kind.STANDARD, "What makes a call longer; interpreted: both are free together"),
        ],
        "responses": {
            "200": {"description": "Free times", "content": {"application/json": {"schema": TIMES}}},
            "400": ERROR,
        },
    }


def _day(name: str, words: str) -> dict[str, Any]:
    schema = {"type": "string", "format": "date", "pattern": DAY}
    return {"name": name, "in": "query", "required": True, "description": words, "schema": schema}


def _choice(name: str, values: list[str], usual: str, words: str) -> dict[str, Any]:
    schema = {"type": "string", "enum": values, "default": usual}
    return {"name": name, "in": "query", "description": words, "schema": schema}
