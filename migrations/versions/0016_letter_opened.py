"""when she opened the letter that says that the firm does not take her matter"""

import sqlalchemy as sa
from alembic import op

from scheduler.models.database import UtcDateTime

revision: str = "0016"
down_revision: str | None = "0015"


def upgrade() -> None:
    op.add_column("intake", sa.Column("letter_opened_at", UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("intake", "letter_opened_at")
