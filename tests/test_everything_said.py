"""Every entry of every catalog, and what the demo firm says: nothing a firm may not say, in any language."""

import re
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from scheduler.casework.demo_firm import TEXTS
from scheduler.engine import wording
from scheduler.engine.wording import never_said
from scheduler.words import SOURCE, languages

TRANSLATIONS = Path(__file__).parents[1] / "translations"
TRANSLATED = [language for language in languages() if language != SOURCE]


def entries(language: str) -> list[Message]:
    """The catalog without its head."""
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def sentences(language: str) -> list[str]:
    """Each entry as it stands in the code and as it is translated, in all its plurals."""
    texts = chain.from_iterable((message.id, message.string) for message in entries(language))
    return list(chain.from_iterable([text] if isinstance(text, str) else text or () for text in texts))


def nothing_is_said_that_a_firm_may_not_say(language: str) -> None:
    assert {text: found for text in sentences(language) if (found := never_said(text))} == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_catalog_says_what_a_firm_may_not_say(language: str) -> None:
    nothing_is_said_that_a_firm_may_not_say(language)


def test_what_the_demo_firm_says_is_fit_to_be_said() -> None:
    assert [found for found in map(never_said, map(str, TEXTS.values())) if found] == []


def test_the_look_at_the_catalogs_has_power(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "_NEVER", re.compile("appointment"))

    with pytest.raises(AssertionError):
        nothing_is_said_that_a_firm_may_not_say("es")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("You qualify for help.", ["you qualify"], id="a verdict"),
        pytest.param("You are eligible", ["you are eligible"], id="another verdict"),
        pytest.param("You are likely eligible", ["you are likely eligible"], id="a likely verdict"),
        pytest.param("You do not qualify", ["you do not qualify"], id="a verdict against her"),
        pytest.param("Your case is strong", ["your case is strong"], id="a verdict on her case"),
        pytest.param("With us you will win", ["you will win"], id="a promise to her"),
        pytest.param("You can't apply from Mexico", ["can't apply"], id="a verdict cut short"),
        pytest.param("You can’t apply from Mexico", ["can't apply"], id="the same with a curly apostrophe"),
        pytest.param("your final deadline is Friday", ["your final deadline"], id="a deadline with a word before it"),
        pytest.param("The city has best lawyers", ["best lawyers"], id="boasting without an article"),
        pytest.param("We offer free consultations", ["free consultations"], id="more than one"),
        pytest.param("You should go to court", ["you should go to court"], id="advice in other words"),
        pytest.param("Usted puede calificar", ["usted puede calificar"], id="a likely verdict in Spanish"),
        pytest.param("Ya es tarde", ["ya es tarde"], id="late in Spanish, in other words"),
        pytest.param("Vaya a corte", ["vaya a corte"], id="advice in Spanish without an article"),
        pytest.param("Su caso es muy fuerte", ["caso es muy fuerte"], id="a verdict on her case in Spanish"),
        pytest.param("Usted va a ganar", ["va a ganar"], id="a promise to her in Spanish"),
        pytest.param("Nuestro mejor horario; ya es martes", [], id="words of these that say something else"),
        pytest.param("You can apply for an interpreter here", [], id="what can be done"),
        pytest.param("YOUR  DEADLINE is Friday", ["your deadline"], id="capitals and a double space"),
        pytest.param("It is too late.", ["too late"], id="late"),
        pytest.param("We guarantee it", ["guarantee"], id="a promise"),
        pytest.param("Guaranteed!", ["guaranteed"], id="a promise with an ending"),
        pytest.param("Call. Go to court on Monday.", ["go to court"], id="advice to go"),
        pytest.param("Do not go to court", ["do not go to court"], id="advice not to go"),
        pytest.param("Usted califica", ["usted califica"], id="a verdict in Spanish"),
        pytest.param("Ya es demasiado tarde", ["demasiado tarde"], id="late in Spanish"),
        pytest.param("Su fecha límite", ["su fecha limite"], id="an accent"),
        pytest.param("Garantizamos", ["garantizamos"], id="a promise in Spanish"),
        pytest.param("Somos los mejores", ["los mejores"], id="boasting in Spanish"),
        pytest.param("la víctima", ["la victima"], id="a name that wounds"),
        pytest.param("illegal aliens", ["illegal", "aliens"], id="two"),
        pytest.param("¿Qué idioma habla mejor?", [], id="better is not the best"),
        pytest.param("What language do you speak best?", [], id="best without an article"),
        pytest.param("papers telling you to go to immigration court", [], id="what a paper tells"),
        pytest.param("we will not file papers or go to court for you", [], id="what we do not do"),
        pytest.param("A “notario” is not a lawyer.", [], id="a warning"),
        pytest.param("por la tarde", [], id="the afternoon"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_may_never_be_said_is_found(text: str, found: list[str]) -> None:
    assert never_said(text) == found
