from datetime import UTC, datetime

import pytest

from scheduler.engine.hours import Hours, Window
from scheduler.engine.intervals import Interval
from scheduler.engine.reminders import ROOM, Call, Planned, at_most_six, plan
from scheduler.engine.zones import instant, minute_of, wall

TIJUANA = "America/Tijuana"
OFFICE = (Window(9 * 60, 18 * 60),)
MONDAY_TO_SATURDAY = Hours(TIJUANA, dict.fromkeys(range(6), OFFICE))
ALWAYS = Hours(TIJUANA, dict.fromkeys(range(7), (Window(0, 1440),)))
LONG_AGO = "2026-11-02 09:00"


def at(local: str, zone: str = TIJUANA) -> int:
    """The minute at which the clock there shows this; Tijuana is UTC-8 in these months, or UTC-7 in October."""
    hours = 7 if zone == TIJUANA and local < "2026-11-01 02" else 8
    return minute_of(datetime.fromisoformat(local).replace(tzinfo=UTC)) + hours * 60


def shown(message: Planned) -> tuple[str, str]:
    day, minute = wall(TIJUANA, message.due_at)
    return message.kind, f"{day} {minute // 60:02}:{minute % 60:02}"


def planned(  # noqa: PLR0917 - the call's facts in the order they are told
    start: str,
    booked: str = LONG_AGO,
    safe: Hours = MONDAY_TO_SATURDAY,
    silence: tuple[Interval, ...] = (),
    mode: str = "phone",
    counted: int = 0,
) -> list[tuple[str, str]]:
    call = Call(at(start), safe, silence, mode)
    return [shown(message) for message in plan(call, now=at(booked), counted=counted)]


def test_a_call_booked_long_ahead_brings_three_reminders() -> None:
    assert planned("2026-11-19 14:00") == [
        ("remind_72h", "2026-11-16 14:00"),
        ("remind_24h", "2026-11-18 14:00"),
        ("remind_2h", "2026-11-19 12:00"),
    ]


def test_a_video_call_also_brings_the_moment_to_join() -> None:
    assert planned("2026-11-19 14:00", mode="video")[-1] == ("join", "2026-11-19 13:50")


@pytest.mark.parametrize(
    ("booked", "kinds"),
    [
        pytest.param("2026-11-14 14:00", ["remind_72h", "remind_24h", "remind_2h"], id="five days ahead is enough"),
        pytest.param("2026-11-14 14:01", ["remind_24h", "remind_2h"], id="a minute less than five days"),
        pytest.param("2026-11-18 12:00", ["remind_24h", "remind_2h"], id="26 hours ahead is enough"),
        pytest.param("2026-11-18 12:01", ["remind_2h"], id="a minute less than 26 hours"),
        pytest.param("2026-11-19 11:00", ["remind_2h"], id="three hours ahead is enough"),
        pytest.param("2026-11-19 11:01", [], id="a minute less than three hours"),
    ],
)
def test_a_reminder_needs_a_booking_that_is_old_enough(booked: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in planned("2026-11-19 14:00", booked)] == kinds


def test_a_fraction_of_a_minute_counts_against_the_lead() -> None:
    call = Call(at("2026-11-19 14:00"), MONDAY_TO_SATURDAY, (), "phone")

    late = plan(call, now=at("2026-11-19 11:00") + 0.5)

    assert late == []


@pytest.mark.parametrize(
    ("booked", "mode", "kinds"),
    [
        pytest.param("2026-11-19 13:50", "video", ["join"], id="its very minute"),
        pytest.param("2026-11-19 13:51", "video", [], id="the minute is past"),
        pytest.param("2026-11-19 14:00", "video", [], id="the call has begun"),
        pytest.param("2026-11-19 15:00", "video", [], id="the call is over"),
        pytest.param("2026-11-19 13:30", "phone", [], id="on the phone there is nothing to join"),
        pytest.param("2026-11-19 13:30", "whatsapp_call", [], id="we call her there too"),
    ],
)
def test_the_moment_to_join_is_for_video_and_never_late(booked: str, mode: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in planned("2026-11-19 14:00", booked, mode=mode)] == kinds


@pytest.mark.parametrize(
    ("start", "quiet", "leaves"),
    [
        pytest.param("2026-11-19 09:00", None, "2026-11-19 09:00", id="a call at the first safe minute: with the call"),
        pytest.param("2026-11-19 09:05", None, "2026-11-19 09:00", id="a call soon after it: at the first safe minute"),
        pytest.param("2026-11-19 08:59", None, None, id="no minute is safe until the call has begun"),
        pytest.param("2026-11-19 14:00", ("13:45", "13:55"), "2026-11-19 13:55", id="once a silence is over"),
        pytest.param("2026-11-19 14:00", ("13:45", "14:05"), None, id="a silence in which the call begins"),
    ],
)
def test_the_moment_to_join_waits_for_a_safe_minute_and_is_never_told_earlier(
    start: str, quiet: tuple[str, str] | None, leaves: str | None
) -> None:
    silence = (Interval(at(f"2026-11-19 {quiet[0]}"), at(f"2026-11-19 {quiet[1]}")),) if quiet else ()

    joins = [when for kind, when in planned(start, silence=silence, mode="video") if kind == "join"]

    assert joins == ([leaves] if leaves else [])


def test_the_moment_to_join_is_true_for_ten_minutes() -> None:
    call = Call(at("2026-11-19 09:00"), MONDAY_TO_SATURDAY, (), "video")

    (join,) = [message for message in plan(call, now=at(LONG_AGO)) if message.kind == "join"]

    assert join.not_after == at("2026-11-19 09:10")


