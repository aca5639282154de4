"""The name of who acts at the server."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Events and answers name the operator, where one was at work at the server."""
    # SQLite would write added columns into the last line of the table as it describes itself.
    recreate: Literal["always", "auto"] = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    for name, numbered in (("audit", True), ("answers", False)):
        with op.batch_alter_table(name, recreate=recreate, table_kwargs={"sqlite_autoincrement": numbered}) as batch:
            batch.add_column(sa.Column("operator", sa.Text(), nullable=True))
