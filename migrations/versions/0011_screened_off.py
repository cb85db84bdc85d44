"""who may not hear an intake; whoever else of ours is on a call"""

from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"

SEATS = ("relay", "second")


def upgrade() -> None:
    op.execute("ALTER TABLE intake ADD COLUMN screened_off JSON DEFAULT '[]' NOT NULL")
    for seat in SEATS:
        name = f"fk_consultation_{seat}_person"
        op.execute(f"ALTER TABLE consultation ADD COLUMN {seat} INTEGER CONSTRAINT {name} REFERENCES person (number)")
        op.create_index(op.f(f"ix_consultation_{seat}"), "consultation", [seat])


def downgrade() -> None:
    for seat in SEATS:
        op.drop_index(op.f(f"ix_consultation_{seat}"), "consultation")
        op.drop_column("consultation", seat)
    op.drop_column("intake", "screened_off")
