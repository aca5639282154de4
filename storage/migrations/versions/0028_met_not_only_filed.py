"""Answers are judged: whether they meet the clause, by when they will, and with which question they were returned."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

NUMBERED = {"sqlite_autoincrement": True}
UNJUDGED = "status = 'answered' AND met IS NULL"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Duties get what their answers are worth. What was done elsewhere is met; what was answered in a talk is judged
    by the pack, which no migration knows: the next tick does it.
    """
    with op.batch_alter_table("duties", table_kwargs=NUMBERED) as table:
        table.add_column(sa.Column("met", sa.Boolean(), nullable=True))
        table.add_column(sa.Column("met_by", sa.Date(), nullable=True))
        table.add_column(sa.Column("shortfall", sa.JSON(none_as_null=True), nullable=True))
        table.create_check_constraint(op.f("ck_duties_met_by"), "met_by IS NULL OR met = false")
    op.execute("UPDATE duties SET met = true WHERE status = 'answered' AND conversation IS NULL")
    where = sa.text(UNJUDGED)
    op.create_index("ix_duties_unjudged", "duties", ["id"], sqlite_where=where, postgresql_where=where)
    _of_answers("promises", sa.Column("day", sa.Date(), nullable=False))
    _of_answers("returned_answers", sa.Column("question", sa.Text(), nullable=False))


def _of_answers(name: str, said: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("id", _id(), nullable=False),
        sa.Column("duty", _id(), nullable=False),
        sa.Column("conversation", _id(), nullable=False),
        said,
        sa.Column("by", _id(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["duty"], ["duties.id"], name=op.f(f"fk_{name}_duty")),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name=op.f(f"fk_{name}_conversation")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f(f"fk_{name}_by")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        **NUMBERED,
    )
    op.create_index(f"ix_{name}_duty", name, ["duty"])
