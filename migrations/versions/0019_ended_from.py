"""how an intake ended is taken back within a day: it is known what it was before"""

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"


def upgrade() -> None:
    with op.batch_alter_table("intake") as intake:
        intake.add_column(sa.Column("ended_from", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("intake") as intake:
        intake.drop_column("ended_from")
