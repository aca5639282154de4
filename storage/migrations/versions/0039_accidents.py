"""Accidents are kept as enterprises report them."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """A table for the reports; whoever adds to one names the first."""
    op.create_table(
        "accident_reports",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("first", ID, nullable=True),
        sa.Column("by", ID, nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("happened_at", AT, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("dead", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("injured", sa.Integer(), nullable=False),
        sa.Column("loss", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("seen_by", ID, nullable=True),
        sa.Column("seen_at", AT, nullable=True),
        sa.CheckConstraint("dead >= 0 AND missing >= 0 AND injured >= 0", name=op.f("ck_accident_reports_people")),
        sa.CheckConstraint("happened_at <= at", name=op.f("ck_accident_reports_not_in_the_future")),
        sa.CheckConstraint("(seen_by IS NULL) = (seen_at IS NULL)", name=op.f("ck_accident_reports_seen")),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprises.code"], name=op.f("fk_accident_reports_enterprise")),
        sa.ForeignKeyConstraint(["first"], ["accident_reports.id"], name=op.f("fk_accident_reports_first")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_accident_reports_by")),
        sa.ForeignKeyConstraint(["seen_by"], ["people.id"], name=op.f("fk_accident_reports_seen_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accident_reports")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_accident_reports_enterprise_at", "accident_reports", ["enterprise", "at"])
