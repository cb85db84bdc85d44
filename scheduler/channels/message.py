"""A mail as exact bytes: the tree that calendars expect (invites.md §1), the same bytes at each try."""

import hashlib
import unicodedata
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

from scheduler.channels.port import CalendarObject, Mail, Stage, Undeliverable
from scheduler.engine.invitation.write import bare_address

INVITE_NAME = "invite.ics"


class _WholeIds(EmailPolicy):
    """policy.SMTP, but an id that is longer than a line stays in one piece instead of being encoded as a word."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name in {"Message-ID", "In-Reply-To", "References"}:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


FOLDED = _WholeIds(linesep=policy.SMTP.linesep)


def build(mail: Mail) -> bytes:
    """
    The whole message with CRLF line ends, ASCII only.

    Raises:
        Undeliverable: A header would not be one line, or an address is none that every server takes.
    """
    try:
        message = _headed(mail)
        _fill(message, mail)
        return message.as_bytes(policy=FOLDED)
    except ValueError:
        raise Undeliverable(Stage.WRITE) from None


def _one_line(text: str) -> str:
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in text):
        raise ValueError("a control character in a header")
    return text


def _address(addr_spec: str, name: str = "") -> Address:
    if not addr_spec.isascii():
        raise ValueError("an address that not every server takes")
    return Address(_one_line(name), addr_spec=bare_address(addr_spec))


def _headed(mail: Mail) -> EmailMessage:
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = _address(mail.sender, mail.sender_name)
    message["To"] = _address(mail.to)
    message["Subject"] = _one_line(mail.subject)
    message["Date"] = mail.written_at
    message["Message-ID"] = _one_line(mail.message_id)
    if mail.in_reply_to is not None:
        message["In-Reply-To"] = _one_line(mail.in_reply_to)
        message["References"] = mail.in_reply_to
    message["Auto-Submitted"] = "auto-generated"
    return message


def _fill(message: EmailMessage, mail: Mail) -> None:
    message.set_content(mail.plain, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    if mail.calendar is not None:
        _invite(message, mail.calendar)
    _name_boundaries(message, mail.message_id)


def _invite(message: EmailMessage, calendar: CalendarObject) -> None:
    """The object as the last alternative, which clients act on, and once more as a file, for those that do not."""
    params = {"charset": "UTF-8", "method": calendar.method, "component": "VEVENT"}
    message.add_alternative(calendar.content, maintype="text", subtype="calendar", cte="base64", params=params)
    message.add_attachment(calendar.content, maintype="application", subtype="ics", filename=INVITE_NAME)


def _name_boundaries(message: EmailMessage, message_id: str) -> None:
    """Boundaries that follow from the Message-ID; `=_` stands in no quoted-printable or base64 body."""
    digest = hashlib.sha256(message_id.encode()).hexdigest()[:32]
    parts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(parts):
        part.set_boundary(f"=_{digest}.{number}")
