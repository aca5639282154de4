"""How long a file is kept, when what is over was swept out, and by which clock the last tick was made."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Files that are there already stay as long as something refers to them."""
    with op.batch_alter_table("files") as batch:
        batch.add_column(sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("own_data_of", _id(), nullable=True))
        batch.create_foreign_key(op.f("fk_files_own_data_of"), "people", ["own_data_of"], ["id"])
        batch.create_index(op.f("ix_files_own_data_of"), ["own_data_of"])
    where = sa.text("expires_at IS NOT NULL")
    op.create_index("ix_files_expires_at", "files", ["expires_at"], sqlite_where=where, postgresql_where=where)
    # SQLite would write added columns into the last line of the table as it describes itself.
    recreate: Literal["always", "auto"] = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    with op.batch_alter_table("clock", recreate=recreate) as batch:
        batch.add_column(sa.Column("swept_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("booted", sa.Text(), nullable=True))
        batch.add_column(sa.Column("ran_seconds", sa.BigInteger(), nullable=True))
