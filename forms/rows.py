"""Questions that are answered in rows: a name and who it is; a relative without a name."""

from collections.abc import Iterator
from typing import Any

from forms.context import Choice, PageContext
from forms.fields import Choices, Question
from forms.options import worded
from forms.validators import Unreadable, one, plain_text, whole_number
from scheduler.words import _l

LONGEST = 120
SHORTEST = 2
MOST_RELATIVES = 12
OLDEST = 110
PLACES: Choices = (
    Choice("with_me", _l("With me")),
    Choice("us", _l("In the United States")),
    Choice("mexico", _l("In Mexico")),
    Choice("home_country", _l("In our country")),
    Choice("detained", _l("Held (detained)")),
    Choice("unknown", _l("I do not know")),
)
YES_NO: Choices = (Choice("yes", _l("Yes")), Choice("no", _l("No")))
NAME_TOO_LONG = _l("Use 120 letters or less for each name.")


class PeopleField(Question):
    """
    Names with a role, in numbered rows of which the empty ones do not count; stored as [{"name", "role"}].

    Names saved before are not shown again (phones are shared): `saved` counts them, empty rows leave them as they are.
    """

    kind = "people"

    def __init__(self, label: object, roles: Choices, *, most: int, **rest: Any) -> None:
        super().__init__(label, **rest)
        self._roles = roles
        self.most = most
        self.parts = tuple(f"-{row}-{part}" for row in range(most) for part in ("name", "role"))

    def prepare(self, context: PageContext) -> None:
        """The roles in words for whoever answers."""
        self.choices = worded(self._roles, for_another=context.for_another)

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


class FamilyField(Question):
    """
    Relatives without names, in numbered rows of which the empty ones do not count.

    Stored as [{"relation", "age_years", "where", "needs_help"}]; where and whether help is needed may be left out.
    """

    kind = "family"
    columns = ("relation", "age_years", "where", "needs_help")

    def __init__(self, label: object, relations: Choices, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.choices = relations
        self.places = PLACES
        self.yes_no = YES_NO
        self.parts = tuple(f"-{row}-{column}" for row in range(MOST_RELATIVES) for column in self.columns)

    def prepare(self, context: PageContext) -> None:
        """It asks the same of everybody."""

    def shown(self, stored: Any) -> dict[str, list[str]]:
        return {
            f"-{row}-{column}": [str(one[column])]
            for row, one in enumerate(stored[:MOST_RELATIVES])
            for column in self.columns
            if column in one
        }

    def rows(self) -> Iterator[tuple[int, bool]]:
        """The number of each row and whether it is open: the first, those that hold something and one more."""
        filled = [row for row in range(MOST_RELATIVES) if any(self.value(f"-{row}-{part}") for part in self.columns)]
        return ((row, row <= max(filled, default=-1) + 1) for row in range(MOST_RELATIVES))

    def read(self) -> list[dict[str, Any]] | None:
        return [relative for row in range(MOST_RELATIVES) if (relative := self._relative(row))] or None

    def alternatives(self) -> Iterator[tuple[str, Any]]:
        return ((choice.code, [{"relation": choice.code, "age_years": 1}]) for choice in self.choices)

    def _relative(self, row: int) -> dict[str, Any]:
        said = {column: one(self.typed.get(f"-{row}-{column}", ())).strip() for column in self.columns}
        said = {column: value for column, value in said.items() if value}
        if not said:
            return {}
        allowed = {"relation": self.choices, "where": self.places, "needs_help": self.yes_no}
        for column, choices in allowed.items():
            if said.get(column, choices[0].code) not in {choice.code for choice in choices}:
                raise Unreadable(self.error)
        if "relation" not in said or "age_years" not in said:
            raise Unreadable(self.error)
        return {**said, "age_years": whole_number(said["age_years"], 0, OLDEST, self.error)}


class NamesField(Question):
    """Names in numbered rows, of which the empty ones do not count; stored as a list, each once."""

    kind = "names"

    def __init__(self, label: object, *, most: int, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.most = most
        self.parts = tuple(f"-{row}" for row in range(most))

    def shown(self, stored: Any) -> dict[str, list[str]]:
        return {f"-{row}": [str(name)] for row, name in enumerate(stored[: self.most])}

    def rows(self) -> Iterator[tuple[int, bool]]:
        """The number of each row and whether it is open: the first, and those up to the last that holds something."""
        last = max((row for row in range(self.most) if self.value(f"-{row}")), default=0)
        return ((row, row <= last) for row in range(self.most))

    def read(self) -> list[str] | None:
        names = [plain_text(one(self.typed.get(part, ())), LONGEST, self.error) for part in self.parts]
        if any(0 < len(name) < SHORTEST for name in names):
            raise Unreadable(self.error)
        return list({name.casefold(): name for name in names if name}.values()) or None
