"""What is no calendar is not guessed at; more than a person has is refused."""

import pytest

from scheduler.engine.invitation import busy as module
from scheduler.engine.invitation import lines
from scheduler.engine.invitation.busy import NotACalendar, TooMuch, busy
from tests.builders.busy import ANA, TEN, WINTER
from tests.builders.ics import calendar, event, span


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("<html>Sign in</html>", id="a page"),
        pytest.param("<html>\r\n" + calendar(event(*TEN)), id="a page in front of it"),
        pytest.param(calendar(event(*TEN)).partition("END:VEVENT")[0], id="cut in an event"),
        pytest.param(calendar(event(*TEN)).removesuffix("END:VCALENDAR\r\n"), id="cut at the end"),
        pytest.param("BEGIN:VEVENT\r\nEND:VEVENT\r\n", id="an event alone"),
        pytest.param("END:VCALENDAR\r\n", id="an end alone"),
        pytest.param(calendar(event("BEGIN:VEVENT", "END:VEVENT")), id="an event in an event"),
        pytest.param(calendar(["BEGIN:X"] * 100), id="very deep"),
        pytest.param(calendar(event("DTSTART:20261399T000000Z")), id="a day that is none"),
        pytest.param(calendar(event("DTSTART:tomorrow")), id="a time that is none"),
        pytest.param(calendar(event("DTSTART:00010101T000000Z")), id="a year before all calendars"),
        pytest.param(calendar(event("DTSTART:20261201T150000Z", "DURATION:1 hour")), id="a length that is none"),
        pytest.param(calendar(event("DTSTART:20261201T150000Z", "DURATION:P999999999D")), id="a length without end"),
        pytest.param(calendar(event(*TEN, "RRULE:FREQ=DAILY;BYDAY=XX")), id="a weekday that is none"),
        pytest.param(calendar(event(*TEN, "RRULE:every day")), id="a rule that is none"),
        pytest.param(calendar(event(*TEN, "RRULE:COUNT=3")), id="a rule without its unit"),
        pytest.param(calendar(event(*TEN, "RRULE:FREQ=DAILY;BYEASTER=1")), id="a part of a rule that nobody knows"),
        pytest.param(calendar(event(*TEN, "RRULE:FREQ=DAILY;INTERVAL=0")), id="steps of nothing"),
        pytest.param(calendar(event(*TEN, "RRULE:FREQ=DAILY;COUNT=-1")), id="fewer than none"),
        pytest.param(calendar(event(*TEN, "RRULE:FREQ=DAILY;BYDAY=" + "MO," * 1000)), id="a rule without end"),
        pytest.param(calendar(event(*TEN, "EXDATE:never")), id="left out, but when"),
    ],
)
def test_what_is_no_calendar_is_not_guessed_at(text: str) -> None:
    with pytest.raises(NotACalendar):
        busy([text], ANA, WINTER)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(calendar(event(*TEN, "RRULE:FREQ=SECONDLY")), id="every second"),
        pytest.param(calendar(event(*TEN, "RRULE:FREQ=MINUTELY;COUNT=2")), id="every minute"),
        pytest.param(calendar(event(*TEN, "RRULE:FREQ=HOURLY")), id="every hour"),
        pytest.param(
            calendar(event(*TEN, "RRULE:FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(60))))), id="sixty times a day"
        ),
        pytest.param(
            calendar(event(*TEN, "RDATE:" + ",".join(f"20261202T{n // 60:02}{n % 60:02}00Z" for n in range(1100)))),
            id="more than a thousand dates",
        ),
        pytest.param(calendar(*[event(*TEN, uid=str(n)) for n in range(5001)]), id="more than 5,000 events"),
        pytest.param(
            calendar(
                *[
                    event(*TEN, "RRULE:FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))), uid=str(n))
                    for n in range(60)
                ]
            ),
            id="more than 20,000 times in all",
        ),
    ],
)
def test_more_than_a_persons_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(TooMuch):
        busy([text], ANA, span("2026-11-24", "2026-12-20"))


def test_without_its_limit_a_bomb_would_be_counted_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    text = calendar(*[event(*TEN, uid=str(n)) for n in range(5001)])
    monkeypatch.setattr(lines, "MOST_EVENTS", 6000)
    monkeypatch.setattr(module, "MOST_STRETCHES", 30_000)

    assert len(busy([text], ANA, WINTER)) == 5001
