"""Alembic's entry: runs migrations on the connection that `storage.migrate` hands in."""

from alembic import context

from storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite too: our connections begin their transactions themselves
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
