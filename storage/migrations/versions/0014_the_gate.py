"""Updates that wait to be handled, and letters to strangers."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Nothing that is there waits, and the letters to strangers that are there leave among the replies."""
    with op.batch_alter_table("inbox") as batch_op:
        batch_op.drop_constraint("state", type_="check")
        batch_op.create_check_constraint("state", "state IN ('waiting', 'done', 'failed')")
    op.create_index(
        "ix_inbox_open",
        "inbox",
        ["channel", "account", "state", "update_id"],
        sqlite_where=sa.text("state <> 'done'"),
        postgresql_where=sa.text("state <> 'done'"),
    )
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint("priority", type_="check")
        batch_op.create_check_constraint("priority", "priority BETWEEN 0 AND 4")
