"""calendars that others keep, and when their owners are busy"""

import sqlalchemy as sa
from alembic import op

from scheduler.models.database import UtcDateTime

revision: str = "0012"
down_revision: str | None = "0011"


def upgrade() -> None:
    op.create_table(
        "calendar",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("mark", sa.String(), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("read_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("whole_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("good_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("good_until", UtcDateTime(timezone=True), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('ics', 'caldav')", name=op.f("ck_calendar_kind")),
        sa.ForeignKeyConstraint(["person"], ["person.number"], name=op.f("fk_calendar_person_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar")),
    )
    op.create_index(op.f("ix_calendar_person"), "calendar", ["person"])
    op.create_table(
        "busy",
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("b0", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("b1", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.CheckConstraint("b1 > b0", name=op.f("ck_busy_length")),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["calendar.id"], name=op.f("fk_busy_calendar_id_calendar"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person"], ["person.number"], name=op.f("fk_busy_person_person")),
        sa.PrimaryKeyConstraint("calendar_id", "b0", name=op.f("pk_busy")),
    )
    op.create_index("ix_busy_person_b0", "busy", ["person", "b0"])


def downgrade() -> None:
    op.drop_table("busy")
    op.drop_table("calendar")
