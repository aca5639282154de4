"""How often somebody was refused, and how far the audit log was told to a collector of logs."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """A table, empty, and how far the log was told: not at all."""
    op.create_table(
        "denials",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("person", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("event", "person", "hour", name=op.f("pk_denials")),
    )
    # SQLite would write added columns into the last line of the table as it describes itself.
    recreate: Literal["always", "auto"] = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    with op.batch_alter_table("audit_head", recreate=recreate) as batch:
        batch.add_column(sa.Column("told", sa.BigInteger(), nullable=True))
