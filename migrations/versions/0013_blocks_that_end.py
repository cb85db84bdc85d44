"""who holds a time is found without a look at every block"""

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"

ENDING = sa.text("expires_at IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_block_ending", "block", ["active", "person"], sqlite_where=ENDING, postgresql_where=ENDING)


def downgrade() -> None:
    op.drop_index("ix_block_ending", "block")
