import pytest

from scheduler.engine import wording
from scheduler.engine.wording import BANNED_EN, BANNED_ES, banned_words, is_gsm7, segments

EVERY_ENTRY = [*BANNED_EN, *BANNED_ES]


def everything_on_the_list_is_noticed() -> None:
    assert [entry for entry in EVERY_ENTRY if not banned_words(f"see {entry.rstrip('*')} here")] == []


def test_every_word_of_the_list_is_noticed() -> None:
    everything_on_the_list_is_noticed()


def test_the_check_has_power(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "BANNED", ())

    with pytest.raises(AssertionError):
        everything_on_the_list_is_noticed()


def test_the_list_is_the_whole_one_of_the_specification() -> None:
    assert (len(BANNED_EN), len(BANNED_ES)) == (20, 11)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Su ASILO", ["asilo"], id="capitals"),
        pytest.param("hora de México", ["mexico"], id="accents"),
        pytest.param("hora de Me\u0301xico", ["mexico"], id="an accent of its own"),
        pytest.param("asy\u00adlum", ["asylum"], id="a soft hyphen inside"),
        pytest.param("ａｓｙｌｕｍ", ["asylum"], id="wide letters"),
        pytest.param("immigration, Inmigración", ["immigration", "inmigracion"], id="a prefix"),
        pytest.param("your consultation", ["consultation"], id="a prefix in English"),
        pytest.param("Abogada", ["abogada"], id="a prefix with an ending"),
        pytest.param("https://x.example/case/7", ["case"], id="part of an address"),
        pytest.param("mpp_sheet.pdf", ["mpp"], id="part of a file name"),
        pytest.param("Legal en USA", ["legal"], id="a firm's own name"),
        pytest.param("the court hearing", ["court", "hearing"], id="two, in order"),
        pytest.param("office, notice, hice", [], id="ice inside other words"),
        pytest.param("avisar", [], id="visa inside another word"),
        pytest.param("acaso", [], id="caso inside another word"),
        pytest.param("cortes", [], id="a longer word without a star"),
        pytest.param("https://x.example/s/A7ICE4ZZQ2MNB5KD", [], id="letters in a random code"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_banned_words_are_whole_words(text: str, found: list[str]) -> None:
    assert banned_words(text) == found


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        pytest.param("Su cita es mañana, ¿OK? ¡Si! é ü", True, id="Spanish letters the alphabet has"),
        pytest.param("a {b} [c] ~ | \\ ^ 5 €", True, id="the extension table"),
        pytest.param("aquí", False, id="i with an accent"),
        pytest.param("no más", False, id="a with an accent"),
        pytest.param("ç", False, id="only the capital is there"),
        pytest.param("“”", False, id="curly quotes"),
        pytest.param("\x1b", False, id="the escape itself is no character"),
        pytest.param("", True, id="nothing"),
    ],
)
def test_the_gsm_alphabet_is_known(text: str, is_one: bool) -> None:
    assert is_gsm7(text) is is_one


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("", 1, id="nothing is still one"),
        pytest.param("a" * 160, 1, id="160 letters"),
        pytest.param("a" * 161, 2, id="one more"),
        pytest.param("a" * 306, 2, id="twice 153"),
        pytest.param("a" * 307, 3, id="one more than that"),
        pytest.param("€" * 80, 1, id="80 that cost two"),
        pytest.param("€" * 81, 2, id="81 that cost two"),
        pytest.param("€" * 153, 3, id="76 fit in each, as none is cut in two"),
        pytest.param("í" * 70, 1, id="70 of another alphabet"),
        pytest.param("í" * 71, 2, id="one more of it"),
        pytest.param("í" * 135, 3, id="67 fit in each"),
        pytest.param("😀" * 35, 1, id="35 that take two units"),
        pytest.param("😀" * 67, 3, id="33 fit in each, as none is cut in two"),
    ],
)
def test_texts_are_counted_as_a_phone_company_counts(text: str, count: int) -> None:
    assert segments(text) == count
