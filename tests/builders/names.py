"""Names of people who do not exist, and the ways in which the same name is written differently."""

import random
from collections.abc import Callable, Mapping
from typing import Any

from scheduler.casework import conflict_names
from scheduler.casework.conflict_names import Entry
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.conflicts import Identity, Who
from scheduler.engine.names import Name

_GIVEN = (
    "María José Juan Carlos Luis Ana Rosa Elena Pedro Miguel Ángel Jorge Lucía Carmen Francisco Manuel Sofía Gabriela "
    "Andrés Óscar Daniel Beatriz Isabel Raúl Mónica Víctor Hugo Silvia Teresa Fernando Nelson Wilmer Yesenia Keyla "
    "Darwin Brayan Marvin Heidy Ixchel Nahum"
)
_FAMILY = (
    "Hernández García Martínez López González Rodríguez Pérez Sánchez Ramírez Cruz Flores Gómez Morales Vásquez Reyes "
    "Jiménez Torres Díaz Gutiérrez Ruiz Mendoza Aguilar Ortiz Castillo Romero Álvarez Méndez Chávez Rivera Juárez "
    "Domínguez Mejía Orellana Zelaya Quintanilla Bonilla Escobar Velásquez Xol Caal Tzoc Pineda Alvarado Benítez"
)
GIVEN, FAMILY = _GIVEN.split(), _FAMILY.split()
COUNTRIES = ("HN", "GT", "SV", "MX", "NI", "VE", "CU", "EC")


def keep(parts: Parts, *entries: Entry) -> int:
    """Put them among the names the firm keeps; how many are new."""
    with writing() as session:
        return conflict_names.add(session, parts, entries)


def known(given: str, family: str = "", who: Who = Who.CLIENT, **more: Any) -> Entry:
    """Somebody the firm knows."""
    return Entry(who, Identity((Name(given, family),), **more))


def a_name(chance: random.Random) -> tuple[str, str]:
    """Two given names and two surnames."""
    return " ".join(chance.sample(GIVEN, 2)), " ".join(chance.sample(FAMILY, 2))


def swapped(chance: random.Random, given: str, family: str) -> tuple[str, str]:
    return given, " ".join(reversed(family.split()))


def dropped(chance: random.Random, given: str, family: str) -> tuple[str, str]:
    return given, family.split(maxsplit=1)[0]


def typo(chance: random.Random, given: str, family: str) -> tuple[str, str]:
    """Two letters of one word stand the wrong way round, or one is missing or wrong."""
    place = chance.randrange(1, len(family) - 1)
    wrong = (family[place + 1] + family[place], "", chance.choice("aeinrst"))[chance.randrange(3)]
    return given, family[:place] + wrong + family[place + len(wrong.strip()) if len(wrong) > 1 else place + 1 :]


def accent(chance: random.Random, given: str, family: str) -> tuple[str, str]:
    """Marks are lost, as in a register of the United States, and everything is upper case."""
    plain = str.maketrans("áéíóúñÁÉÍÓÚÑü", "aeiounAEIOUNu")
    return given.translate(plain).upper(), family.translate(plain).upper()


def particle(chance: random.Random, given: str, family: str) -> tuple[str, str]:
    first, second = family.split()
    return given, f"de la {first} y {second}"


WAYS: Mapping[str, Callable[[random.Random, str, str], tuple[str, str]]] = {
    "swapped": swapped,
    "dropped": dropped,
    "typo": typo,
    "accent": accent,
    "particle": particle,
}
