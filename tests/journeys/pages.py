"""The pages of the application in Spanish, each answered in its own words; who answers says what differs for her."""

from collections.abc import Callable

from tests.journeys.reader import Reader

Page = Callable[[Reader], None]

SAFE = "Sí, puedo usarlo sin peligro"
NOBODY_AGAINST = (
    "¿Hay esposo, esposa, pareja, jefe, patrocinador u otra persona que sea parte de esto o esté en su contra?"
)
BACK_TO_MEXICO = "¿Oficiales de EE. UU. le regresaron a México a esperar su fecha de corte?"
EVER = "¿Ha estado alguna vez dentro de Estados Unidos, aunque sea unas horas?"


def safety(she: Reader, device: str = SAFE, danger: str = "No") -> None:
    she.sees("¿Es seguro hacer esto ahora?")
    she.chooses("¿Es seguro usar este teléfono o computadora ahora?", device)
    she.chooses("¿Está usted, o alguien con usted, en peligro hoy?", danger)


def who(she: Reader) -> None:
    she.sees("¿Quién necesita ayuda?")
    she.chooses("¿Quién necesita ayuda legal?", "Yo")


def language(she: Reader) -> None:
    she.sees("Su idioma")
    she.picks("¿Qué idioma habla mejor?", "Español")


def contact(she: Reader, number: str = "664 123 4567") -> None:
    she.sees("Formas seguras de comunicarnos")
    she.chooses("¿Cuál es la forma más segura de comunicarnos con usted?", "Mensaje de texto")
    she.picks("País", "México +52", within="Número de teléfono")
    she.writes("Número", number)
    she.chooses("¿Podemos escribirle aquí sobre su cita?", "Sí, pueden escribirme aquí")
    she.chooses("¿Quién más usa o ve este teléfono?", "Solo yo")
    she.chooses(
        "Si no contesta una llamada, ¿podemos dejar un mensaje de voz?",
        "Sí, pero no digan quiénes son ni por qué llaman",
    )


def about(she: Reader, given: str = "Rosa Elena", family: str = "Hernández Paz", born: str = "1990") -> None:
    she.sees("Sobre usted")
    she.writes("Nombre o nombres", given)
    she.writes("Apellido o apellidos", family)
    she.picks("Año", born, within="Fecha de nacimiento")
    she.picks("¿De qué país o países es ciudadano/a?", "Honduras")


def where(she: Reader) -> None:
    she.sees("Dónde está ahora")
    she.chooses("¿Dónde está ahora?", "México")
    she.picks("¿En qué ciudad o zona?", "Tijuana")


def arrival(she: Reader) -> None:
    she.sees("Su llegada a Estados Unidos")
    she.chooses(EVER, "No, nunca")
    she.chooses(BACK_TO_MEXICO, "No, estoy esperando en México por mi cuenta")


def sent_back(she: Reader) -> None:
    """She was inside, and was sent back with papers."""
    she.sees("Su llegada a Estados Unidos")
    she.chooses(EVER, "Sí, pero me regresaron a México")
    she.picks("Mes", "agosto", within="¿Cuándo llegó por última vez a Estados Unidos?")
    she.picks("Año", "2026", within="¿Cuándo llegó por última vez a Estados Unidos?")
    she.chooses(BACK_TO_MEXICO, "Sí, oficiales de EE. UU. me dieron papeles y fecha de corte")


def dates(she: Reader) -> None:
    she.sees("Papeles y fechas que no pueden esperar")
    she.chooses("¿Tiene alguna carta con una fecha para hacer algo?", "No")


def hearing(she: Reader, day: str, month: str, year: str = "2026") -> None:
    """Papers with the date of a hearing, and nothing else that has a date."""
    when = "¿Cuándo es su próxima fecha de corte?"
    she.sees("Papeles y fechas que no pueden esperar")
    she.chooses("¿Le dieron papeles para ir a la corte de inmigración?", "Sí")
    she.picks("Día", day, within=when)
    she.picks("Mes", month, within=when)
    she.picks("Año", year, within=when)
    she.chooses("¿Un juez u oficial ordenó su deportación?", "No")
    she.chooses("¿Un oficial de asilo le entrevistó sobre su miedo?", "No")
    she.chooses("¿Tiene alguna carta con una fecha para hacer algo?", "No")


def names(she: Reader) -> None:
    she.sees("Nombres que debemos revisar")
    she.chooses(NOBODY_AGAINST, "No")
    she.chooses("¿Tiene abogado o alguien que le ayudó con sus papeles?", "No")


def notices(she: Reader) -> None:
    she.sees("Lo que debe saber antes de enviar")
    she.ticks(
        "Entiendo: enviar este formulario no convierte a esta oficina en mi abogado. "
        "Lo será solo si los dos firmamos un acuerdo."
    )
    she.ticks(
        "Acepto que esta oficina guarde y use mis respuestas para revisar conflictos, preparar mi llamada "
        "y decidir si puede ayudar."
    )


def proves_who_she_is(she: Reader) -> None:
    she.presses("Agregar unas respuestas — opcional")
    she.writes("Año de nacimiento", "1990")
    she.presses("Continuar")


PAGES: tuple[Page, ...] = (safety, who, language, contact, about, where, arrival, dates, names)
"""From Tijuana, for herself, nothing urgent; the notices follow."""


def instead(**others: Page) -> tuple[Page, ...]:
    """The usual pages, those that are named answered otherwise."""
    return tuple(others.get(page.__name__, page) for page in PAGES)


def answers(she: Reader, pages: tuple[Page, ...] = PAGES, *, sends: bool = True, looks: bool = True) -> None:
    """Answer these pages one after the other, look around on each, and send."""
    for page in (*pages, notices) if sends else pages:
        page(she)
        if looks:
            she.looks_around()
        she.presses("Enviar y elegir una hora" if page is notices else "Continuar")


def starts(she: Reader) -> None:
    she.opens("/")
    she.sees("Pida una cita")
    she.looks_around()
    she.presses("Empezar")
