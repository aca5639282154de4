"""Which versions of the program may work on these tables beside the one that made them."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
compatible_with = "0040"


def upgrade() -> None:
    """Its row is written behind every upgrade (`storage.schema`)."""
    op.create_table(
        "schema_serves",
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("oldest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_schema_serves")),
    )
