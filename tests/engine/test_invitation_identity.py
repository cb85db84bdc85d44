import re
from uuid import UUID, uuid4

from scheduler.engine.invitation.identity import message_id, new_uid

ROW = UUID("0b8f3f0e-52a1-4c8e-9d13-1f6f2a1c7d55")


def test_a_uid_is_128_random_bits_at_the_neutral_domain() -> None:
    assert re.fullmatch(r"[0-9a-f]{32}@neutral\.example", new_uid("neutral.example"))


def test_no_two_uids_are_alike() -> None:
    assert len({new_uid("neutral.example") for _ in range(1000)}) == 1000


def test_a_second_try_carries_the_same_message_id() -> None:
    assert message_id(ROW, "neutral.example") == message_id(UUID(str(ROW)), "neutral.example")


def test_another_row_carries_another_message_id() -> None:
    assert len({message_id(uuid4(), "neutral.example") for _ in range(1000)}) == 1000


def test_a_message_id_has_its_brackets_and_does_not_tell_the_row() -> None:
    written = message_id(ROW, "neutral.example")

    assert re.fullmatch(r"<[0-9a-f]{32}@neutral\.example>", written)
    assert ROW.hex not in written
