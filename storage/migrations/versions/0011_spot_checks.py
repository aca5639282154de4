"""Spot checks: inspectors, draws at random, checks with what was found and which hazards."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nothing that is there changes."""
    op.create_table(
        "inspectors",
        sa.Column("id", _id(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("likeness", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspectors")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_inspectors_name",
        "inspectors",
        ["place", "likeness"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "check_draws",
        sa.Column("id", _id(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", _id(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_by", _id(), nullable=True),
        sa.Column("conditions", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("pool", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("inspectors", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("(drawn_at IS NULL) = (result IS NULL)", name=op.f("ck_check_draws_drawn")),
        sa.ForeignKeyConstraint(["begun_by"], ["people.id"], name=op.f("fk_check_draws_begun_by")),
        sa.ForeignKeyConstraint(["drawn_by"], ["people.id"], name=op.f("fk_check_draws_drawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_draws")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_check_draws_open",
        "check_draws",
        ["place"],
        unique=True,
        sqlite_where=sa.text("drawn_at IS NULL"),
        postgresql_where=sa.text("drawn_at IS NULL"),
    )
    op.create_table(
        "checks",
        sa.Column("id", _id(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("draw", _id(), nullable=True),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("assigned", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_by", _id(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", _id(), nullable=True),
        sa.Column("conversation", _id(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", _id(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.CheckConstraint("(draw IS NULL) = (how <> 'draw')", name=op.f("ck_checks_draw")),
        sa.CheckConstraint("(ended_at IS NULL) = (state IN ('planned', 'recorded'))", name=op.f("ck_checks_ended")),
        sa.CheckConstraint(
            "(recorded_at IS NULL) = (state IN ('planned', 'dropped'))", name=op.f("ck_checks_recorded")
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR why <> '' OR (state = 'dropped' AND how <> 'draw')", name=op.f("ck_checks_reason")
        ),
        sa.CheckConstraint("how IN ('hand', 'draw', 'suggestion')", name=op.f("ck_checks_how")),
        sa.CheckConstraint("state IN ('planned', 'recorded', 'dropped', 'taken_back')", name=op.f("ck_checks_state")),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name=op.f("fk_checks_conversation")),
        sa.ForeignKeyConstraint(["draw"], ["check_draws.id"], name=op.f("fk_checks_draw")),
        sa.ForeignKeyConstraint(["ended_by"], ["people.id"], name=op.f("fk_checks_ended_by")),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprises.code"], name=op.f("fk_checks_enterprise")),
        sa.ForeignKeyConstraint(["planned_by"], ["people.id"], name=op.f("fk_checks_planned_by")),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name=op.f("fk_checks_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checks")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_checks_enterprise"), "checks", ["enterprise"], unique=False)
    op.create_index("ix_checks_place_state", "checks", ["place", "state"], unique=False)
    op.create_index(
        "uq_checks_planned",
        "checks",
        ["place", "enterprise"],
        unique=True,
        sqlite_where=sa.text("state = 'planned'"),
        postgresql_where=sa.text("state = 'planned'"),
    )
    op.create_table(
        "check_entries",
        sa.Column("check", _id(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("action", _id(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["action"], ["bureau_actions.id"], name=op.f("fk_check_entries_action")),
        sa.ForeignKeyConstraint(["check"], ["checks.id"], name=op.f("fk_check_entries_check")),
        sa.PrimaryKeyConstraint("check", "row", name=op.f("pk_check_entries")),
        sa.UniqueConstraint("action", name=op.f("uq_check_entries_action")),
    )
    op.create_table(
        "check_hazards",
        sa.Column("hazard", _id(), nullable=False),
        sa.Column("check", _id(), nullable=False),
        sa.ForeignKeyConstraint(["check"], ["checks.id"], name=op.f("fk_check_hazards_check")),
        sa.ForeignKeyConstraint(["hazard"], ["hazards.id"], name=op.f("fk_check_hazards_hazard")),
        sa.PrimaryKeyConstraint("hazard", name=op.f("pk_check_hazards")),
    )
    op.create_index(op.f("ix_check_hazards_check"), "check_hazards", ["check"], unique=False)
    op.create_table(
        "check_inspectors",
        sa.Column("check", _id(), nullable=False),
        sa.Column("inspector", _id(), nullable=False),
        sa.ForeignKeyConstraint(["check"], ["checks.id"], name=op.f("fk_check_inspectors_check")),
        sa.ForeignKeyConstraint(["inspector"], ["inspectors.id"], name=op.f("fk_check_inspectors_inspector")),
        sa.PrimaryKeyConstraint("check", "inspector", name=op.f("pk_check_inspectors")),
    )
