"""Words for tests of signing in."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask

from scheduler.casework.parts import Parts
from scheduler.casework.staff import (
    SignInRefused,
    sign_in,
)
from tests.builders.staff import PASSWORD, Login

TRIES = 5


def enter(parts: Parts, login: Login, said: str = PASSWORD) -> str:
    return sign_in(parts, login.email, said, codes_required=False).token


def fail(parts: Parts, login: Login, times: int) -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            enter(parts, login, "wrong")


def together(app: Flask, times: int, act: Callable[[], None]) -> None:
    """So many threads that do it at once, each with a database session of its own."""
    gate = threading.Barrier(times)
    problems: list[BaseException] = []

    def run() -> None:
        with app.app_context():
            gate.wait()
            try:
                act()
            except BaseException as problem:  # noqa: BLE001 - told below
                problems.append(problem)

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
