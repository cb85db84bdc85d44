"""paralegals, and what is said of a person's gender"""

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"


def upgrade() -> None:
    op.add_column("person", sa.Column("is_paralegal", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("person", sa.Column("gender", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("person", "gender")
    op.drop_column("person", "is_paralegal")
