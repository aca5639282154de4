"""The key of an update is a text, and an update may wait for its files to be fetched."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
compatible_with = "0042"


def upgrade() -> None:
    """What came before, and what the version before writes beside this one, is known by its number, which is the text
    of the key: nothing is moved.
    """
    # SQLite would write added columns into the last line of the table as it describes itself.
    recreate: Literal["always", "auto"] = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    with op.batch_alter_table("inbox", recreate=recreate) as batch:
        batch.add_column(sa.Column("event", sa.Text(), nullable=True))
        batch.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True))
        for name in ("attempts", "leases_lost"):
            batch.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.create_index("ix_inbox_event", "inbox", ["channel", "account", "event"], unique=True)
