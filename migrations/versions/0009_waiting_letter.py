"""the letter that outlives what it answers"""

import sqlalchemy as sa
from alembic import op

from scheduler.models.database import UtcDateTime

revision: str = "0009"
down_revision: str | None = "0008"


def upgrade() -> None:
    op.create_table(
        "waiting_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("short_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("birth", sa.LargeBinary(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("deleted_on", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tries_since", UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_letter")),
        sa.UniqueConstraint("sha256", name=op.f("uq_waiting_letter_sha256")),
        sa.UniqueConstraint("short_sha256", name=op.f("uq_waiting_letter_short_sha256")),
    )


def downgrade() -> None:
    op.drop_table("waiting_letter")
