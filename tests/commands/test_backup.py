"""A backup brings everything back into an empty database, and nothing that was purged."""

from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from scheduler.casework import audit, cases
from scheduler.casework.delivery import deliver_one
from scheduler.casework.documents import open_answers
from scheduler.casework.keyring import KeyGone
from scheduler.casework.withdrawing import Withdraw, withdraw
from scheduler.models import Consultation, Intake, Outbox, db
from tests.builders.backups import Houses, everything, made, parts_of, restored, unpacked
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm, again
from tests.builders.staff import a_login, who_is
from tests.conftest import on_both

MONDAY = "2026-11-30T17:00"


def send_all(app: Flask) -> None:
    while deliver_one(parts_of(app)):
        pass


def sent() -> list[str]:
    """The kinds of the letters that have left, in order."""
    db.session.rollback()
    return [
        row.kind for row in db.session.query(Outbox).filter_by(state="sent").order_by(Outbox.settled_at, Outbox.kind)
    ]


def deleted(app: Flask, intake_id: UUID) -> None:
    """She asks the desk to delete everything."""
    withdraw(parts_of(app), who_is(a_login(app, "receptionist")), Withdraw(intake_id, delete=True))


@on_both
def test_everything_comes_back_as_it_was_and_the_chain_holds(
    app: Flask, houses: Houses, tmp_path: Path, booked: Consultation
) -> None:
    uploads = houses.settings.data / "uploads" / str(booked.intake_id)
    uploads.mkdir(parents=True)
    (uploads / "one.bin").write_bytes(b"sealed")
    before, file = everything(), made(app, tmp_path)
    (uploads / "one.bin").unlink()

    with houses.another() as house:
        said = restored(house, file)

        assert said.code == 0, said.text
        assert everything() == before
        assert open_answers(parts_of(house), again(Intake, booked.intake_id))["given_names"] == "Rosa Elena"
        assert audit.verify(parts_of(house)) > 0
        assert (uploads / "one.bin").read_bytes() == b"sealed"


@on_both
def test_what_is_purged_after_the_backup_stays_purged(
    app: Flask, houses: Houses, tmp_path: Path, booked: Consultation
) -> None:
    uploads = houses.settings.data / "uploads" / str(booked.intake_id)
    uploads.mkdir(parents=True)
    (uploads / "one.bin").write_bytes(b"sealed")
    file, keys = made(app, tmp_path), made(app, tmp_path, keys=True)
    deleted(app, booked.intake_id)
    (uploads / "one.bin").unlink(missing_ok=True)

    with houses.another() as house:
        said = [restored(house, keys, "--keys"), restored(house, file)]

        assert [one.code for one in said] == [1, 0]
        assert "1 intakes were purged after the backup and stay purged" in said[1].text
        intake = again(Intake, booked.intake_id)
        assert (intake.state, intake.contact, intake.confidential) == ("purged", None, None)
        with pytest.raises(KeyGone):
            open_answers(parts_of(house), intake)
        with pytest.raises(cases.NotThere):
            cases.open_case(parts_of(house), who_is(a_login(house, "attorney")), intake.id)
        assert not (uploads / "one.bin").exists()


@on_both
def test_without_the_ledger_and_with_old_keys_by_hand_it_would_open_so_the_check_above_has_power(
    app: Flask, houses: Houses, tmp_path: Path, booked: Consultation
) -> None:
    file, keys = made(app, tmp_path), made(app, tmp_path, keys=True)
    deleted(app, booked.intake_id)
    ring = parts_of(app).keyring
    ring.ledger.path.unlink()
    unpacked(keys, ring)

    with houses.another() as house:
        restored(house, file)

        assert open_answers(parts_of(house), again(Intake, booked.intake_id))["given_names"] == "Rosa Elena"


@on_both
def test_old_keys_put_back_by_hand_beside_the_ledger_open_nothing(
    app: Flask, houses: Houses, tmp_path: Path, booked: Consultation
) -> None:
    file, keys = made(app, tmp_path), made(app, tmp_path, keys=True)
    deleted(app, booked.intake_id)
    unpacked(keys, parts_of(app).keyring)

    with houses.another() as house:
        restored(house, file)

        with pytest.raises(KeyGone):
            open_answers(parts_of(house), again(Intake, booked.intake_id))


@on_both
def test_a_house_that_burned_down_comes_back_from_both_backups(
    app: Flask, houses: Houses, tmp_path: Path, booked: Consultation
) -> None:
    file, keys = made(app, tmp_path), made(app, tmp_path, keys=True)

    with houses.elsewhere() as house:
        said = [restored(house, keys, "--keys"), restored(house, file)]

        assert [one.code for one in said] == [0, 0], said
        assert open_answers(parts_of(house), again(Intake, booked.intake_id))["given_names"] == "Rosa Elena"
        assert audit.verify(parts_of(house)) > 0


def test_what_was_purged_before_the_keys_were_copied_stays_purged_elsewhere_too(
    app: Flask, houses: Houses, tmp_path: Path, booked: Consultation
) -> None:
    file = made(app, tmp_path)
    deleted(app, booked.intake_id)
    keys = made(app, tmp_path, keys=True)

    with houses.elsewhere() as house:
        said = [restored(house, keys, "--keys"), restored(house, file)]

        assert [one.code for one in said] == [0, 0], said
        assert again(Intake, booked.intake_id).state == "purged"


@pytest.mark.parametrize(("of", "to"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_a_backup_of_one_database_goes_into_the_other(
    app: Flask, houses: Houses, tmp_path: Path, of: str, to: str
) -> None:
    with houses.another(of) as old:
        a_firm(old).with_attorney("Ana")
        call = a_booking(old, MONDAY)
        before, file = everything(), made(old, tmp_path)

    with houses.another(to) as new:
        said = restored(new, file)

        assert said.code == 0, said.text
        assert everything() == before
        assert audit.verify(parts_of(new)) > 0
        assert again(Consultation, call.id).state == call.state


def test_after_a_replayed_purge_the_client_hears_nothing(
    app: Flask, houses: Houses, tmp_path: Path, booked: Consultation
) -> None:
    intake_id = booked.intake_id
    send_all(app)
    before, file = sent(), made(app, tmp_path)
    deleted(app, intake_id)

    with houses.another() as house:
        restored(house, file)
        send_all(house)

        assert sent() == sorted([*before, "cancellation"])
        assert not db.session.query(Outbox).filter_by(reader="client", state="waiting").count()


def test_a_backup_without_its_keys_says_how_many_cannot_be_opened(
    app: Flask, houses: Houses, tmp_path: Path, booked: Consultation
) -> None:
    file = made(app, tmp_path)

    with houses.elsewhere() as house:
        assert "1 cannot be opened: their keys are not here" in restored(house, file).text
