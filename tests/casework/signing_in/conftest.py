"""Passwords whose hashes are quick to make, and counted."""

import pytest

from tests.builders.staff import Watched, quick_hashes


@pytest.fixture(autouse=True)
def hasher(monkeypatch: pytest.MonkeyPatch) -> Watched:
    return quick_hashes(monkeypatch)
