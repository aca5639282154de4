"""Hazards are described, decided where nobody was sure, merged, withdrawn; deadlines are asked for and watched."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

STATES = (
    *("found", "planned", "rectifying", "done", "evaluated", "reinspected", "closed", "reopened"),
    *("not_major", "merged", "withdrawn"),
)
UNDECIDED = """
UPDATE hazards SET unsure = :yes
WHERE criterion IS NULL AND source IS NULL AND listed_on IS NULL
AND state IN ('found', 'planned', 'rectifying', 'done', 'evaluated')
AND NOT EXISTS (
    SELECT 1 FROM hazard_steps AS step
    WHERE step.hazard = hazards.id AND step.event IN ('passed', 'failed', 'close', 'look_back', 'reopen', 'list')
)
"""


def upgrade() -> None:
    """What was reported as 说不准, and about which a department has done nothing since, waits for its decision; nobody
    has been told yet of a deadline that passed.
    """
    recreate: Literal["always", "auto"] = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    table = {"sqlite_autoincrement": True}
    with op.batch_alter_table("hazards", recreate=recreate, table_kwargs=table) as batch:
        batch.add_column(sa.Column("description", sa.Text(), nullable=True))
        batch.add_column(sa.Column("unsure", sa.Boolean(), nullable=False, server_default=sa.text("false")))
        batch.add_column(sa.Column("merged_into", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch.add_column(sa.Column("asked_deadline", sa.Date(), nullable=True))
        batch.add_column(sa.Column("asked_reason", sa.Text(), nullable=True))
        batch.add_column(sa.Column("told_deadline", sa.Date(), nullable=True))
        batch.add_column(sa.Column("told_listed_deadline", sa.Date(), nullable=True))
        batch.drop_constraint(op.f("ck_hazards_state"), type_="check")
        batch.drop_constraint(op.f("ck_hazards_ended"), type_="check")
        batch.create_check_constraint(op.f("ck_hazards_state"), f"state IN ({', '.join(map(repr, STATES))})")
        batch.create_check_constraint(
            op.f("ck_hazards_ended"),
            "(closed_at IS NULL) = (state NOT IN ('closed', 'not_major', 'merged', 'withdrawn'))",
        )
        batch.create_check_constraint(op.f("ck_hazards_merged"), "(merged_into IS NULL) = (state <> 'merged')")
        batch.create_check_constraint(op.f("ck_hazards_asked"), "(asked_deadline IS NULL) = (asked_reason IS NULL)")
        batch.create_foreign_key(op.f("fk_hazards_merged_into"), "hazards", ["merged_into"], ["id"])
    op.get_bind().execute(sa.text(UNDECIDED), {"yes": True})
