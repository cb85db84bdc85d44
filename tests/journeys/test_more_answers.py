"""She adds answers and a photo from her telephone, with script and without; her attorney reads them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Download, expect

from scheduler.engine.states import IntakeState
from scheduler.models import Consultation
from tests.builders.browser import a_booking, own_page
from tests.builders.files import a_photo
from tests.builders.staff import PASSWORD, Login, a_login, confirm_names
from tests.journeys.pages import proves_who_she_is
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

SENT_BACK: dict[str, Any] = {
    "ever_in_us": "sent_back",
    "last_arrival_date": {"y": 2026, "m": 8, "d": 3, "precision": "day", "unknown": False},
    "waiting_in_mexico_program": "yes_no_papers",
    "current_attorney": "before",
}


@pytest.fixture
def call(app: Flask, firm: None) -> Consultation:
    return a_booking(app, "2026-11-27T17:00", state=IntakeState.CLEARED, **SENT_BACK)


@dataclass(frozen=True)
class Case:
    """Her own page, her attorney's login, and where the attorney finds her files."""

    page: str
    attorney: Login
    files: str


@pytest.fixture
def case(app: Flask, call: Consultation) -> Case:
    attorney = a_login(app, "attorney", codes=False, person=call.attorney)
    confirm_names(app, call.intake_id)
    return Case(own_page(app, call), attorney, f"/desk/intake/{call.intake_id}/files")


def people(she: Reader) -> None:
    she.sees("Personas con usted")
    she.page.get_by_label("¿Quién es esta persona?").first.select_option(label="Hijo/a")
    she.page.get_by_label("Edad en años").first.fill("4")
    she.chooses("¿Los oficiales le separaron de su familia?", "No")


def entry(she: Reader) -> None:
    she.sees("Más sobre su llegada")
    she.chooses("¿Cómo entró la última vez? (opcional)", "Se lo diré al abogado")


def reasons(she: Reader) -> None:
    she.sees("Por qué tiene miedo")
    she.ticks("Mis ideas políticas, o las que otros creen que tengo")


def place(she: Reader) -> None:
    she.sees("Estar en México")
    she.chooses("¿Tiene miedo de estar en México?", "Sí")
    she.ticks("Agresión o robo")


def past(she: Reader) -> None:
    she.sees("Solicitudes anteriores")
    she.ticks("TPS")
    she.writes("Número de recibo de USCIS (opcional)", "ioe 0123456789")


def papers(she: Reader) -> None:
    she.sees("Papeles y pruebas")
    she.chooses("Papel de la corte («Notice to Appear», I-862)", "Lo tengo")


def the_call(she: Reader) -> None:
    she.sees("Para que la llamada sea más fácil")
    she.ticks("Hablar despacio")
    she.writes(
        "¿Hay una persona de confianza a quien podamos llamar si no logramos hablar con usted? (opcional)", "Eva"
    )
    she.picks("País", "México +52", within="Teléfono de esa persona")
    she.writes("Número", "664 765 4321")


PAGES = (people, entry, reasons, place, past, papers, the_call)


def sends_a_photo(she: Reader, path: str, folder: Path) -> None:
    she.opens(path)
    (folder / "IMG_1.jpg").write_bytes(a_photo())
    she.page.get_by_label("Elija fotos, PDF o grabaciones").set_input_files(folder / "IMG_1.jpg")
    she.picks("¿Qué muestra? (opcional)", "Fotos o videos")
    she.presses("Enviar")
    she.reads("Guardados: 1.")


def opens_the_desk(attorney: Reader, login: Login, path: str) -> None:
    attorney.opens(f"/staff/login?next={path}")
    attorney.page.locator("input[type=email], input[name=email]").fill(login.email)
    attorney.page.locator("input[type=password]").fill(PASSWORD)
    attorney.page.locator("main button").first.click()


def saves_the_original(attorney: Reader) -> Download:
    attorney.page.locator("a[href^='/desk/file/']:not(:has(img))").click()
    attorney.page.locator("#reason").select_option("prepare_call")
    attorney.page.locator("#password").fill(PASSWORD)
    attorney.page.locator("[name=unscanned]").check()
    with attorney.page.expect_download() as saved:
        attorney.page.locator("main button").click()
    return saved.value


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_she_adds_answers_page_by_page_and_none_is_a_barrier(
    window: Callable[..., Reader], app: Flask, call: Consultation, script: bool
) -> None:
    she, own = window(script=script), own_page(app, call)
    she.opens(own)
    proves_who_she_is(she)

    for page in PAGES:
        page(she)
        she.looks_around()
        she.presses("Guardar y seguir")

    she.reads("Guardamos sus respuestas.")
    for path, heading in (
        ("/more/papers?guide=1", "Prepárese para la llamada"),
        ("/files", "Enviar una foto de sus papeles"),
    ):
        she.opens(f"{own}{path}")
        she.sees(heading)
        she.looks_around()
    assert she.barriers == []


def test_her_attorney_sees_what_she_sent_and_saves_the_original(
    window: Callable[..., Reader], case: Case, tmp_path: Path
) -> None:
    she, reader = window(), window(width=1280, height=900, language="en-US")
    she.opens(case.page)
    proves_who_she_is(she)
    sends_a_photo(she, f"{case.page}/files", tmp_path)

    opens_the_desk(reader, case.attorney, case.files)
    expect(reader.page.locator("img.copy")).to_have_js_property("naturalWidth", 320)
    reader.looks_around()
    saved = saves_the_original(reader)

    assert saved.suggested_filename.endswith("-photos-1.jpg")
    assert Path(saved.path()).read_bytes() == a_photo()
    assert reader.barriers == []
