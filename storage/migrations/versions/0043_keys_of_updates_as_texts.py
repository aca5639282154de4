"""The key of an update is a text."""

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
    op.create_index("ix_inbox_event", "inbox", ["channel", "account", "event"], unique=True)
