"""The guard: no two active blocks of one person overlap"""

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"

SQLITE = """
CREATE TRIGGER block_no_overlap_{event} BEFORE {when} ON block WHEN NEW.active
BEGIN
    SELECT RAISE(ABORT, 'block_no_overlap')
    WHERE (
        SELECT b1 FROM block
        WHERE person = NEW.person AND active AND b0 < NEW.b1 {other}
        ORDER BY b0 DESC LIMIT 1
    ) > NEW.b0;
END
"""
# One number line for all people: each has 2^32 minutes of it, more than eight thousand years.
POSTGRESQL = """
ALTER TABLE block ADD CONSTRAINT block_no_overlap EXCLUDE USING gist (
    int8range(person::int8 * 4294967296 + b0, person::int8 * 4294967296 + b1) WITH &&
) WHERE (active)
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL)
        return
    op.execute(SQLITE.format(event="insert", when="INSERT", other=""))
    op.execute(
        SQLITE.format(event="update", when="UPDATE OF person, b0, b1, active", other="AND id != NEW.id")
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE block DROP CONSTRAINT block_no_overlap")
        return
    op.execute("DROP TRIGGER block_no_overlap_insert")
    op.execute("DROP TRIGGER block_no_overlap_update")
