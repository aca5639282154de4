"""When a poll and a round last went well, and of what is wrong with the bot its operators were told."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

LAST_ROUND = """
INSERT INTO signs (what, channel, account, at) SELECT 'tick', '', '', looked_at FROM clock WHERE looked_at IS NOT NULL
"""


def upgrade() -> None:
    """The last round of before is known by when it looked at the clock."""
    op.create_table(
        "signs",
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("what IN ('poll', 'tick')", name=op.f("ck_signs_what")),
        sa.PrimaryKeyConstraint("what", "channel", "account", name=op.f("pk_signs")),
    )
    op.create_table(
        "alarms",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_alarms")),
    )
    lost = sa.text("state IN ('rejected', 'failed')")
    columns = ["follows", "id"]
    op.create_index("ix_outbox_lost", "outbox", columns, sqlite_where=lost, postgresql_where=lost)
    op.execute(LAST_ROUND)
