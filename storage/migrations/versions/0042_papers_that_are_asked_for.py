"""Papers that are asked for, as rows: a process that ends takes none with it."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
compatible_with = "0041"


def upgrade() -> None:
    """Nothing waits: what was asked for before was in the memory of the process that was to draw it."""
    op.create_table(
        "paper_orders",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("readers", sa.JSON(), nullable=False),
        sa.Column("person", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("operator", sa.Text(), nullable=True),
        sa.Column("likeness", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asks", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leases_lost", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('ready', 'leased', 'sent', 'failed', 'rejected')", name=op.f("ck_paper_orders_state")
        ),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_paper_orders_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_orders")),
        sqlite_autoincrement=True,
    )
    waits = sa.text("state IN ('ready', 'leased')")
    op.create_index(
        "ix_paper_orders_waiting", "paper_orders", ["likeness"], unique=True, sqlite_where=waits, postgresql_where=waits
    )
    op.create_index("ix_paper_orders_person", "paper_orders", ["person", "id"])
