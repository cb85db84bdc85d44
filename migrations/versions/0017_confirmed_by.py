"""which attorney has confirmed that somebody may be heard"""

import sqlalchemy as sa
from alembic import op

from scheduler.models.database import UtcDateTime

revision: str = "0017"
down_revision: str | None = "0016"


def upgrade() -> None:
    op.create_table(
        "conflict_confirmation",
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["confirmed_by"], ["staff.id"], name=op.f("fk_conflict_confirmation_confirmed_by_staff")),
        sa.ForeignKeyConstraint(["intake_id"], ["intake.id"], name=op.f("fk_conflict_confirmation_intake_id_intake")),
        sa.PrimaryKeyConstraint("intake_id", name=op.f("pk_conflict_confirmation")),
    )


def downgrade() -> None:
    op.drop_table("conflict_confirmation")
