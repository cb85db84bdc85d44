"""She adds answers and a photo from her telephone, with script and without; her attorney reads them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from scheduler.engine.states import IntakeState
from scheduler.models import Consultation
from tests.builders.browser import a_booking, own_page
from tests.builders.files import a_photo
from tests.builders.staff import PASSWORD, Login, a_login
from tests.journeys.reader import Inspector, Reader

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


@pytest.fixture
def attorney(app: Flask, call: Consultation) -> Login:
    return a_login(app, "attorney", codes=False, person=call.attorney)


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


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_she_adds_answers_and_a_photo_and_her_attorney_reads_them(  # noqa: PLR0917 - a woman, her attorney, and what they use
    window: Callable[..., Reader],
    inspector: Inspector,
    app: Flask,
    call: Consultation,
    attorney: Login,
    tmp_path: Path,
    script: bool,
) -> None:
    she = window(script=script)
    own = own_page(app, call)
    barriers: list[str] = []
    she.opens(own)
    she.presses("Agregar unas respuestas — opcional")
    she.writes("Año de nacimiento", "1990")
    she.presses("Continuar")
    for page in PAGES:
        page(she)
        if not script:
            barriers += inspector.barriers(she)
        she.presses("Guardar y seguir")
    she.reads("Guardamos sus respuestas.")
    she.opens(f"{own}/more/papers?guide=1")
    she.sees("Prepárese para la llamada")
    barriers += [] if script else inspector.barriers(she)
    she.opens(f"{own}/files")
    (tmp_path / "IMG_1.jpg").write_bytes(a_photo())
    she.page.get_by_label("Elija fotos, PDF o grabaciones").set_input_files(tmp_path / "IMG_1.jpg")
    she.picks("¿Qué muestra? (opcional)", "Fotos o videos")
    she.presses("Enviar")
    she.reads("Guardados: 1.")
    barriers += [] if script else inspector.barriers(she)

    reader = window(width=1280, height=900, language="en-US")
    reader.opens(f"/staff/login?next=/desk/intake/{call.intake_id}")
    reader.page.get_by_label("Correo").or_(reader.page.get_by_label("Email")).first.fill(attorney.email)
    reader.page.locator("input[type=password]").fill(PASSWORD)
    reader.page.locator("main button").first.click()
    reader.reads("IOE0123456789")
    reader.reads("Eva")
    reader.page.goto(f"{reader.address}/desk/intake/{call.intake_id}/files")
    expect(reader.page.locator("img.copy")).to_have_js_property("naturalWidth", 320)
    barriers += inspector.barriers(reader)
    reader.page.locator("a[href^='/desk/file/']:not(:has(img))").click()
    reader.page.locator("#reason").select_option("prepare_call")
    reader.page.locator("#password").fill(PASSWORD)
    reader.page.locator("[name=unscanned]").check()
    with reader.page.expect_download() as saved:
        reader.page.locator("main button").click()
    assert saved.value.suggested_filename.endswith("-photos-1.jpg")
    assert Path(saved.value.path()).read_bytes() == a_photo()
    assert barriers == []
