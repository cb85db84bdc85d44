"""What stops a purge"""

import sqlalchemy as sa
from alembic import op

from scheduler.models.database import UtcDateTime

revision: str = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("review_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["staff.id"], name=op.f("fk_legal_hold_ended_by_staff")),
        sa.ForeignKeyConstraint(["intake_id"], ["intake.id"], name=op.f("fk_legal_hold_intake_id_intake")),
        sa.ForeignKeyConstraint(["set_by"], ["staff.id"], name=op.f("fk_legal_hold_set_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index("ix_legal_hold_intake_id_ended_at", "legal_hold", ["intake_id", "ended_at"])


def downgrade() -> None:
    op.drop_table("legal_hold")
