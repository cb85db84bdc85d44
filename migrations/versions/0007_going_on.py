"""Going on in another browser, and a helper's list"""

import sqlalchemy as sa
from alembic import op

from scheduler.models.database import UtcDateTime

revision: str = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    op.create_table(
        "resumption",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("asked", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resumption")),
        sa.UniqueConstraint("sha256", name=op.f("uq_resumption_sha256")),
    )
    op.create_index(op.f("ix_resumption_expires_at"), "resumption", ["expires_at"])
    op.add_column("intake", sa.Column("helper_hash", sa.LargeBinary(), nullable=True))
    op.create_index(op.f("ix_intake_helper_hash"), "intake", ["helper_hash"])


def downgrade() -> None:
    op.drop_index(op.f("ix_intake_helper_hash"), "intake")
    with op.batch_alter_table("intake") as batch:
        batch.drop_column("helper_hash")
    op.drop_table("resumption")
