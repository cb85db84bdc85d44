"""Questions that are answered in rows: a name and who it is."""

from collections.abc import Iterator
from typing import Any

from forms.fields import Choices, Question
from forms.validators import Unreadable, one, plain_text
from scheduler.words import _l

LONGEST = 120
SHORTEST = 2
NAME_TOO_LONG = _l("Use 120 letters or less for each name.")


class PeopleField(Question):
    """
    Names with a role, in numbered rows of which the empty ones do not count; stored as [{"name", "role"}].

    Names saved before are not shown again (phones are shared): `saved` counts them, empty rows leave them as they are.
    """

    kind = "people"

    def __init__(self, label: object, roles: Choices, *, most: int, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.choices = roles
        self.most = most
        self.parts = tuple(f"-{row}-{part}" for row in range(most) for part in ("name", "role"))

    @property
    def saved(self) -> int:
        """How many names are kept from before."""
        return len(self.object_data or ())

    def shown(self, stored: Any) -> dict[str, list[str]]:  # noqa: ARG002 (names saved before are not shown)
        return {}

    def rows(self) -> Iterator[tuple[int, bool]]:
        """The number of each row and whether it is open: the first, those that hold something and one more."""
        filled = [row for row in range(self.most) if any(self.value(f"-{row}-{part}") for part in ("name", "role"))]
        return ((row, row <= max(filled, default=-1) + 1) for row in range(self.most))

    def read(self) -> list[dict[str, str]] | None:
        people = [person for row in range(self.most) if (person := self._person(row))]
        unique = list({(person["name"].casefold(), person["role"]): person for person in people}.values())
        return unique or self.object_data or None

    def _person(self, row: int) -> dict[str, str] | None:
        name = plain_text(one(self.typed.get(f"-{row}-name", ())), LONGEST, NAME_TOO_LONG)
        role = one(self.typed.get(f"-{row}-role", ()))
        if not name and not role:
            return None
        if len(name) < SHORTEST or role not in {choice.code for choice in self.choices}:
            raise Unreadable(self.error)
        return {"name": name, "role": role}
