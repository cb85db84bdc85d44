"""The numbers to call in danger, by country, in the language spoken now."""

from typing import Any

from scheduler.casework.firm import FirmView
from scheduler.engine.answers import Answers
from scheduler.engine.places import country_of
from scheduler.words import SOURCE, _, locale

Panel = list[tuple[str, list[tuple[str, str, str]]]]
"""Country, then what for, number and a note."""

TEXT = "emergency"


def emergency(house: FirmView, answers: Answers) -> Panel:
    """The firm's numbers where she is; of all countries where she has not said or is elsewhere."""
    table: dict[str, list[dict[str, Any]]] = house.texts.get(TEXT, {})
    here = country_of(answers)
    codes = [here] if here in table else list(table)
    return [(_country(code), [_line(line) for line in table[code]]) for code in codes]


def _country(code: str) -> str:
    return {"US": _("United States"), "MX": _("Mexico")}.get(code, code)


def _line(line: dict[str, Any]) -> tuple[str, str, str]:
    note = line.get("note", {})
    return str(line.get(locale()) or line.get(SOURCE) or ""), str(line["number"]), str(note.get(locale(), ""))
