"""When a duty was first handed in, and on which day its deed was."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """What was handed in before was first handed in with its first receipt. A process notes the day of a deed at its
    first tick: the pack says which answer tells it.
    """
    recreate: Literal["always", "auto"] = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    with op.batch_alter_table("duties", recreate=recreate, table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("first_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("done_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("done_by", sa.Date(), nullable=True))
    op.execute(
        "UPDATE duties SET first_at = COALESCE("
        "(SELECT MIN(receipts.at) FROM receipts WHERE receipts.duty = duties.id), answered_at) "
        "WHERE answered_at IS NOT NULL"
    )
