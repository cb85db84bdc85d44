"""Keys are wrapped anew from the terminal."""

import secrets

from flask import Flask

from config import MasterKey
from scheduler.casework.documents import open_answers
from scheduler.models import Consultation, Intake
from tests.builders.backups import Houses, parts_of
from tests.builders.firm import again
from tests.builders.settings import MASTER
from tests.commands.typing import typed
from tests.conftest import on_both

NEWER = MasterKey("t2", secrets.token_bytes(32))


@on_both
def test_keys_are_rotated_while_the_service_goes_on(app: Flask, houses: Houses, booked: Consultation) -> None:
    with houses.another(keys=(NEWER, MASTER)) as both:
        said = typed(both, "keys", "rotate")

    assert (said.code, "wrapped anew by t2" in said.text) == (0, True)
    with houses.another(keys=(NEWER,), database_url=houses.settings.database_url) as only:
        assert open_answers(parts_of(only), again(Intake, booked.intake_id))["given_names"] == "Rosa Elena"


def test_a_rotation_without_the_older_keys_says_what_is_missing(
    app: Flask, houses: Houses, booked: Consultation
) -> None:
    with houses.another(keys=(NEWER, MASTER)) as both:
        parts_of(both).keyring.make("0")
    with houses.another(keys=(NEWER,)) as only:
        said = typed(only, "keys", "rotate")

    assert (said.code, "CITA_KEYS must also hold the older keys" in said.text) == (1, True)
