"""What the claim of letters looks for, and the end of the audit chain."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    """Letters are claimed an account at a time; a chain of seals that was cut off at its end shows it."""
    op.drop_index("ix_outbox_claim", "outbox")
    op.create_index(
        "ix_outbox_claim",
        "outbox",
        ["channel", "account", "priority", "id", "not_before"],
        **_where("state IN ('ready', 'leased')"),
    )
    op.create_index(
        "ix_outbox_card",
        "outbox",
        ["channel", "account", "external_id", "card", "id"],
        **_where("state = 'sent' AND card IS NOT NULL"),
    )

    op.create_index("ix_audit_subject", "audit", ["subject", "event"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    # The end is sealed with the secret, which a migration does not have: the sealer seals what is there anew.
    # A chain without an end that were taken on trust would let anybody cut the chain and drop its end.
    op.execute("UPDATE audit SET seq = NULL, seal = NULL")
