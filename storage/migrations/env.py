"""What Alembic runs: the migrations, on the connection that `storage.schema` hands over."""

from alembic import context

from storage import check_tables, desk_tables, permit_tables, tables  # noqa: F401  # in the catalogue by being imported
from storage.columns import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
