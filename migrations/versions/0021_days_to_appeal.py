"""within how many days she appeals: two numbers that age, in place of the list that named them"""

from uuid import UUID, uuid5

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"

FACTS = UUID("6c1a2f0e-53cf-4a4e-9f6e-3a1c0f7d1d11")
FACT = sa.table(
    "fact",
    sa.column("id", sa.Uuid()),
    sa.column("kind", sa.String()),
    sa.column("code", sa.String()),
    sa.column("words", sa.JSON()),
    sa.column("value", sa.JSON()),
)
DAYS = (
    ("appeal_days_planning", "Appeal: days to plan with", "Apelación: días con que planear", "10"),
    ("appeal_days_rule", "Appeal: days by the rule", "Apelación: días según la regla", "30"),
)
LIST = {
    "en": "Appeal windows: plan for 10 days, the rule says 30",
    "es": "Plazos de apelación: planear con 10 días, la regla dice 30",
}


def _row(kind: str, code: str, words: dict[str, str], value: dict[str, str]) -> dict[str, object]:
    return {"id": uuid5(FACTS, f"{kind}/{code}"), "kind": kind, "code": code, "words": words, "value": value}


def upgrade() -> None:
    op.execute(FACT.delete().where(FACT.c.kind == "list", FACT.c.code == "appeals"))
    op.bulk_insert(FACT, [_row("days", code, {"en": en, "es": es}, {"days": days}) for code, en, es, days in DAYS])


def downgrade() -> None:
    op.execute(FACT.delete().where(FACT.c.kind == "days"))
    op.bulk_insert(FACT, [_row("list", "appeals", LIST, {})])
