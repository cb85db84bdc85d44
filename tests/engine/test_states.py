"""Both state machines, exhaustively: every state, every move, every actor."""

from contextlib import suppress
from datetime import timedelta
from itertools import product

import pytest

from scheduler.engine import states
from scheduler.engine.states import (
    CONSULTATION_NEXT,
    COUNTS,
    INTAKE_NEXT,
    OPEN_INTAKES,
    TAKES_TIME,
    Actor,
    ConsultationState,
    IntakeState,
    Refused,
    move_consultation,
    move_intake,
    undo_intake,
)

ASKING = "client helper receptionist"
HERSELF = "client receptionist"
FRONT = "receptionist paralegal"
FIRM = "attorney receptionist"
MOVERS = "client receptionist attorney"

INTAKE_MOVES = {
    " draft": ASKING,
    "draft call_requested": ASKING,
    "draft submitted": ASKING,
    "draft expired": "system",
    "draft abandoned_by_exit": "client helper",
    "call_requested submitted": FRONT,
    "call_requested withdrawn": HERSELF + " system",
    "submitted conflict_review": "system",
    "submitted cleared": "system",
    "submitted purged": "system",
    "conflict_review cleared": "conflicts",
    "conflict_review declined_conflict": "conflicts",
    "cleared referred": "attorney paralegal",
    "cleared declined": "attorney",
    "cleared converted": "attorney",
    "cleared purged": "system",
    **{f"{old} withdrawn": HERSELF for old in ("draft", "submitted", "conflict_review", "cleared")},
    **{
        f"{old} merged": FRONT
        for old in (
            "draft",
            "call_requested",
            "submitted",
            "conflict_review",
            "cleared",
            "declined_conflict",
            "referred",
            "declined",
            "withdrawn",
            "converted",
        )
    },
    **{f"{old} purged": "system" for old in ("declined_conflict", "declined", "referred", "withdrawn", "merged")},
}
"""Written down again from the specification: what may become what, by whom."""

UNDO_MOVES = {
    **{f"{old} conflict_review": "conflicts" for old in ("cleared", "declined_conflict")},
    "referred cleared": "attorney paralegal",
    "declined cleared": "attorney",
    "converted cleared": "attorney",
    **{f"withdrawn {old}": "receptionist" for old in ("call_requested", "conflict_review", "cleared")},
}

CONSULTATION_MOVES = {
    " held": "client receptionist system",
    "held expired_hold": "system",
    "held tentative": "system",
    "held booked": "system receptionist",
    "tentative booked": "system receptionist",
    "booked confirmed": HERSELF,
    "tentative tentative": MOVERS,
    "booked booked": MOVERS,
    "confirmed booked": MOVERS,
    "booked in_progress": "attorney",
    "confirmed in_progress": "attorney",
    "booked no_show": FIRM,
    "confirmed no_show": FIRM,
    "in_progress completed": "attorney",
    "in_progress interrupted": "attorney",
    "completed follow_up": "attorney paralegal",
    "follow_up closed": "attorney paralegal",
    **{f"{old} cancelled_client": HERSELF for old in ("held", "tentative", "booked", "confirmed")},
    **{f"{old} cancelled_firm": FIRM for old in ("held", "tentative")},
    **{f"{old} cancelled_firm": FIRM + " system" for old in ("booked", "confirmed")},
}


def _permitted(moves: dict[str, str]) -> set[tuple[str, str, str]]:
    return {(*pair.split(" "), actor) for pair, actors in moves.items() for actor in actors.split()}  # type: ignore[misc]


def _may(old: IntakeState | None, new: IntakeState, actor: Actor) -> bool:
    try:
        return move_intake(old, new, actor) is new
    except Refused:
        return False


def _may_consult(old: ConsultationState | None, new: ConsultationState, actor: Actor) -> bool:
    try:
        return move_consultation(old, new, actor) is new
    except Refused:
        return False


def _made_by_intakes() -> set[tuple[str, str, str]]:
    """Every move that is made when each is tried: any state, to any state, by anybody."""
    every = product((None, *IntakeState), IntakeState, Actor)
    return {(old or "", new, actor) for old, new, actor in every if _may(old, new, actor)}


def _made_by_consultations() -> set[tuple[str, str, str]]:
    every = product((None, *ConsultationState), ConsultationState, Actor)
    return {(old or "", new, actor) for old, new, actor in every if _may_consult(old, new, actor)}


def _taken_back(since: timedelta) -> set[tuple[str, str, str]]:
    """Every undo that is made so long after the decision when each is tried."""
    made = set()
    for old, new, actor in product(IntakeState, IntakeState, Actor):
        with suppress(Refused):
            made.add((str(old), str(undo_intake(old, new, actor, since)), str(actor)))
    return made


