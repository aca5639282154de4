"""Enterprises stand still, resume, and go; duties know what they were before that held them."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

NUMBERED = {"sqlite_autoincrement": True}
HELD = "held IS NOT NULL"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _instant(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Every enterprise from before is at work, and no duty is held."""
    with op.batch_alter_table("enterprises") as table:
        table.add_column(sa.Column("state", sa.Text(), server_default="active", nullable=False))
        table.add_column(sa.Column("state_since", sa.Date(), nullable=True))
        states = "state IN ('active', 'suspended', 'deregistered', 'moved', 'merged')"
        table.create_check_constraint(op.f("ck_enterprises_state"), states)
    with op.batch_alter_table("duties", table_kwargs=NUMBERED) as table:
        table.add_column(sa.Column("held", sa.Text(), nullable=True))
        table.create_check_constraint(op.f("ck_duties_held"), "held IS NULL OR status IN ('excused', 'withdrawn')")
    op.create_index("ix_duties_held", "duties", ["subject"], sqlite_where=sa.text(HELD), postgresql_where=sa.text(HELD))
    op.create_table(
        "enterprise_entries",
        sa.Column("id", _id(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("merged_into", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        _instant("at"),
        sa.Column("by", _id(), nullable=True),
        sa.Column("operator", sa.Text(), nullable=True),
        sa.Column("duty", _id(), nullable=True),
        sa.Column("corrects", _id(), nullable=True),
        sa.CheckConstraint(
            "event IN ('suspend', 'resume', 'deregister', 'move', 'merge')", name=op.f("ck_enterprise_entries_event")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_enterprise_entries_reason")),
        sa.CheckConstraint(
            "last IS NULL OR (event = 'suspend' AND last >= first)", name=op.f("ck_enterprise_entries_last")
        ),
        sa.CheckConstraint(
            "(merged_into IS NULL) = (event <> 'merge')", name=op.f("ck_enterprise_entries_merged_into")
        ),
        sa.CheckConstraint("merged_into <> enterprise", name=op.f("ck_enterprise_entries_itself")),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprises.code"], name=op.f("fk_enterprise_entries_enterprise")),
        sa.ForeignKeyConstraint(["merged_into"], ["enterprises.code"], name=op.f("fk_enterprise_entries_merged_into")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_enterprise_entries_by")),
        sa.ForeignKeyConstraint(["duty"], ["duties.id"], name=op.f("fk_enterprise_entries_duty")),
        sa.ForeignKeyConstraint(["corrects"], ["enterprise_entries.id"], name=op.f("fk_enterprise_entries_corrects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_entries")),
        sa.UniqueConstraint("corrects", name=op.f("uq_enterprise_entries_corrects")),
        **NUMBERED,
    )
    op.create_index(op.f("ix_enterprise_entries_enterprise"), "enterprise_entries", ["enterprise"])
    op.create_table(
        "enterprise_spells",
        sa.Column("enterprise", sa.Text(), nullable=False),
        _instant("starts"),
        _instant("until", nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('suspended', 'deregistered', 'moved', 'merged')", name=op.f("ck_enterprise_spells_state")
        ),
        sa.CheckConstraint("until IS NULL OR until > starts", name=op.f("ck_enterprise_spells_until")),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprises.code"], name=op.f("fk_enterprise_spells_enterprise")),
        sa.PrimaryKeyConstraint("enterprise", "starts", name=op.f("pk_enterprise_spells")),
    )
