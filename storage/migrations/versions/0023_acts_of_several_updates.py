"""What several updates are part of, and the answer that they became."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Updates name their act; of those that came before nobody knows it."""
    # SQLite would write added columns into the last line of the table as it describes itself.
    recreate: Literal["always", "auto"] = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    with op.batch_alter_table("inbox", recreate=recreate) as batch:
        batch.add_column(sa.Column("act", sa.Text(), nullable=True))
        number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
        batch.add_column(sa.Column("conversation", number, nullable=True))
        batch.add_column(sa.Column("question", sa.Text(), nullable=True))
