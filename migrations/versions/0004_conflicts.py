"""the conflict check: names, lists that are read in, reviews"""

import sqlalchemy as sa
from alembic import op

from scheduler.models.database import UtcDateTime

revision: str = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    with op.batch_alter_table("intake") as intake:
        intake.add_column(sa.Column("conflict_status", sa.String(), nullable=True))
    op.create_table(
        "conflict_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("same", sa.LargeBinary(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["intake_id"], ["intake.id"], name=op.f("fk_conflict_name_intake_id_intake")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_name")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_conflict_name_intake_id")),
        sa.UniqueConstraint("same", name=op.f("uq_conflict_name_same")),
    )
    op.create_table(
        "conflict_hash",
        sa.Column("name_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["name_id"], ["conflict_name.id"], name=op.f("fk_conflict_hash_name_id_conflict_name"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("name_id", "kind", "hash", name=op.f("pk_conflict_hash")),
    )
    op.create_index("ix_conflict_hash_hash", "conflict_hash", ["hash", "kind", "name_id"])
    op.create_table(
        "conflict_review",
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("opened_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_conflict_review_decided_by_staff")),
        sa.ForeignKeyConstraint(["intake_id"], ["intake.id"], name=op.f("fk_conflict_review_intake_id_intake")),
        sa.PrimaryKeyConstraint("intake_id", name=op.f("pk_conflict_review")),
    )
    op.create_index(op.f("ix_conflict_review_due_at"), "conflict_review", ["due_at"])
    op.create_table(
        "conflict_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.Column("columns", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_conflict_list_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_list")),
    )
    op.create_index(op.f("ix_conflict_list_staff_id"), "conflict_list", ["staff_id"])


def downgrade() -> None:
    for table in ("conflict_list", "conflict_review", "conflict_hash", "conflict_name"):
        op.drop_table(table)
    with op.batch_alter_table("intake") as intake:
        intake.drop_column("conflict_status")
