"""Whatever goes wrong, and whatever its words repeat: neither our logs nor the answer say what a client typed."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError, OperationalError

from tests.builders.browser import Browser
from tests.builders.firm import a_firm
from tests.builders.sentinels import PERSON, found
from tests.builders.staff import at_the_desk

LINE = "20:00 all is well"
WORDS = f"{PERSON}\r\n{LINE}"
PUBLIC = ["/", "/apply/safety", "/healthz", "/staff/login", "/api/slots", "/api/openapi.json"]
DESK = ["/desk", "/desk/tasks"]


def chained() -> Exception:
    problem = RuntimeError(WORDS)
    problem.__cause__ = ValueError(WORDS)
    problem.__context__ = KeyError(WORDS)
    problem.add_note(WORDS)
    return problem


FAULTS: list[Callable[[], Exception]] = [
    lambda: RuntimeError(WORDS),
    lambda: KeyError(WORDS),
    lambda: OSError(5, WORDS, WORDS),
    lambda: UnicodeDecodeError("utf-8", WORDS.encode(), 0, 1, WORDS),
    lambda: OperationalError(f"INSERT {WORDS}", {"name": WORDS}, Exception(WORDS)),
    lambda: IntegrityError(f"INSERT {WORDS}", {"name": WORDS}, Exception(WORDS)),
    chained,
]


def breaks(app: Flask, path: str, fault: Callable[[], Exception]) -> None:
    """The view behind this path fails from now on."""
    endpoint, _values = app.url_map.bind("127.0.0.1").match(path)

    def fails(**_values: str) -> str:
        raise fault()

    app.view_functions[endpoint] = fails


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_by_its_type_and_place_alone(
    app: Flask, spoken: io.StringIO, fault: Callable[[], Exception], debug: bool
) -> None:
    a_firm(app)
    clients, desk = Browser(app), at_the_desk(app)
    app.debug = debug
    for path in (*PUBLIC, *DESK):
        breaks(app, path, fault)

    answers = [*(clients.get(path) for path in PUBLIC), *(desk.get(path) for path in DESK)]

    said = spoken.getvalue()
    assert {answer.status_code for answer in answers} <= {500, 503}
    assert [words for text in (said, *(answer.text for answer in answers)) if (words := found(text.encode()))] == []
    assert LINE not in said
    assert said.count("unexpected ") == (0 if isinstance(fault(), OperationalError) else len(answers))


def test_a_fault_that_is_logged_as_it_is_would_be_noticed(app: Flask, spoken: io.StringIO) -> None:
    problem = FAULTS[0]()
    try:
        raise problem
    except RuntimeError:
        app.logger.exception("as it is")

    assert found(spoken.getvalue().encode())
