"""A large photo goes as a smaller copy where she wants it so; her attorney is told, and so is she."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import select

from scheduler.casework.parts import Parts
from scheduler.engine.file_kinds import MEGABYTE
from scheduler.engine.states import IntakeState
from scheduler.models import Upload, db
from tests.builders.browser import a_booking, own_page
from tests.casework.sending import opened
from tests.journeys.pages import proves_who_she_is
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

OFFER = "Enviar las fotos grandes como copias más pequeñas: más rápido con poca señal"
WAITS = 60_000


@pytest.fixture
def photos(tmp_path: Path) -> tuple[Path, Path]:
    """A large one, whose bytes do not pack, and a small one."""
    large, small = tmp_path / "large.jpg", tmp_path / "small.jpg"
    Image.effect_noise((3000, 2400), 90).convert("RGB").save(large, "JPEG", quality=98)
    Image.new("RGB", (300, 200), "red").save(small, "JPEG")
    return large, small


@pytest.fixture
def she(app: Flask, window: Callable[..., Reader]) -> Reader:
    own = own_page(app, a_booking(app, "2026-11-27T17:00", state=IntakeState.CLEARED))
    reader = window()
    reader.opens(own)
    proves_who_she_is(reader)
    reader.opens(f"{own}/files")
    return reader


def chooses(she: Reader, *files: Path) -> None:
    she.page.get_by_label("Elija fotos, PDF o grabaciones").set_input_files(files)


def sends(she: Reader, said: str) -> None:
    she.presses("Enviar")
    expect(she.page.locator("body")).to_contain_text(said, timeout=WAITS)


def kept(parts: Parts) -> list[bytes]:
    db.session.rollback()
    return [opened(parts, row) for row in db.session.scalars(select(Upload).order_by(Upload.number))]


def size_of(photo: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(photo)) as image:
        return image.size


def test_a_large_photo_goes_as_a_copy_and_a_small_one_as_it_is(
    she: Reader, parts: Parts, photos: tuple[Path, Path]
) -> None:
    chooses(she, *photos)
    she.page.get_by_label(OFFER).check()

    sends(she, "Guardados: 2.")

    she.reads("Copias más pequeñas: 1. ¿Enviar después en calidad completa?")
    copy, small = kept(parts)
    assert photos[0].stat().st_size > 4 * MEGABYTE > len(copy)
    assert (size_of(copy), small) == ((2000, 1600), photos[1].read_bytes())


def test_who_does_not_want_it_sends_the_photo_itself(she: Reader, parts: Parts, photos: tuple[Path, Path]) -> None:
    chooses(she, photos[1])
    expect(she.page.get_by_label(OFFER)).to_be_hidden()
    chooses(she, photos[0])
    expect(she.page.get_by_label(OFFER)).to_be_visible()

    sends(she, "Guardados: 1.")

    assert kept(parts) == [photos[0].read_bytes()]
