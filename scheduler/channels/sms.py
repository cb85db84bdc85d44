"""Texts as files, where no phone company is named."""

import json
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from scheduler.channels.files import put, remove
from scheduler.channels.port import Text, file_name


@dataclass(frozen=True, slots=True)
class TextFolder:
    """Each text is one JSON file `{to, channel, body}`; a second try replaces the first."""

    folder: Path

    def send(self, letter: Text) -> None:
        """
        Write the text as a file.

        Raises:
            TryAgainLater: The file cannot be written now.
        """
        content = {"to": letter.to, "channel": letter.channel, "body": letter.body}
        put(self.folder, file_name(letter, "json"), json.dumps(content).encode())

    def forget(self, row: UUID) -> None:
        """Remove the file of this row."""
        remove(self.folder, row)
