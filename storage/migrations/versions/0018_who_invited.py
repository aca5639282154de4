"""Who made an invitation at the server."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Invitations name their operator; of those that are there nobody knows."""
    # SQLite would write the added column into the last line of the table as it describes itself.
    recreate: Literal["always", "auto"] = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    with op.batch_alter_table("invitations", recreate=recreate, table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("operator", sa.Text(), nullable=True))
