"""nobody has one calendar twice: by what an address is known from another"""

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"


def upgrade() -> None:
    op.add_column("calendar", sa.Column("known_by", sa.LargeBinary(), nullable=True))
    op.create_index("uq_calendar_person_known_by", "calendar", ["person", "known_by"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_calendar_person_known_by", "calendar")
    op.drop_column("calendar", "known_by")
