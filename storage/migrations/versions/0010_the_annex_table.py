"""The annex table: its drafts and filings, what people changed in it, the dated actions of the bureaus."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A hazard keeps who supervised its enterprise: what is there already counts where the enterprise is now."""
    op.add_column("hazards", sa.Column("municipal", sa.Boolean(), server_default=sa.text("(false)"), nullable=False))
    op.execute(
        "UPDATE hazards SET municipal = (SELECT municipal FROM enterprises WHERE enterprises.code = hazards.enterprise)"
    )
    # Every hazard says it from now on.
    with op.batch_alter_table("hazards", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("municipal", server_default=None)
    op.create_table(
        "bureau_actions",
        sa.Column("id", _id(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", _id(), nullable=True),
        sa.Column("corrects", _id(), nullable=True),
        sa.CheckConstraint("corrects IS NULL OR note <> ''", name=op.f("ck_bureau_actions_reason")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_bureau_actions_by")),
        sa.ForeignKeyConstraint(["corrects"], ["bureau_actions.id"], name=op.f("fk_bureau_actions_corrects")),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprises.code"], name=op.f("fk_bureau_actions_enterprise")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bureau_actions")),
        sa.UniqueConstraint("corrects", name=op.f("uq_bureau_actions_corrects")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_bureau_actions_district", "bureau_actions", ["district", "row"])
    op.create_table(
        "annex_tables",
        sa.Column("id", _id(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by", _id(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", _id(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filed_by", _id(), nullable=True),
        sa.Column("cells", sa.JSON(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("remark_row", sa.Text(), nullable=True),
        sa.Column("remark_by", _id(), nullable=True),
        sa.CheckConstraint("state IN ('draft', 'submitted', 'approved', 'filed')", name=op.f("ck_annex_tables_state")),
        sa.CheckConstraint("(filed_at IS NULL) = (state <> 'filed')", name=op.f("ck_annex_tables_filed")),
        sa.CheckConstraint("(cells IS NULL) = (state = 'draft')", name=op.f("ck_annex_tables_cells")),
        sa.ForeignKeyConstraint(["approved_by"], ["people.id"], name=op.f("fk_annex_tables_approved_by")),
        sa.ForeignKeyConstraint(["filed_by"], ["people.id"], name=op.f("fk_annex_tables_filed_by")),
        sa.ForeignKeyConstraint(["remark_by"], ["people.id"], name=op.f("fk_annex_tables_remark_by")),
        sa.ForeignKeyConstraint(["submitted_by"], ["people.id"], name=op.f("fk_annex_tables_submitted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annex_tables")),
        sa.UniqueConstraint("month", "district", "version", name=op.f("uq_annex_tables_month_district_version")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "annex_overrides",
        sa.Column("id", _id(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("values", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", _id(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_annex_overrides_reason")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_annex_overrides_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annex_overrides")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_annex_overrides_table", "annex_overrides", ["month", "district", "row", "id"])
