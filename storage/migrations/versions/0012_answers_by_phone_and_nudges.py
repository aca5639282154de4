"""Answers taken by phone, and who was nudged on which day."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two tables, empty."""
    op.create_table(
        "phone_answers",
        sa.Column("conversation", _id(), nullable=False),
        sa.Column("told_by", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("entered_by", _id(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", _id(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disputed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name=op.f("ck_phone_answers_confirmed")),
        sa.CheckConstraint("confirmed_at IS NULL OR disputed_at IS NULL", name=op.f("ck_phone_answers_one_word")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["people.id"], name=op.f("fk_phone_answers_confirmed_by")),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name=op.f("fk_phone_answers_conversation")),
        sa.ForeignKeyConstraint(["entered_by"], ["people.id"], name=op.f("fk_phone_answers_entered_by")),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_phone_answers")),
    )
    op.create_table(
        "nudges",
        sa.Column("duty", _id(), nullable=False),
        sa.Column("person", _id(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", _id(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_nudges_by")),
        sa.ForeignKeyConstraint(["duty"], ["duties.id"], name=op.f("fk_nudges_duty")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_nudges_person")),
        sa.PrimaryKeyConstraint("duty", "person", "day", name=op.f("pk_nudges")),
    )
