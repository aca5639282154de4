"""An invitation names who made it in the chat, and in whose place it puts somebody."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Those from before were made at the server, and put nobody in another's place."""
    id_ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("invitations", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("made_by", id_, nullable=True))
        table.add_column(sa.Column("replaces", id_, nullable=True))
        table.create_foreign_key(op.f("fk_invitations_made_by"), "people", ["made_by"], ["id"])
        table.create_foreign_key(op.f("fk_invitations_replaces"), "memberships", ["replaces"], ["id"])
