"""Conversations that are let go, without their answers."""

from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Nothing that is there is discarded."""
    with op.batch_alter_table("conversations", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_constraint("state", type_="check")
        table.create_check_constraint("state", "state IN ('front', 'waiting', 'aside', 'finished', 'discarded')")
