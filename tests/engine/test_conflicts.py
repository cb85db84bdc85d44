"""Which likeness of two people is a hit, line by line of the table (intake.md 3.2), each with its reason."""

from typing import Any

import pytest

from scheduler.engine.conflicts import Asked, Birth, Identity, Known, Likeness, Verdict, Who, compare, judge
from scheduler.engine.names import Name, fold, jaro_winkler, sound, tokens, words

BORN = Birth(1990, 5, 3)


def person(given: str, family: str = "", year: int | None = None, **known: Any) -> Identity:
    """Somebody; a `year` stands for a birth of which no more is known."""
    birth = Birth(year) if year else known.pop("birth", None)
    countries = frozenset(filter(None, [known.pop("country", "")]))
    return Identity((Name(given, family),), birth, countries, **known)


ROSA = person("Rosa Elena", "Hernández Paz", 1990, country="HN")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("MUÑOZ", "munoz", id="marks and case"),
        pytest.param("Ｇarcía", "garcia", id="compatibility letters"),
        pytest.param("Groß", "gross", id="case folding, not lower case"),
    ],
)
def test_a_name_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("name", "left"),
    [
        pytest.param("María de los Ángeles", ("maria", "angeles"), id="particles go"),
        pytest.param("Hernández-Paz", ("hernandez", "paz"), id="a hyphen parts words"),
        pytest.param("de la", ("de", "la"), id="a name of particles alone keeps them"),
        pytest.param(" ", (), id="nothing is no word"),
    ],
)
def test_a_name_is_cut_into_words(name: str, left: tuple[str, ...]) -> None:
    assert (words(name), tokens(name)) == (left, frozenset(left))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("velasquez", "belasques", id="v and b, z and s"),
        pytest.param("hernandez", "ernandes", id="a silent h"),
        pytest.param("llanos", "yanos", id="ll and y"),
        pytest.param("ximenez", "jimenez", id="x and j"),
        pytest.param("quintero", "kintero", id="qu and k"),
        pytest.param("cecilia", "sesilia", id="soft c"),
        pytest.param("phelipe", "felipe", id="ph and f"),
        pytest.param("ibarra", "ibara", id="a doubled letter"),
    ],
)
def test_names_that_sound_the_same_have_one_key(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        pytest.param("martha", "marhta", 0.9611, id="Winkler's own example: two letters swapped"),
        pytest.param("dwayne", "duane", 0.84, id="Winkler's own example: letters left out"),
        pytest.param("dixon", "dicksonx", 0.8133, id="Winkler's own example: a long one"),
        pytest.param("rosa", "rosa", 1.0, id="the same"),
        pytest.param("rosa", "hmmm", 0.0, id="nothing in common"),
        pytest.param("", "rosa", 0.0, id="nothing to compare"),
    ],
)
def test_how_alike_two_texts_are(one: str, other: str, alike: float) -> None:
    assert jaro_winkler(one, other) == pytest.approx(alike, abs=0.0001)


@pytest.mark.parametrize(
    ("known", "by"),
    [
        pytest.param(person("R", a_number="A1"), None, id="another A-number says nothing"),
        pytest.param(person("Someone", "Else", phone="+1"), Likeness.PHONE, id="exact: the phone"),
        pytest.param(person("Someone", "Else", email="r@x"), Likeness.EMAIL, id="exact: the e-mail"),
        pytest.param(person("Someone", "Else", a_number="A7"), Likeness.A_NUMBER, id="exact: the A-number"),
        pytest.param(person("ROSA ELENA", "Paz Hernandez", birth=BORN), Likeness.NAME_AND_BIRTH, id="exact: swapped"),
        pytest.param(person("Rosa", "Hernández Paz"), Likeness.NAMES, id="strong: a given name and both surnames"),
        pytest.param(person("Rosa", "Paz Hernández"), Likeness.NAMES, id="strong: surnames swapped"),
        pytest.param(person("Rosa", "de la Paz y Hernández"), Likeness.NAMES, id="strong: particles"),
        pytest.param(person("Rosa", "Ernandes Pas"), Likeness.NAMES, id="strong: written as it sounds"),
        pytest.param(person("Hernández Paz", "Rosa Elena"), Likeness.NAMES, id="strong: names in the wrong boxes"),
        pytest.param(person("Rosa Elena Hernández Paz"), Likeness.NAMES, id="strong: in one piece"),
        pytest.param(person("Roxa Elena", "Hernándes Pax", 1991), Likeness.SIMILAR, id="strong: typos, birth year +1"),
        pytest.param(
            person("Roxa Elena", "Hernándes Pax", country="HN"), Likeness.SIMILAR, id="strong: typos, country"
        ),
        pytest.param(person("Roxa Elena", "Hernándes Pax", 1995, country="GT"), None, id="typos, neither agrees"),
        pytest.param(person("Rosa Elena", "Hernández", country="HN"), Likeness.SIMILAR, id="strong: a dropped surname"),
        pytest.param(person("Rosa", "Hernández"), Likeness.SIMILAR, id="dropped names, and nothing else is known"),
        pytest.param(person("Rosa", "Hernández", 1971), None, id="dropped names, and another year"),
        pytest.param(person("Rita", "Hernández López", 1990), Likeness.INITIAL, id="weak, but born in the same year"),
        pytest.param(person("Rita", "Hernández López", 1991), None, id="weak: one year apart"),
        pytest.param(person("Rita", "Hernández López"), None, id="weak, and no year is known"),
        pytest.param(person("Ana", "Hernández López", 1990), None, id="a surname, another initial"),
        pytest.param(person("R Hernández", year=1990), None, id="nothing says which word is a surname"),
        pytest.param(person("Hernández"), None, id="one word of a longer name"),
        pytest.param(person(" "), None, id="no name"),
    ],
)
def test_two_people_are_alike(known: Identity, by: Likeness | None) -> None:
    asked = person("Rosa Elena", "Hernández Paz", birth=BORN, country="HN", phone="+1", email="r@x", a_number="A7")

    assert compare(asked, known) is by


