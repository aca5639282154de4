"""A code that the standard calls wrong is taken as it stands on the licence, and marked."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Enterprises get the mark; of those that are there none has it, since their codes were all sound."""
    # SQLite would write the added column into the last line of the table as it describes itself.
    recreate: Literal["always", "auto"] = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    with op.batch_alter_table("enterprises", recreate=recreate) as batch:
        batch.add_column(sa.Column("as_on_licence", sa.Boolean(), nullable=False, server_default=sa.text("false")))