@pytest.mark.parametrize(
    ("since", "moves"),
    [
        pytest.param(timedelta(0), UNDO_MOVES, id="at once"),
        pytest.param(timedelta(hours=24) - timedelta(seconds=1), UNDO_MOVES, id="in the last second of the day"),
        pytest.param(timedelta(hours=24), {}, id="a day later nobody any more"),
    ],
)
def test_these_decisions_and_no_others_are_taken_back_within_a_day(since: timedelta, moves: dict[str, str]) -> None:
    assert _taken_back(since) == _permitted(moves)


def test_an_attorney_who_could_take_a_decision_back_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    looser = {IntakeState.CONFLICT_REVIEW: frozenset({Actor.CONFLICTS, Actor.ATTORNEY})}
    monkeypatch.setattr(states, "INTAKE_UNDO", {**states.INTAKE_UNDO, IntakeState.CLEARED: looser})

    assert _taken_back(timedelta(0)) - _permitted(UNDO_MOVES) == {("cleared", "conflict_review", "attorney")}


def test_an_intake_makes_these_moves_and_no_other() -> None:
    assert _made_by_intakes() == _permitted(INTAKE_MOVES)


def test_a_consultation_makes_these_moves_and_no_other() -> None:
    assert _made_by_consultations() == _permitted(CONSULTATION_MOVES)


def test_one_more_actor_for_one_move_of_an_intake_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    looser = {**INTAKE_NEXT[IntakeState.CLEARED], IntakeState.DECLINED: frozenset({Actor.ATTORNEY, Actor.PARALEGAL})}
    monkeypatch.setattr(states, "INTAKE_NEXT", {**INTAKE_NEXT, IntakeState.CLEARED: looser})

    assert _made_by_intakes() - _permitted(INTAKE_MOVES) == {("cleared", "declined", "paralegal")}


def test_a_clock_that_lets_go_of_a_tentative_time_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    tentative = ConsultationState.TENTATIVE
    looser = {**CONSULTATION_NEXT[tentative], ConsultationState.EXPIRED_HOLD: frozenset({Actor.SYSTEM})}
    monkeypatch.setattr(states, "CONSULTATION_NEXT", {**CONSULTATION_NEXT, tentative: looser})

    assert _made_by_consultations() - _permitted(CONSULTATION_MOVES) == {("tentative", "expired_hold", "system")}


def test_a_move_that_is_missing_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "INTAKE_STARTS", {})

    assert _permitted(INTAKE_MOVES) - _made_by_intakes() == {("", "draft", actor) for actor in ASKING.split()}


def test_every_state_says_what_follows() -> None:
    assert (set(INTAKE_NEXT), set(CONSULTATION_NEXT)) == (set(IntakeState), set(ConsultationState))


@pytest.mark.parametrize("actor", [actor for actor in Actor if actor not in (Actor.ATTORNEY, Actor.CONFLICTS)])
@pytest.mark.parametrize("declined", [IntakeState.DECLINED, IntakeState.DECLINED_CONFLICT])
def test_only_an_attorney_declines(declined: IntakeState, actor: Actor) -> None:
    assert not any(_may(old, declined, actor) for old in IntakeState)


def test_the_system_never_calls_anybody_a_no_show() -> None:
    assert not any(_may_consult(old, ConsultationState.NO_SHOW, Actor.SYSTEM) for old in ConsultationState)


def test_no_clock_releases_a_tentative_time() -> None:
    by_itself = [new for new in ConsultationState if _may_consult(ConsultationState.TENTATIVE, new, Actor.SYSTEM)]

    assert by_itself == [ConsultationState.BOOKED]


def test_a_technical_admin_moves_nothing() -> None:
    assert not any(_may(old, new, Actor.ADMIN) for old, new in product((None, *IntakeState), IntakeState))


def test_an_intake_that_is_open_can_be_withdrawn() -> None:
    open_ones = {old for old in IntakeState if _may(old, IntakeState.WITHDRAWN, Actor.CLIENT)}

    assert open_ones == OPEN_INTAKES


def test_a_time_is_blocked_until_the_call_is_over_or_off() -> None:
    assert {state.value for state in TAKES_TIME} == {"held", "tentative", "booked", "confirmed", "in_progress"}


def test_calls_that_took_place_count_for_caps_too() -> None:
    assert {state.value for state in COUNTS - TAKES_TIME} == {"completed", "interrupted", "follow_up", "closed"}


def test_a_refusal_says_who_wanted_what() -> None:
    with pytest.raises(Refused, match="admin may not move nothing to draft") as refused:
        move_intake(None, IntakeState.DRAFT, Actor.ADMIN)

    assert (refused.value.old, refused.value.new, refused.value.actor) == (None, IntakeState.DRAFT, Actor.ADMIN)


def test_a_refused_consultation_says_it_too() -> None:
    with pytest.raises(Refused, match="client may not move closed to booked"):
        move_consultation(ConsultationState.CLOSED, ConsultationState.BOOKED, Actor.CLIENT)