def test_tomorrow_is_sent_earlier_on_the_day_before_when_the_evening_is_not_safe() -> None:
    mornings = Hours(TIJUANA, dict.fromkeys(range(7), (Window(8 * 60, 12 * 60),)))

    assert ("remind_24h", "2026-11-18 11:45") in planned("2026-11-19 14:00", safe=mornings)


def test_the_other_text_leaves_when_tomorrow_would_be_two_days_ahead() -> None:
    monday = planned("2026-11-23 10:00", "2026-11-19 10:00")

    assert monday == [("remind_72h", "2026-11-21 17:45")]


def test_the_other_text_stands_in_for_the_reminder_of_the_day_before_beside_its_own() -> None:
    assert planned("2026-11-23 10:00") == [("remind_72h", "2026-11-20 10:00"), ("remind_72h", "2026-11-21 17:45")]


def test_today_is_dropped_where_only_the_day_before_is_safe() -> None:
    assert "remind_2h" not in [kind for kind, _ in planned("2026-11-19 10:00")]


def test_today_is_dropped_when_two_hours_before_is_yesterday() -> None:
    assert [kind for kind, _ in planned("2026-11-19 01:30", safe=ALWAYS)] == ["remind_72h", "remind_24h"]


def test_nothing_is_sent_on_the_day_of_her_event() -> None:
    wednesday = (Interval(at("2026-11-18 00:00"), at("2026-11-19 00:00")),)

    assert planned("2026-11-19 14:00", "2026-11-16 08:00", silence=wednesday) == [
        ("remind_72h", "2026-11-17 17:45"),
        ("remind_2h", "2026-11-19 12:00"),
    ]


def test_silences_may_overlap_and_stand_in_any_order() -> None:
    silence = (
        Interval(at("2026-11-18 00:00"), at("2026-11-19 00:00")),
        Interval(at("2026-11-17 12:00"), at("2026-11-18 06:00")),
    )

    assert ("remind_72h", "2026-11-17 11:45") in planned("2026-11-19 14:00", "2026-11-16 08:00", silence=silence)


def test_a_reminder_without_a_safe_minute_before_it_is_dropped() -> None:
    assert planned("2026-11-23 10:00", "2026-11-21 17:59") == [("remind_72h", "2026-11-21 17:59")]
    assert planned("2026-11-23 10:00", "2026-11-21 18:00") == []


def test_nobody_who_is_safe_at_no_hour_is_written_to() -> None:
    assert planned("2026-11-19 14:00", safe=Hours(TIJUANA, {}), mode="video") == []


def test_the_day_before_is_hers_also_when_the_clocks_change_that_night() -> None:
    """1 November has 25 hours there: 24 hours before 0:30 on the 2nd the clock shows 1:30 on the 1st."""
    autumn = plan(Call(at("2026-11-02 00:30"), ALWAYS, (), "phone"), now=at("2026-10-26 09:00"))

    assert [shown(message) for message in autumn][-1] == ("remind_24h", "2026-11-01 01:30")


def test_a_day_of_23_hours_makes_24_hours_before_the_day_before_yesterday() -> None:
    start = minute_of(datetime(2027, 3, 15, 7, 30, tzinfo=UTC))
    call = Call(start, ALWAYS, (), "phone")

    spring = plan(call, now=start - 48 * 60)

    assert [shown(message) for message in spring] == [("remind_72h", "2027-03-13 23:30")]


@pytest.mark.parametrize(
    ("kind", "latest"),
    [
        pytest.param("remind_72h", "2026-11-16 18:00", id="the end of that day's safe hours"),
        pytest.param("remind_24h", "2026-11-18 18:00", id="the end of the safe hours of the day before"),
        pytest.param("remind_2h", "2026-11-19 13:30", id="half an hour before the call"),
        pytest.param("join", "2026-11-19 14:00", id="the call itself"),
    ],
)
def test_a_message_that_is_held_up_does_not_leave_when_it_would_be_wrong(kind: str, latest: str) -> None:
    call = Call(at("2026-11-19 14:00"), MONDAY_TO_SATURDAY, (), "video")

    ends = {message.kind: message.not_after for message in plan(call, now=at(LONG_AGO))}

    assert ends[kind] == at(latest)


def test_tomorrow_ends_with_the_day_before() -> None:
    call = Call(at("2026-11-19 14:00"), ALWAYS, (), "phone")

    ends = {message.kind: message.not_after for message in plan(call, now=at(LONG_AGO))}

    assert ends["remind_24h"] == at("2026-11-19 00:00")


@pytest.mark.parametrize(
    ("counted", "kinds"),
    [
        pytest.param(2, ["remind_72h", "remind_24h", "remind_2h", "join"], id="six in all"),
        pytest.param(3, ["remind_24h", "remind_2h", "join"], id="the early one goes first"),
        pytest.param(5, ["join"], id="one is left"),
        pytest.param(6, [], id="none is left"),
        pytest.param(9, [], id="there were too many already"),
    ],
)
def test_an_appointment_brings_six_messages_at_most(counted: int, kinds: list[str]) -> None:
    assert [kind for kind, _ in planned("2026-11-19 14:00", mode="video", counted=counted)] == kinds


def test_of_seven_the_one_that_asks_for_more_answers_goes_first() -> None:
    kinds = ["finish", "remind_72h", "remind_24h", "remind_2h", "join", "rebook"]
    seven = [Planned(kind, minute, minute + 1) for minute, kind in enumerate(kinds)]

    assert [message.kind for message in at_most_six(seven, counted=1)] == kinds[1:]


def test_a_moved_message_keeps_room_for_a_slow_server() -> None:
    call = Call(at("2026-11-23 10:00"), MONDAY_TO_SATURDAY, (), "phone")

    (moved,) = plan(call, now=at("2026-11-19 10:00"))

    assert moved.not_after - moved.due_at == ROOM
    assert instant(moved.not_after) == datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
