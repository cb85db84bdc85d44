"""Every letter in every language and by every way: nothing that gives her away, one text is one text, no names."""

from datetime import UTC, datetime
from typing import Any

import pytest

from scheduler.casework import letters
from scheduler.casework.firm import FirmView
from scheduler.engine.wording import banned_words, is_gsm7, segments
from scheduler.words import languages, speaking

CLIENTS = [
    "booked",
    "tentative",
    "moved",
    "cancelled_you",
    "cancelled_us",
    "remind_72h",
    "remind_24h",
    "remind_2h",
    "join",
    "otp",
    "we_call",
    "finish",
    "please_call",
    "message_waiting",
    "missed",
    "rebook",
]
ATTORNEYS = ["invitation", "cancellation"]
TIJUANA = "America/Tijuana"
LATE_IN_THE_YEAR = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)
NOON = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
HALF_PAST = datetime(2026, 11, 25, 20, 30, tzinfo=UTC)
ONE_O_CLOCK = datetime(2026, 11, 25, 21, 0, tzinfo=UTC)
LINK = "https://c.example/s/" + "x" * 16
HOUSE = FirmView(alias="Citas LEU", phone="+12135550100", zone=TIJUANA)

every_language = pytest.mark.parametrize("language", languages())
each_letter = pytest.mark.parametrize("kind", CLIENTS)


def values(start: datetime = LATE_IN_THE_YEAR, place: str | None = "Ciudad capital") -> dict[str, Any]:
    """The longest of each: alias 9, when 19, zone 14, link 36, phone 12 characters."""
    said = letters.values_of(HOUSE, start, TIJUANA, place)
    return {
        **said,
        "link": LINK,
        "code": "123456",
        "offers": True,
        **letters.promised_by(start, TIJUANA, place),
        "summary": "Call 7K4MQ2XD · U1 · es+int",
        "is_update": True,
        "begins": said["day_and_hour"],
        "ends": said["hour"],
        "lines": (f"{LINK}", "Client's time: Wed Nov 25 10:30 am (Tijuana)"),
    }


def test_the_samples_are_as_long_as_the_specification_says() -> None:
    with speaking("es"):
        said = values()

    assert [len(said[name]) for name in ("alias", "short", "link", "phone")] == [9, 19, 36, 12]


def test_every_folder_of_templates_is_tried_here() -> None:
    assert sorted([*CLIENTS, *ATTORNEYS]) == sorted(path.name for path in letters.FOLDER.iterdir() if path.is_dir())


@every_language
@pytest.mark.parametrize("kind", [*CLIENTS, *ATTORNEYS])
def test_no_mail_says_what_it_is_about(kind: str, language: str) -> None:
    with speaking(language):
        words = letters.render(kind, values())

    assert [banned_words(text) for text in (words.subject, words.plain, words.html)] == [[], [], []]


@every_language
@each_letter
def test_no_text_says_what_it_is_about(kind: str, language: str) -> None:
    with speaking(language):
        text = letters.render_text(kind, values())

    assert banned_words(text) == []


@every_language
@each_letter
@pytest.mark.parametrize("place", ["Ciudad capital", None])
def test_every_text_is_one_text(kind: str, language: str, place: str | None) -> None:
    with speaking(language):
        text = letters.render_text(kind, values(place=place))

    assert is_gsm7(text), text
    assert segments(text) == 1, f"{len(text)}: {text}"


@every_language
@pytest.mark.parametrize("kind", ["cancelled_us", "missed"])
def test_who_chooses_no_time_herself_is_led_to_none(kind: str, language: str) -> None:
    called = {**values(), "offers": False}
    with speaking(language):
        words, text = letters.render(kind, called), letters.render_text(kind, called)

    assert LINK not in f"{words.plain}{words.html}{text}"
    assert (banned_words(f"{words.plain} {text}"), is_gsm7(text), segments(text)) == ([], True, 1)


@every_language
@pytest.mark.parametrize("kind", [*CLIENTS, *ATTORNEYS])
def test_no_place_in_a_letter_is_left_unfilled(kind: str, language: str) -> None:
    with speaking(language):
        words = letters.render(kind, values())

    assert not any(mark in f"{words.subject}{words.plain}{words.html}" for mark in "{}")
    assert "\n" not in words.subject


