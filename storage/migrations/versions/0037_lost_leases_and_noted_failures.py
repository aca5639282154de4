"""Letters that were lost with their process are told from those that were tried; operators take note of failures."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """What waited for its next try holds up its own class no longer than until then: only a chat that is asked to wait
    has an end of it in `lease_until`.
    """
    recreate: Literal["always", "auto"] = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    table = {"sqlite_autoincrement": True}
    with op.batch_alter_table("outbox", recreate=recreate, table_kwargs=table) as batch:
        batch.add_column(sa.Column("leases_lost", sa.Integer(), nullable=False, server_default=sa.text("0")))
        batch.add_column(sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True))
    lost = sa.text("state IN ('ready', 'leased') AND leases_lost >= 3")
    op.create_index("ix_outbox_suspects", "outbox", ["leases_lost"], sqlite_where=lost, postgresql_where=lost)
    with op.batch_alter_table("inbox", recreate=recreate) as batch:
        batch.add_column(sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE outbox SET lease_until = NULL WHERE state = 'ready' AND lease_until IS NOT NULL"
        " AND (error IS NULL OR error NOT LIKE 'throttled until %')"
    )
