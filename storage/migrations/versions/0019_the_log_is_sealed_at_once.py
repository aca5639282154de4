"""The audit log is sealed in the transaction of each event."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """The head of the log bears its name and the digest of all rows. Both are made when the bot starts next: a
    migration does not have the key. From then on a log without a head is a broken one, so the head is here before.
    """
    # SQLite would write added columns into the last line of the table as it describes itself.
    recreate: Literal["always", "auto"] = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    with op.batch_alter_table("audit_head", recreate=recreate) as batch:
        batch.add_column(sa.Column("log", sa.Text(), nullable=True))
        batch.add_column(sa.Column("digest", sa.LargeBinary(), nullable=True))
    bind = op.get_bind()
    if bind.execute(sa.text("SELECT count(*) FROM audit_head")).scalar_one() == 0:
        head = sa.table("audit_head", sa.column("id"), sa.column("seq"), sa.column("seal", sa.LargeBinary()))
        bind.execute(head.insert().values(id=1, seq=0, seal=b""))
