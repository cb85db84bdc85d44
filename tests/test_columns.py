"""The schema keeps to the list of columns in docs/security.md."""

import re
from pathlib import Path

from sqlalchemy import Column, LargeBinary, MetaData, String

from scheduler.models import Base

LIST = Path(__file__).resolve().parent.parent / "docs" / "security.md"
ROW = re.compile(r"\| ([a-z0-9_]+) \| (clear|sealed|hash) \| \S.* \|")


def listed(text: str) -> dict[str, str]:
    """`table.column` to its kind, as the document says."""
    kinds: dict[str, str] = {}
    table = ""
    for line in text.splitlines():
        table = line.removeprefix("### ").strip() if line.startswith("### ") else table
        if row := ROW.fullmatch(line):
            kinds[f"{table}.{row.group(1)}"] = row.group(2)
    return kinds


def columns(schema: MetaData) -> dict[str, bool]:
    """`table.column` to whether it holds bytes."""
    everything = [column for table in schema.tables.values() for column in table.columns]
    return {f"{column.table.name}.{column.name}": isinstance(column.type, LargeBinary) for column in everything}


def test_every_column_says_whether_it_is_clear_sealed_or_a_hash() -> None:
    assert listed(LIST.read_text()).keys() == columns(Base.metadata).keys()


def test_sealed_columns_hold_bytes_and_clear_ones_do_not() -> None:
    holds_bytes, kinds = columns(Base.metadata), listed(LIST.read_text())
    texts = {"staff.password_hash"}

    wrong = [name for name, kind in kinds.items() if (kind != "clear") != holds_bytes[name] and name not in texts]

    assert wrong == []


def test_a_column_that_nobody_listed_is_noticed() -> None:
    schema = MetaData()
    for table in Base.metadata.tables.values():
        table.to_metadata(schema)
    schema.tables["intake"].append_column(Column("mother_s_name", String))

    assert columns(schema).keys() - listed(LIST.read_text()).keys() == {"intake.mother_s_name"}
