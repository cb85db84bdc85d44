"""what was said after a call that took place: the letter she is given, what is done next and by whom"""

import sqlalchemy as sa
from alembic import op

from scheduler.models.database import UtcDateTime

revision: str = "0020"
down_revision: str | None = "0019"


def upgrade() -> None:
    op.create_table(
        "after_call",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("dates_checked", sa.Boolean(), nullable=False),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("step_by", sa.Uuid(), nullable=True),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("given_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_after_call_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["intake_id"], ["intake.id"], name=op.f("fk_after_call_intake_id_intake")),
        sa.ForeignKeyConstraint(["step_by"], ["staff.id"], name=op.f("fk_after_call_step_by_staff")),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_after_call")),
    )
    op.create_index(op.f("ix_after_call_intake_id"), "after_call", ["intake_id"])


def downgrade() -> None:
    op.drop_table("after_call")
