"""Mails as files of exact bytes, where no mail server is named."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from scheduler.channels.files import put, remove
from scheduler.channels.message import build
from scheduler.channels.port import Mail, file_name


@dataclass(frozen=True, slots=True)
class MailFolder:
    """Each mail is one `.eml` file; a second try replaces the first."""

    folder: Path

    def send(self, letter: Mail) -> None:
        """
        Write the mail as a file.

        Raises:
            TryAgainLater: The file cannot be written now.
            Undeliverable: The mail cannot be written as a message.
        """
        put(self.folder, file_name(letter, "eml"), build(letter))

    def forget(self, row: UUID) -> None:
        """Remove the file of this row."""
        remove(self.folder, row)
