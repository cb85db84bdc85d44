"""What is asked is what was agreed: every question on its page, in its order, with its answers and its words."""

import pytest

from forms.choices import OWN_NAMES, languages
from forms.flow import COPY_VERSION, PAGES
from scheduler.words import speaking
from tests.forms.agreed import AGREED, AGREED_IN
from tests.forms.as_asked import asked
from tests.forms.asking import context


def test_no_question_and_no_word_of_one_is_another_than_was_agreed() -> None:
    found = asked()

    assert {name: said for name, said in found.items() if AGREED.get(name) != said} == {}
    assert list(found) == list(AGREED)


def test_words_that_change_are_a_new_version_of_the_copy() -> None:
    assert COPY_VERSION == AGREED_IN


def test_another_hint_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    page = next(one for one in PAGES if one.slug == "safety")
    monkeypatch.setitem(page.immediate_danger.kwargs, "hint", "Another hint.")  # type: ignore[attr-defined]

    assert {name for name, said in asked().items() if AGREED[name] != said} == {"immediate_danger"}


@pytest.mark.parametrize(
    ("code", "es", "en"),
    [
        pytest.param("ht", "Kreyòl (Criollo haitiano)", "Kreyòl (Haitian Creole)", id="by its own name first"),
        pytest.param("es", "Español", "Español (Spanish)", id="of the page: once"),
        pytest.param("mam", "Mam", "Mam", id="one name in all of them"),
    ],
)
def test_a_language_is_found_by_its_own_name(code: str, es: str, en: str) -> None:
    found = {}
    for language in ("es", "en"):
        with speaking(language):
            found[language] = {choice.code: str(choice.label) for choice in languages(context(language))}

    assert (found["es"][code], found["en"][code]) == (es, en)
    assert set(OWN_NAMES) <= set(found["es"])
