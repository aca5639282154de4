"""Trainings on the criteria, and whom each of them reached."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two tables, empty."""
    op.create_table(
        "trainings",
        sa.Column("id", _id(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", _id(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("corrects", _id(), nullable=True),
        sa.CheckConstraint("note <> ''", name=op.f("ck_trainings_note")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_trainings_by")),
        sa.ForeignKeyConstraint(["corrects"], ["trainings.id"], name=op.f("fk_trainings_corrects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
        sa.UniqueConstraint("corrects", name=op.f("uq_trainings_corrects")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_trainings_district"), "trainings", ["district"])
    op.create_table(
        "training_reached",
        sa.Column("training", _id(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("role IN ('principal', 'officer')", name=op.f("ck_training_reached_role")),
        sa.CheckConstraint("people > 0", name=op.f("ck_training_reached_people")),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprises.code"], name=op.f("fk_training_reached_enterprise")),
        sa.ForeignKeyConstraint(["training"], ["trainings.id"], name=op.f("fk_training_reached_training")),
        sa.PrimaryKeyConstraint("training", "enterprise", "role", name=op.f("pk_training_reached")),
    )
    op.create_index("ix_training_reached_enterprise", "training_reached", ["enterprise"])
