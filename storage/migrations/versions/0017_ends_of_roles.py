"""Roles end by others and by a date, people are locked out, invitations are taken back."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

NUMBERED = {"sqlite_autoincrement": True}
LIVE_WITH_END = "state <> 'ended' AND ends_at IS NOT NULL"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _instant(name: str) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def upgrade() -> None:
    """Columns that are empty for every row from before."""
    with op.batch_alter_table("people", table_kwargs=NUMBERED) as table:
        table.add_column(_instant("locked_at"))
        table.create_check_constraint(op.f("ck_people_locked"), "left_at IS NULL OR locked_at IS NULL")
    with op.batch_alter_table("memberships", table_kwargs=NUMBERED) as table:
        table.add_column(_instant("ends_at"))
        table.add_column(sa.Column("ended_by", _id(), nullable=True))
        table.add_column(sa.Column("reason", sa.Text(), nullable=True))
        table.add_column(_instant("questioned_at"))
        table.add_column(_instant("reviewed_at"))
        table.add_column(sa.Column("reviewed_by", _id(), nullable=True))
        table.create_foreign_key(op.f("fk_memberships_ended_by"), "people", ["ended_by"], ["id"])
        table.create_foreign_key(op.f("fk_memberships_reviewed_by"), "people", ["reviewed_by"], ["id"])
        table.create_check_constraint(op.f("ck_memberships_ended"), "ended_by IS NULL OR state = 'ended'")
    op.create_index(
        "ix_memberships_ends_at",
        "memberships",
        ["ends_at"],
        sqlite_where=sa.text(LIVE_WITH_END),
        postgresql_where=sa.text(LIVE_WITH_END),
    )
    with op.batch_alter_table("invitations", table_kwargs=NUMBERED) as table:
        table.add_column(_instant("voided_at"))
        table.add_column(_instant("role_ends_at"))
        table.add_column(sa.Column("person", _id(), nullable=True))
        table.create_foreign_key(op.f("fk_invitations_person"), "people", ["person"], ["id"])
        table.create_check_constraint(op.f("ck_invitations_one_end"), "used_at IS NULL OR voided_at IS NULL")
