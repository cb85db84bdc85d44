"""Which version of a page of facts a form was drawn from, so that nobody overwrites what she has not seen."""

import hmac
import json
from uuid import UUID

from scheduler.casework.parts import Parts
from scheduler.engine import corrections
from scheduler.engine.answers import Answers

SIGNS = 6
"""Of each fact's keyed hash: enough that a change is not missed by chance (1 : 16 million)."""


class Overtaken(Exception):
    """Somebody else has saved the page since it was drawn, otherwise than it says; nothing was changed."""


def drawn_from(parts: Parts, intake_id: UUID, page: str, answers: Answers) -> str:
    """
    The version of a page: of each of its facts a mark under the intake's own key, which tells nothing of it.

    Raises:
        KeyGone: The intake was purged.
    """
    key = parts.keyring.open(intake_id)
    return "".join(_mark(key, name, answers) for name in corrections.facts_of(page))


def overwritten(then: str, now: str, page: str, before: Answers, said: Answers) -> bool:
    """Whether what is `said` would put something else in the place of what was changed since `then`."""
    return any(said.get(name) != before.get(name) for name in changed(page, then, now))


def changed(page: str, then: str, now: str) -> tuple[str, ...]:
    """The facts of the page that are not as they were: all of them where `then` is no version of it."""
    names = corrections.facts_of(page)
    if len(then) != len(now):
        return names
    pairs = zip(names, _marks(then), _marks(now), strict=True)
    return tuple(name for name, before, after in pairs if before != after)


def _mark(key: bytes, name: str, answers: Answers) -> str:
    said = json.dumps(["version", name, answers.get(name)], sort_keys=True)
    return hmac.digest(key, said.encode(), "sha256").hex()[:SIGNS]


def _marks(version: str) -> list[str]:
    return [version[at : at + SIGNS] for at in range(0, len(version), SIGNS)]
