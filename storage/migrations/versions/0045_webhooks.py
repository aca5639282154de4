"""Where a platform was told to bring updates, and how that goes."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
compatible_with = "0042"


def upgrade() -> None:
    """Whoever sees to the webhook notes it, so that it is known as ours when updates are polled again."""
    op.create_table(
        "webhooks",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pending", sa.BigInteger(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "account", name=op.f("pk_webhooks")),
    )
