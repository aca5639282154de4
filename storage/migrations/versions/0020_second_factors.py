"""Second factors, their recovery codes, and by what a receipt was vouched for."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two tables, empty; receipts from before were vouched for by a chat account, and say nothing of it."""
    op.create_table(
        "factors",
        sa.Column("person", _id(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pending", sa.LargeBinary(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("pauses", sa.Integer(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by", sa.JSON(), nullable=True),
        sa.Column("held", sa.JSON(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(secret IS NULL) = (enrolled_at IS NULL)", name=op.f("ck_factors_enrolled")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_factors_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_factors")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", _id(), nullable=False),
        sa.Column("person", _id(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_recovery_codes_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_codes_code_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_recovery_codes_person"), "recovery_codes", ["person"])
    # SQLite would write an added column into the last line of the table as it describes itself.
    recreate: Literal["always", "auto"] = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    with op.batch_alter_table("receipts", recreate=recreate) as receipts:
        receipts.add_column(sa.Column("assurance", sa.Text(), nullable=True))
        receipts.create_check_constraint(op.f("ck_receipts_assurance"), "assurance IN ('account', 'factor', 'server')")
