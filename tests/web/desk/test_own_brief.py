"""An attorney reads the brief of her own consultations."""

from flask import Flask

from tests.builders.staff import at_the_desk
from tests.builders.things import first_attorney


def test_what_is_not_hers_looks_like_what_is_not_there(app: Flask, things: dict[str, str]) -> None:
    """An attorney reads the brief of her own consultations; another's and none are the same page."""
    number = first_attorney(things)
    own, other = at_the_desk(app, "attorney", person=number), at_the_desk(app, "attorney", person=3 - number)
    mine = own.get(f"/b/{things['<ref>']}").status_code
    pages = []
    for ref in (things["<ref>"], "ZZZZZZZZ"):
        answer = other.get(f"/b/{ref}")
        headers = {name: value for name, value in answer.headers if name not in {"Set-Cookie", "Content-Length"}}
        pages.append((answer.status_code, headers, other.same_each_time()))

    assert mine == 200
    assert pages[0] == pages[1]
    assert pages[0][0] == 404
