"""What Alembic runs: the migrations, on the connection that `storage.schema` hands over."""

from alembic import context

from storage.permit_tables import permits  # defined after all others

context.configure(
    connection=context.config.attributes["connection"], target_metadata=permits.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
