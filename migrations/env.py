"""Alembic's entry: the app's engine and the models' metadata, one history for SQLite and PostgreSQL."""

from alembic import context
from flask import current_app

from scheduler.models.database import WRITING, db


def run() -> None:
    """Bring the database to a revision, in one transaction a revision."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