@pytest.mark.parametrize("kind", CLIENTS)
def test_spanish_letters_are_spanish(kind: str) -> None:
    rendered = []
    for language in ("es", "en"):
        with speaking(language):
            rendered.append((letters.render(kind, values()), letters.render_text(kind, values())))

    (spanish, text), (english, other_text) = rendered
    assert spanish.subject != english.subject
    assert (spanish.plain, text) != (english.plain, other_text)


@pytest.mark.parametrize(
    ("kind", "start", "language", "said"),
    [
        pytest.param("booked", LATE_IN_THE_YEAR, "es", "el miércoles, 25 de noviembre, a las 10:30", id="Spanish"),
        pytest.param("booked", LATE_IN_THE_YEAR, "en", "10:30 am (Ciudad capital time)", id="English"),
        pytest.param("remind_24h", ONE_O_CLOCK, "es", "Hablamos mañana a la 1:00 de la tarde", id="one o'clock"),
        pytest.param("remind_24h", NOON, "es", "Hablamos mañana a las 12:00 del mediodía", id="noon"),
        pytest.param("booked", NOON, "en", "at 12:00 noon", id="noon in English"),
        pytest.param("booked", HALF_PAST, "es", "a las 12:30 de la tarde", id="half past twelve"),
        pytest.param("remind_2h", LATE_IN_THE_YEAR, "es", "Hablamos hoy a las 10:30 de la mañana", id="today"),
    ],
)
def test_a_mail_says_its_time_in_full_words(kind: str, start: datetime, language: str, said: str) -> None:
    with speaking(language):
        words = letters.render(kind, values(start))

    assert said in words.plain
    assert said in words.html


@pytest.mark.parametrize(
    ("kind", "language", "text"),
    [
        pytest.param(
            "booked",
            "es",
            f"Citas LEU: su cita: mie 25 nov 10:30 am (hora de Tijuana). Ver o cambiar: {LINK}. BAJA = no mas textos",
            id="booked",
        ),
        pytest.param(
            "remind_24h",
            "en",
            "Citas LEU: your appointment is tomorrow, Wed Nov 25 10:30 am (Tijuana time). Reply 1 = OK, 2 = change.",
            id="tomorrow",
        ),
        pytest.param(
            "cancelled_us",
            "es",
            "Citas LEU: lo sentimos, debemos cambiar su cita. "
            "Le llamaremos antes de las 10:30 am del mie 25 nov, o llame a +12135550100.",
            id="cancelled by us",
        ),
        pytest.param(
            "otp", "es", "Su clave es 123456. Vence en 10 minutos. Nunca le llamamos para pedirla.", id="a code"
        ),
    ],
)
def test_a_text_is_worded_as_agreed(kind: str, language: str, text: str) -> None:
    with speaking(language):
        assert letters.render_text(kind, values(place="Tijuana")) == text


@every_language
def test_who_would_not_say_her_place_reads_no_place(language: str) -> None:
    with speaking(language):
        text = letters.render_text("booked", values(place=None))

    assert ("(su hora)" if language == "es" else "(your time)") in text


def test_html_escapes_what_is_filled_in() -> None:
    with speaking("en"):
        words = letters.render("booked", {**values(), "phone": "<b>1</b>", "link": 'https://x.test/?a="&b'})

    assert "<b>" not in words.html
    assert '<a href="https://x.test/?a=&#34;&amp;b">' in words.html
    assert "<b>1</b>" in words.plain


@pytest.mark.parametrize(
    ("weekday", "day"),
    [("mie", 25), ("jue", 26), ("vie", 27), ("sab", 28), ("dom", 29), ("lun", 30)],
)
def test_the_days_of_texts_are_three_plain_letters(weekday: str, day: int) -> None:
    with speaking("es"):
        text = letters.render_text("moved", values(datetime(2026, 11, day, 18, 30, tzinfo=UTC)))

    assert f" {weekday} {day} nov " in text
