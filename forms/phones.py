"""The question for a phone number: a country and the number as people write it."""

from collections.abc import Iterator
from typing import Any

import phonenumbers

from forms.choices import countries_to_call
from forms.context import PageContext
from forms.fields import SAMPLE_PHONE, Question
from forms.validators import Unreadable, one, phone_number

COUNTRY = "-country"


class PhoneField(Question):
    """A phone number, stored as E.164; one that begins with + needs no country."""

    kind = "phone"
    parts = ("", COUNTRY)

    def prepare(self, context: PageContext) -> None:
        self.choices = countries_to_call(context.locale)

    def shown(self, stored: Any) -> dict[str, list[str]]:
        number = phonenumbers.parse(stored)
        national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        return {"": [str(national)], COUNTRY: [phonenumbers.region_code_for_number(number) or ""]}

    def read(self) -> str | None:
        text = one(self.typed.get("", ())).strip()
        country = one(self.typed.get(COUNTRY, ()))
        if country and country not in {choice.code for choice in self.choices}:
            raise Unreadable(self.error)
        return phone_number(text, country, self.error) if text else None

    def alternatives(self) -> Iterator[tuple[str, Any]]:
        yield "", SAMPLE_PHONE
