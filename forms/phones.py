"""The question for a phone number: a country and the number as people write it."""

import re
from collections.abc import Iterator
from typing import Any

import phonenumbers

from forms.choices import countries_to_call
from forms.context import PageContext
from forms.fields import SAMPLE_PHONE, Question
from forms.validators import Unreadable, one, phone_number

COUNTRY = "-country"
WA_ID = re.compile(r"521\d{10}", re.ASCII)
"""A Mexican number as WhatsApp writes it, with the 1 that mobile numbers had."""


class PhoneField(Question):
    """A phone number, stored as E.164; one that begins with + needs no country."""

    kind = "phone"
    parts = ("", COUNTRY)

    def wa_id(self, known: object) -> str | None:
        """
        The number as WhatsApp writes it, where that differs and it was typed so.

        `known` is the one stored before; it stays with its number, which is shown without the 1.
        """
        digits = "".join(sign for sign in self.value() if sign.isdecimal())
        said = digits if WA_ID.fullmatch(digits) else str(known or "")
        return said if said and f"+52{said[3:]}" == self.data else None

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
