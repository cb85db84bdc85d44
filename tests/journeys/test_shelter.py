"""Sister Inés helps three women of her shelter, one after the other, on one telephone; none sees another."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from flask import Flask
from playwright.sync_api import Route, expect

from scheduler.models import Intake, db
from tests.builders.firm import a_firm
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

NEUTRAL = "https://example.com/"
MOST = 33
AGAINST = (
    "¿Hay esposo, esposa, pareja, jefe, patrocinador u otra persona que sea parte de esto o esté en contra de "
    "esa persona?"
)
DANGER = "¿Está usted, o alguien con usted, en peligro hoy?"
HER_DANGER = "¿Esa persona, o alguien con ella, está en peligro hoy?"
CONSENT = (
    "Acepto que esta oficina guarde y use mis respuestas para revisar conflictos, preparar mi llamada "
    "y decidir si puede ayudar."
)
WOMEN = (("Zenobia", "Tzoc Caal"), ("Ifigenia", "Orellana Ruz"), ("Quetzali", "Bonilla Arce"))


@pytest.fixture
def firm(app: Flask) -> None:
    a_firm(app, neutral_site={"": NEUTRAL}).with_attorney("Ana").with_attorney("Eva")


@dataclass
class Helper:
    """She with the telephone; `told` is what was said of those before, and `leaks` where it was seen again."""

    reader: Reader
    told: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)

    def looks(self) -> None:
        """Is anything of those before on this page, in its boxes or behind them?"""
        content = self.reader.page.content()
        self.leaks += [f"{word} on {self.reader.page.url}" for word in self.told if word in content]

    def answers(self, given: str, family: str, *, is_first: bool) -> str:
        """All pages for one woman, and a time; her number."""
        for page in (safety, who, language, contact, about, where, arrival, dates, names, notices):
            self.looks()
            page(self.reader, given, family, is_first)
            if is_first:
                self.reader.looks_around()
            self.reader.presses("Enviar y elegir una hora" if page is notices else "Continuar")
        self.looks()
        ref = is_booked(self.reader)
        self.looks()
        self.told += [given, family, ref]
        return ref


def test_three_women_are_helped_and_none_sees_another(
    window: Callable[..., Reader], weighed: Callable[[Reader, int], bool]
) -> None:
    she = window()
    helper = Helper(she)
    she.opens("/apply/safety")
    first = helper.answers(*WOMEN[0], is_first=True)
    was_small = weighed(she, MOST)
    hands_over(helper)
    second = helper.answers(*WOMEN[1], is_first=False)
    hands_over(helper)
    third = helper.answers(*WOMEN[2], is_first=False)
    listed = reads_her_list(she)
    leaves(she)

    assert she.barriers == []
    assert was_small
    assert helper.leaks == []
    assert all(ref in listed for ref in (first, second, third))
    assert listed.count("hora de Tijuana") == len(WOMEN)
    assert not any(name in listed for woman in WOMEN for name in woman)
    assert db.session.query(Intake).count() == len(WOMEN)


def hands_over(helper: Helper) -> None:
    """A blank page lies between two of them, also for the one who goes back."""
    she = helper.reader
    she.presses("Empezar para otra persona")
    she.sees("Para la siguiente persona")
    helper.looks()
    she.looks_around()
    she.page.go_back()
    helper.looks()
    she.opens("/apply/hand-over")
    she.presses("Continuar")


def reads_her_list(she: Reader) -> str:
    she.presses("Números y horas de las personas que ayudó")
    she.sees("Números y horas de las personas que ayudó")
    she.looks_around()
    return she.page.locator("main").inner_text()


def leaves(she: Reader) -> None:
    """Nothing of it is on her telephone any more."""
    she.page.route(f"{NEUTRAL}**", nothing)
    she.page.get_by_role("button", name="Salir ya").click()
    expect(she.page).to_have_url(NEUTRAL)
    she.opens("/apply/helped")
    she.sees("¿Es seguro hacer esto ahora?")


def nothing(route: Route) -> None:
    route.fulfill(status=200, body="the weather")


def is_booked(she: Reader) -> str:
    """Take the first time there is; the number of the woman it is for."""
    she.sees("Elija una hora")
    she.takes_the_time(0)
    she.chooses("¿Cómo quiere hablar?", "Llamada")
    she.presses("Guardar esta hora")
    she.sees("Su cita está guardada")
    return she.page.locator(".ref").inner_text()


def safety(she: Reader, _given: str, _family: str, is_first: bool) -> None:
    """The second time it is known that she helps."""
    she.sees("¿Es seguro hacer esto ahora?")
    she.chooses("¿Es seguro usar este teléfono o computadora ahora?", "Sí, puedo usarlo sin peligro")
    she.chooses(DANGER if is_first else HER_DANGER, "No")


def who(she: Reader, _given: str, _family: str, is_first: bool) -> None:
    """Of herself she says everything once."""
    she.sees("¿Quién necesita ayuda?")
    if is_first:
        she.chooses(
            "¿Quién necesita ayuda legal?", "Alguien a quien ayudo en mi trabajo (albergue, iglesia, clínica, escuela)"
        )
        she.writes("Su nombre completo (la persona que ayuda)", "Inés Robles")
        she.writes("Organización (opcional)", "Casa Norte")
    she.chooses("¿Esa persona sabe que usted pide ayuda?", "Sí, lo sabe y está de acuerdo")


def language(she: Reader, *_: object) -> None:
    she.sees("El idioma de esa persona")
    she.picks("¿Qué idioma habla mejor esa persona?", "Español")


def contact(she: Reader, _given: str, _family: str, is_first: bool) -> None:
    she.sees("Formas seguras de comunicarnos con esa persona")
    if is_first:
        she.chooses("¿Cuál es la forma más segura de contactar a esa persona o a usted?", "Por mí, que ayudo")
        she.chooses("¿Cómo contactamos a la persona que ayuda?", "Llamada")
        she.picks("País", "México +52", within="Número de teléfono")
        she.writes("Número", "664 765 4321")
    she.chooses("¿Quién más usa o ve este teléfono?", "Nadie más")
    she.chooses("Si no contesta una llamada, ¿podemos dejar un mensaje de voz?", "No, no dejen mensajes")


def about(she: Reader, given: str, family: str, _is_first: bool) -> None:
    she.sees("Sobre esa persona")
    she.writes("Sus nombres (de esa persona)", given)
    she.writes("Sus apellidos (de esa persona)", family)
    she.picks("Año", "1990", within="Fecha de nacimiento de esa persona")
    she.picks("¿De qué país o países es ciudadana esa persona?", "Honduras")


def where(she: Reader, *_: object) -> None:
    she.sees("Dónde está esa persona ahora")
    she.chooses("¿Dónde está esa persona ahora?", "México")
    she.picks("¿En qué ciudad?", "Tijuana")
    she.chooses("¿La persona está detenida ahora?", "No")


def arrival(she: Reader, *_: object) -> None:
    she.sees("Su llegada a Estados Unidos")
    she.chooses("¿Esa persona ha estado alguna vez dentro de Estados Unidos, aunque sea unas horas?", "No, nunca")
    she.chooses(
        "¿Oficiales de EE. UU. regresaron a esa persona a México a esperar su corte?",
        "No, está esperando en México por su cuenta",
    )


def dates(she: Reader, *_: object) -> None:
    she.sees("Papeles y fechas que no pueden esperar")
    she.chooses("¿Esa persona tiene alguna carta con una fecha para hacer algo?", "No")


def names(she: Reader, *_: object) -> None:
    she.sees("Nombres que debemos revisar")
    she.chooses(AGAINST, "No")
    she.chooses("¿Esa persona tiene abogado o alguien que le ayudó con sus papeles?", "No")


def notices(she: Reader, *_: object) -> None:
    she.sees("Lo que debe saber antes de enviar")
    for words in (
        "Entiendo: enviar este formulario no convierte a esta oficina en abogado de esa persona.",
        CONSENT,
        "La persona aceptó que yo dé estas respuestas, o no puedo comunicarme con ella y actúo por su bien.",
    ):
        she.ticks(words)
