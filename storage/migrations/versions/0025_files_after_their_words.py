"""Files leave after the words that they go with, as letters of their own; and it is known who sent a file in."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """What has not left yet is taken apart; what has left stays as it was sent."""
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("follows", _id(), nullable=True))
        batch.create_foreign_key(op.f("fk_outbox_follows"), "outbox", ["follows"], ["id"], ondelete="CASCADE")
    where = sa.text("follows IS NOT NULL")
    op.create_index("ix_outbox_follows", "outbox", ["follows"], sqlite_where=where, postgresql_where=where)
    with op.batch_alter_table("files") as batch:
        batch.add_column(sa.Column("sent_by", _id(), nullable=True))
        batch.create_foreign_key(op.f("fk_files_sent_by"), "people", ["sent_by"], ["id"])
    conn = op.get_bind()
    outbox = sa.Table("outbox", sa.MetaData(), autoload_with=conn)
    waiting = sa.select(outbox).where(outbox.c.state.in_(("ready", "leased"))).order_by(outbox.c.id)
    for letter in conn.execute(waiting).mappings().all():
        body: dict[str, Any] = letter["body"] if isinstance(letter["body"], dict) else json.loads(letter["body"])
        files = body.get("files", [])
        if not files:
            continue
        words = sa.update(outbox).where(outbox.c.id == letter["id"])
        conn.execute(words.values(body={**body, "files": []}))
        for number, file in enumerate(files, 1):
            alone = {"text": "", "buttons": [], "files": [file], "card": None}
            row = {name: value for name, value in letter.items() if name != "id"}
            row |= {"dedupe": f"{letter['dedupe']}/file/{number}", "body": alone, "card": None}
            row |= {"follows": letter["id"], "state": "ready", "attempts": 0, "lease_until": None, "error": None}
            conn.execute(sa.insert(outbox).values(**row))
