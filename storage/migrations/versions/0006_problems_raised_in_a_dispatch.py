"""Problems that a dispatch raises, and what becomes of them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """What was raised before is not asked about: nobody said that it would be."""
    op.create_table(
        "problems",
        sa.Column("id", _id(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("duty", _id(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_in", _id(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", _id(), nullable=True),
        sa.Column("coordinated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("coordinated_by", _id(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'needed', 'coordinated', 'solved', 'withdrawn')", name=op.f("ck_problems_state")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_problems_answered_by")),
        sa.ForeignKeyConstraint(["asked_in"], ["duties.id"], name=op.f("fk_problems_asked_in")),
        sa.ForeignKeyConstraint(["coordinated_by"], ["people.id"], name=op.f("fk_problems_coordinated_by")),
        sa.ForeignKeyConstraint(["duty"], ["duties.id"], name=op.f("fk_problems_duty")),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprises.code"], name=op.f("fk_problems_enterprise")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
        sa.UniqueConstraint("duty", name=op.f("uq_problems_duty")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_problems_enterprise"), "problems", ["enterprise"])
