"""How often people are reminded."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """What was sent before is not counted: a letter does not know its day of the campaign."""
    op.create_table(
        "burden",
        sa.Column("person", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_burden_person")),
        sa.PrimaryKeyConstraint("person", "day", name=op.f("pk_burden")),
    )
