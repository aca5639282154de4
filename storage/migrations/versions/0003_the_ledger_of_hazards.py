"""The ledger of major hazards, and receipts where one talk answers two duties."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _one_of(column: str, *values: str) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


STATES = ("found", "planned", "rectifying", "done", "evaluated", "reinspected", "closed", "reopened", "not_major")


def upgrade() -> None:
    """Hazards and their steps; a talk gives a receipt for each duty that it answers."""
    op.create_table(
        "hazards",
        sa.Column("id", _id(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=True),
        sa.Column("device_failed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("weekly_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("plan_person", sa.Text(), nullable=True),
        sa.Column("plan_measures", sa.Text(), nullable=True),
        sa.Column("plan_funds_fen", sa.BigInteger(), nullable=True),
        sa.Column("plan_contingency", sa.Text(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("listed_by", sa.Text(), nullable=True),
        sa.Column("listed_number", sa.Text(), nullable=True),
        sa.Column("listed_on", sa.Date(), nullable=True),
        sa.Column("listed_deadline", sa.Date(), nullable=True),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.CheckConstraint(_one_of("origin", "enterprise", "department"), name=op.f("ck_hazards_origin")),
        sa.CheckConstraint(_one_of("state", *STATES), name=op.f("ck_hazards_state")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (state NOT IN ('closed', 'not_major'))", name=op.f("ck_hazards_ended")
        ),
        sa.CheckConstraint("(listed_on IS NULL) = (listed_by IS NULL)", name=op.f("ck_hazards_listed")),
        sa.CheckConstraint("lifted_on IS NULL OR listed_on IS NOT NULL", name=op.f("ck_hazards_lifted")),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprises.code"], name=op.f("fk_hazards_enterprise")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazards")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_hazards_enterprise_state", "hazards", ["enterprise", "state"])
    op.create_index("ix_hazards_district_state", "hazards", ["district", "state"])
    op.create_index("ix_hazards_weekly", "hazards", ["closed_at", "weekly_from"])
    op.create_table(
        "hazard_steps",
        sa.Column("id", _id(), nullable=False),
        sa.Column("hazard", _id(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", _id(), nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["hazard"], ["hazards.id"], name=op.f("fk_hazard_steps_hazard")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_hazard_steps_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard_steps")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_hazard_steps_hazard", "hazard_steps", ["hazard", "id"])
    with op.batch_alter_table("receipts") as batch:
        batch.drop_constraint("uq_receipts_conversation", type_="unique")
        batch.create_unique_constraint("uq_receipts_conversation_duty", ["conversation", "duty"])
