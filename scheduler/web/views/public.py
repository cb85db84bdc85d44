"""What the firm's own site may ask: free times, and how to ask for them."""

import hmac
import re
from datetime import date, datetime

from flask import Flask, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from scheduler.casework.firm import firm
from scheduler.casework.public_times import (
    Kind,
    NoSuchDays,
    NotSpoken,
    Question,
    Times,
    languages,
    may_ask,
    public_times,
    usual_language,
)
from scheduler.web.openapi import document
from scheduler.web.parts import parts

SAID = re.compile(r"(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d)?Z)?", re.ASCII)
WORDS = {
    ValueError: "from and to are days such as 2026-12-01; kind is standard, child or interpreted",
    NoSuchDays: "to lies after from, at most 31 days",
    NotSpoken: "language is none that calls are taken in",
}
"""What is answered to a question that cannot be; nothing of it is repeated."""


def register(app: Flask) -> None:
    app.add_url_rule("/api/slots", "public.slots", slots)
    app.add_url_rule("/api/openapi.json", "public.openapi", openapi)


def slots() -> ResponseReturnValue:
    """The free starts, for pages of the origins that the firm has named, and for programs."""
    try:
        times = public_times(parts(), _question())
    except tuple(WORDS) as refusal:
        return _for_their_page(jsonify(error=WORDS[type(refusal)])), 400
    return _for_their_page(_tagged(jsonify(_said(times))))


def openapi() -> ResponseReturnValue:
    """How to ask."""
    house = firm()
    return _for_their_page(jsonify(document(parts().base_url, languages(house), usual_language(house))))


def _question() -> Question:
    asked = request.args
    return Question(
        first=_day(asked.get("from", "")),
        end=_day(asked.get("to", "")),
        language=asked.get("language", usual_language(firm())),
        kind=Kind(asked.get("kind", Kind.STANDARD)),
    )


def _day(text: str) -> date | datetime:
    """
    A day, or an instant of UTC.

    Raises:
        ValueError: It is neither.
    """
    said = SAID.fullmatch(text)
    if said is None:
        raise ValueError
    return datetime.fromisoformat(text) if said[2] else date.fromisoformat(text)


def _said(times: Times) -> dict[str, object]:
    starts = [start.strftime("%Y-%m-%dT%H:%MZ") for start in times.starts]
    return {"starts": starts, "length": times.length, "zone": times.zone}


def _tagged(response: Response) -> Response:
    """Named by a hash under our own key: what two firms answer cannot be told to be the same."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    response.set_etag(hmac.digest(key, b"slots" + response.get_data(), "sha256").hex()[:32])
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def _for_their_page(response: Response) -> Response:
    """Readable by the pages of an origin that the firm has named, letter by letter."""
    response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if may_ask(firm(), origin):
        response.headers["Access-Control-Allow-Origin"] = origin
    return response
