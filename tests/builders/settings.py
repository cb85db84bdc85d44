"""Settings for tests: strong keys, a folder of their own, a clock in a file."""

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

from config import MasterKey, Settings

SECRET_KEY = "q4Zp0aY7nV2xK9sL3wE8rT6uI1oP5dFgHjCbMvN-test"
EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "firm.example.toml"
MASTER = MasterKey("t1", bytes(range(7, 39)))
MASTER_TEXT = f"t1:{base64.b64encode(MASTER.secret).decode()}"


def settings_for(folder: Path, **changes: Any) -> Settings:
    """Settings of mode test in this folder."""
    settings = Settings(
        mode="test",
        data=folder,
        port=8000,
        base_url="http://127.0.0.1:8000",
        database_url=f"sqlite:///{folder / 'cita.db'}",
        secret_key=SECRET_KEY,
        keys=(MASTER,),
    )
    return replace(settings, **changes)


def environment(settings: Settings) -> dict[str, str]:
    """The same settings as environment variables, for a process of its own."""
    return {
        "CITA_ENV": settings.mode,
        "CITA_DATA": str(settings.data),
        "CITA_PORT": str(settings.port),
        "CITA_BASE_URL": settings.base_url,
        "CITA_DATABASE_URL": settings.database_url,
        "CITA_SECRET_KEY": settings.secret_key,
        "CITA_KEYS": MASTER_TEXT,
        "CITA_MAIL_URL": settings.mail_url or "",
        "CITA_MAIL_FROM": settings.mail_from,
        "CITA_CLOCK_FILE": str(settings.clock_file or ""),
        "CITA_FETCH_ALLOW": ",".join(sorted(settings.fetch_allow)),
    }
