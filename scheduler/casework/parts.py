"""What every use case is handed: the clock, the keys, the ways out and in, our own address, where sent files lie."""

from dataclasses import dataclass, field
from pathlib import Path

from scheduler.casework.keyring import Keyring
from scheduler.channels.clamav import ClamAv
from scheduler.channels.fetch import Fetcher
from scheduler.channels.port import Channel, Mail, Text
from scheduler.engine.clock import Clock


@dataclass(frozen=True, slots=True)
class Parts:
    """Built once in app.py and handed down as an argument."""

    clock: Clock
    keyring: Keyring
    base_url: str
    mail_from: str
    mail: Channel[Mail]
    texts: Channel[Text]
    uploads: Path
    scanner: ClamAv | None = None
    fetcher: Fetcher = field(default_factory=Fetcher)
