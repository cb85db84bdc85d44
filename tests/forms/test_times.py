import pytest

from forms.base import QuestionForm, Typed
from forms.times import TimeField
from scheduler.words import speaking
from tests.forms.asking import context, typed


class Asked(QuestionForm):
    when = TimeField("When?", error="Write a time.")

    def arrange(self) -> None:
        self.when.required = False


def sent(text: str, half: str = "") -> Asked:
    form = Asked(typed(when=text, when__half=half), context())
    form.validate()
    return form


@pytest.mark.parametrize(
    ("text", "half", "stored"),
    [
        pytest.param("8:30", "am", "08:30", id="in the morning"),
        pytest.param("8:30", "pm", "20:30", id="at night"),
        pytest.param("12:00", "pm", "12:00", id="noon"),
        pytest.param("12:15", "am", "00:15", id="after midnight"),
        pytest.param("4", "am", "04:00", id="the hour alone"),
        pytest.param("13:05", "", "13:05", id="no half is needed after noon"),
        pytest.param("13:05", "pm", "13:05", id="the half says the same"),
        pytest.param("0:30", "", "00:30", id="no half is needed at midnight"),
        pytest.param("8.30", "am", "08:30", id="with a dot"),
        pytest.param(" 8 : 30 ", "am", "08:30", id="with blanks"),
        pytest.param("٨:٣٠", "am", "08:30", id="in other figures"),
        pytest.param("", "am", None, id="nothing"),
    ],
)
def test_a_time_as_people_write_it(text: str, half: str, stored: str | None) -> None:
    form = sent(text, half)

    assert (form.errors, form.when.data) == ({}, stored)


@pytest.mark.parametrize(
    ("text", "half"),
    [
        pytest.param("8:30", "", id="which half?"),
        pytest.param("12:00", "", id="noon or midnight?"),
        pytest.param("14:00", "am", id="that is no morning"),
        pytest.param("24:00", "", id="no such hour"),
        pytest.param("8:60", "am", id="no such minute"),
        pytest.param("8:3", "am", id="half a minute"),
        pytest.param("morning", "am", id="words"),
        pytest.param("8:30", "noon", id="no such half"),
        pytest.param("8" * 1_000_000, "am", id="a million figures"),
        pytest.param("\0\ud800", "am", id="no text"),
    ],
)
def test_what_is_no_time_gets_a_message(text: str, half: str) -> None:
    assert sent(text, half).errors["when"]


def test_it_asks_for_the_half_where_only_that_is_missing() -> None:
    with speaking("en"):
        assert sent("8:30").errors["when"] == ["Choose am or pm."]


@pytest.mark.parametrize("stored", ["00:15", "08:30", "12:00", "12:45", "23:59"])
def test_a_time_shown_again_is_the_same_time(stored: str) -> None:
    raw = Asked(None, context(when=stored)).raw()

    assert Asked(Typed(raw), context()).when.data == stored
