"""What a typed text must be: functions from text to a clean value, or Unreadable with what to do about it."""

import unicodedata
from collections.abc import Sequence

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from scheduler.words import _l

LONGEST_PHONE = 40
LONGEST_EMAIL = 254
MX_NATIONAL = 10
MX_MOBILE_PREFIXES = ("044", "045")
NAME_SIGNS = frozenset(" .'’-‐\u200c\u200d")  # the last two join or part letters in Persian and Indic scripts
_INVISIBLE_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\ufeff"))  # keyboards add them; nobody types them

UNREADABLE = _l("This has signs we cannot read. Please write it again.")
ANSWERED_TWICE = _l("This was answered more than once. Please answer it again.")
LETTERS_ONLY = _l("Use only letters, with spaces, dots or hyphens if the name has them.")
TOO_LONG = _l("This is too long. Please write less.")


class Unreadable(ValueError):
    """What was typed is not an answer; `message` tells her what to do, and nothing typed is in it."""

    def __init__(self, message: object) -> None:
        super().__init__("unreadable answer")
        self.message = message


def one(values: Sequence[str]) -> str:
    """
    The only value of an input; empty where it was left out.

    Raises:
        Unreadable: It came more than once, with different values.
    """
    different = dict.fromkeys(values)
    if len(different) > 1:
        raise Unreadable(ANSWERED_TWICE)
    return next(iter(different), "")


def is_ticked(values: Sequence[str]) -> bool:
    """Whether a box was ticked; a browser sends nothing for one that was not."""
    return any(value not in {"", "0", "off", "false", "no"} for value in values)


def plain_text(text: str, longest: int, too_long: object = TOO_LONG) -> str:
    """
    The text in NFC with single spaces, at most `longest` letters.

    Raises:
        Unreadable: It is too long, or has control characters, lone surrogates or direction overrides.
    """
    if len(text) > 4 * longest + 100:  # before NFC, which is slow on a megabyte of combining marks
        raise Unreadable(too_long)
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE_MARKS)).strip()
    if not all(_is_readable(sign) for sign in text):
        raise Unreadable(UNREADABLE)
    text = " ".join(text.split())
    if len(text) > longest:
        raise Unreadable(too_long)
    return text


def _is_readable(sign: str) -> bool:
    """A replacement sign stands for what could not be kept, and is no more readable the second time."""
    category = unicodedata.category(sign)
    if sign == "\ufffd":
        return False
    return category[0] in "LMNPS" or category == "Zs" or sign in NAME_SIGNS


def name_text(text: str, longest: int, too_long: object = TOO_LONG) -> str:
    """
    A person's name: letters of any script with their marks, spaces and . ' ’ - only; one letter is a name.

    Raises:
        Unreadable: It has other signs, or no letter.
    """
    text = plain_text(text, longest, too_long)
    known = all(unicodedata.category(sign)[0] in "LM" or sign in NAME_SIGNS for sign in text)
    if text and not (known and any(unicodedata.category(sign)[0] == "L" for sign in text)):
        raise Unreadable(LETTERS_ONLY)
    return text


def whole_number(text: str, lowest: int, highest: int, error: object) -> int:
    """
    A whole number from `lowest` to `highest`, in the digits of any script.

    Raises:
        Unreadable: It is no number or outside; a number of a million digits is not even read.
    """
    text = text.strip()
    if not text.isdecimal() or len(text) > len(str(highest)) + 2 or not lowest <= int(text) <= highest:
        raise Unreadable(error)
    return int(text)


def phone_number(text: str, country: str, error: object) -> str:
    """
    The number as E.164; Mexican mobile prefixes of the past (1 after 52, 044, 045) are dropped.

    Raises:
        Unreadable: It is not a whole number of that country, or one that costs the caller extra.
    """
    if len(text) > LONGEST_PHONE:
        raise Unreadable(error)
    try:
        number = phonenumbers.parse(_without_mexican_prefix(text, country), country or None)
    except phonenumbers.NumberParseException:
        raise Unreadable(error) from None
    national = str(number.national_number)
    if number.country_code == phonenumbers.country_code_for_region("MX") and len(national) == MX_NATIONAL + 1:
        number = phonenumbers.PhoneNumber(
            country_code=number.country_code, national_number=int(national.removeprefix("1"))
        )
    if not phonenumbers.is_valid_number(number) or _costs_extra(number):
        raise Unreadable(error)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _without_mexican_prefix(text: str, country: str) -> str:
    digits = "".join(sign for sign in text if sign.isdecimal())
    if country == "MX" and len(digits) == MX_NATIONAL + 3 and digits.startswith(MX_MOBILE_PREFIXES):
        return digits[3:]
    return text


def _costs_extra(number: phonenumbers.PhoneNumber) -> bool:
    return phonenumbers.number_type(number) in {
        phonenumbers.PhoneNumberType.PREMIUM_RATE,
        phonenumbers.PhoneNumberType.SHARED_COST,
    }


def email_address(text: str, error: object) -> str:
    """
    The address with its domain in lower case; nothing is looked up, so a reserved domain is as good as a misspelt one.

    Raises:
        Unreadable: No mail server would take it.
    """
    text = text.strip()
    if len(text) > LONGEST_EMAIL:
        raise Unreadable(error)
    try:
        checked = validate_email(text, check_deliverability=False, test_environment=True, allow_smtputf8=False)
    except (EmailNotValidError, UnicodeError):
        raise Unreadable(error) from None
    return checked.ascii_email or checked.normalized