@pytest.mark.parametrize(
    ("asked", "known", "by"),
    [
        pytest.param("Carlos Mendoza Ruiz", "Carlos Ruiz Mendosa", Likeness.NAMES, id="three words in common"),
        pytest.param("Carlos Mendoza", "carlos mendoza", Likeness.SIMILAR, id="the same two words"),
        pytest.param("Carlos Mendoza", "Carla Mendoza", None, id="another given name"),
        pytest.param("Cher", "Cher", Likeness.SIMILAR, id="the same single name"),
        pytest.param("Cher", "Cher Mendoza", None, id="a single name within a longer one"),
    ],
)
def test_names_in_one_piece_are_alike(asked: str, known: str, by: Likeness | None) -> None:
    assert compare(person(asked), person(known)) is by


def test_every_name_somebody_has_used_is_compared() -> None:
    twice = Identity((Name("Rosa", "Gómez"), Name("Rosa Hernández Paz")))

    assert compare(twice, ROSA) is Likeness.NAMES


HIT, RETURNING = Verdict.HIT, Verdict.RETURNING
NAMESAKE = person("Rosa Elena", "Hernández Paz")
SAME_PHONE = person("Ana", "Ruiz", phone="+1")


@pytest.mark.parametrize(
    ("who", "known", "is_applicant", "verdict"),
    [
        pytest.param(Who.CLIENT, NAMESAKE, True, RETURNING, id="a client comes again"),
        pytest.param(Who.FORMER_CLIENT, NAMESAKE, True, RETURNING, id="a former client comes again"),
        pytest.param(Who.PROSPECT, NAMESAKE, True, RETURNING, id="she asked before"),
        pytest.param(Who.ADVERSE, NAMESAKE, True, HIT, id="she is against one of ours"),
        pytest.param(Who.RELATED, NAMESAKE, True, HIT, id="she has a part in another matter"),
        pytest.param(Who.STAFF, NAMESAKE, True, HIT, id="she works here"),
        pytest.param(Who.CLIENT, NAMESAKE, False, HIT, id="the other side is a client"),
        pytest.param(Who.PROSPECT, NAMESAKE, False, HIT, id="the other side asked us too"),
        pytest.param(Who.INTERPRETER, NAMESAKE, False, HIT, id="the other side interprets for us"),
        pytest.param(Who.CLIENT, SAME_PHONE, True, HIT, id="a client of another name has her phone"),
        pytest.param(Who.PROSPECT, SAME_PHONE, True, None, id="a shelter has one phone for many"),
        pytest.param(Who.ADVERSE, SAME_PHONE, True, HIT, id="the other side has her phone"),
        pytest.param(Who.CLIENT, person("Ana", "Ruiz"), True, None, id="nothing in common"),
    ],
)
def test_what_a_likeness_means(who: Who, known: Identity, is_applicant: bool, verdict: Verdict | None) -> None:
    asked = Asked(person("Rosa Elena", "Hernández Paz", phone="+1"), is_applicant=is_applicant)

    found = judge(asked, Known(who, known))

    assert (found[0] if found else None) is verdict
