"""A backup that cannot be used is refused in one line, and nothing is touched."""

import secrets
from pathlib import Path

import pytest
from flask import Flask

from config import MasterKey
from scheduler.casework.parts import Parts
from scheduler.models import Consultation, Intake, db
from tests.builders.backups import Houses, everything, made, parts_of, restored, unpacked
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm
from tests.commands.typing import typed

MONDAY = "2026-11-30T17:00"
NEWER = MasterKey("t2", secrets.token_bytes(32))


def test_a_backup_goes_into_an_empty_database_only(app: Flask, tmp_path: Path, booked: Consultation) -> None:
    before, file = everything(), made(app, tmp_path)

    said = restored(app, file)

    assert (said.code, "not empty" in said.text) == (1, True)
    assert everything() == before


@pytest.mark.parametrize("keys", [False, True])
def test_a_backup_that_was_cut_off_is_refused_and_touches_nothing(
    app: Flask, houses: Houses, tmp_path: Path, booked: Consultation, *, keys: bool
) -> None:
    file = made(app, tmp_path, keys=keys)
    file.write_bytes(file.read_bytes()[:-50])
    words = ["--keys"] if keys else []

    with houses.elsewhere() as house:
        said = [restored(house, file, *words), restored(house, file, "--check", *words)]

        assert [(one.code, "cut off" in one.text) for one in said] == [(1, True)] * 2
        assert not db.session.query(Intake).count()
        assert not parts_of(house).keyring.names()


@pytest.mark.parametrize("keys", [False, True])
def test_the_wrong_key_is_said_in_one_line(
    app: Flask, houses: Houses, tmp_path: Path, booked: Consultation, *, keys: bool
) -> None:
    file = made(app, tmp_path, keys=keys)

    with houses.elsewhere(keys=(NEWER,)) as house:
        said = restored(house, file, *(["--keys"] if keys else []))

        assert (said.code, said.text) == (1, "Error: CITA_KEYS does not hold the key of this backup.\n")


def test_to_check_reads_everything_and_changes_nothing(
    app: Flask, houses: Houses, tmp_path: Path, booked: Consultation
) -> None:
    file, keys = made(app, tmp_path), made(app, tmp_path, keys=True)

    with houses.elsewhere() as house:
        said = [restored(house, file, "--check"), restored(house, keys, "--check", "--keys")]

        assert [(one.code, one.text.startswith("All is there")) for one in said] == [(0, True)] * 2
        assert not db.session.query(Intake).count()
        assert not parts_of(house).keyring.names()


def test_keys_of_another_house_do_not_mix_with_ours(
    app: Flask, houses: Houses, tmp_path: Path, booked: Consultation
) -> None:
    keys = made(app, tmp_path, keys=True)

    with houses.elsewhere() as house:
        a_firm(house).with_attorney("Ana")
        a_booking(house, MONDAY)
        before = parts_of(house).keyring.names()
        said = restored(house, keys, "--keys")

        assert (said.code, "other keys" in said.text, parts_of(house).keyring.names()) == (1, True, before)


def test_the_backup_holds_no_key_and_no_file_is_overwritten(
    app: Flask, parts: Parts, tmp_path: Path, booked: Consultation
) -> None:
    file = made(app, tmp_path)
    before = file.read_bytes()

    said = typed(app, "backup", str(file))

    assert (said.code, file.read_bytes() == before) == (1, True)
    assert unpacked(file, parts.keyring) == 0
