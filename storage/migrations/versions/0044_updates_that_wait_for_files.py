"""An update may wait for its files to be fetched, by any process."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
compatible_with = "0042"


def upgrade() -> None:
    """Nothing waits so yet. The version before takes up what this one leaves for any process as it takes up all that
    waits; whichever is first takes it.
    """
    # SQLite would write added columns into the last line of the table as it describes itself.
    recreate: Literal["always", "auto"] = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    with op.batch_alter_table("inbox", recreate=recreate) as batch:
        batch.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True))
        for name in ("attempts", "leases_lost"):
            batch.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text("0")))
        batch.add_column(sa.Column("undated", sa.Boolean(), nullable=False, server_default=sa.text("false")))
