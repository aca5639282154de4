"""Each named inspector signs a spot check alone: when, how, on whose phone."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Checks that were entered before stay what they are: signed for, by whoever entered them, when they did."""
    recreate: Literal["always", "auto"] = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    with op.batch_alter_table("check_inspectors", recreate=recreate) as batch:
        batch.add_column(sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("how", sa.Text(), nullable=True))
        batch.add_column(sa.Column("signed_by", _id(), nullable=True))
        batch.add_column(sa.Column("objection", sa.Text(), nullable=True))
        batch.add_column(sa.Column("code", sa.Text(), nullable=True))
        batch.add_column(sa.Column("code_by", _id(), nullable=True))
        batch.add_column(sa.Column("code_until", sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(op.f("fk_check_inspectors_signed_by"), "people", ["signed_by"], ["id"])
        batch.create_foreign_key(op.f("fk_check_inspectors_code_by"), "people", ["code_by"], ["id"])
        batch.create_check_constraint(op.f("ck_check_inspectors_how"), "how IN ('own', 'code', 'entered')")
        batch.create_check_constraint(op.f("ck_check_inspectors_signed"), "(signed_at IS NULL) = (how IS NULL)")
        batch.create_check_constraint(op.f("ck_check_inspectors_code"), "(code IS NULL) = (code_until IS NULL)")
    op.execute(
        """
        UPDATE check_inspectors SET
            how = 'entered',
            signed_at = (SELECT recorded_at FROM checks WHERE checks.id = check_inspectors."check"),
            signed_by = (SELECT recorded_by FROM checks WHERE checks.id = check_inspectors."check")
        """
    )
