"""Telephone numbers of enterprises, encrypted."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """No enterprise from before has a number."""
    op.create_table(
        "telephones",
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("whose IN ('principal', 'officer', 'firm')", name=op.f("ck_telephones_whose")),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprises.code"], name=op.f("fk_telephones_enterprise")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_telephones_by")),
        sa.PrimaryKeyConstraint("enterprise", "whose", name=op.f("pk_telephones")),
    )
