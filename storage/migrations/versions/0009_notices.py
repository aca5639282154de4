"""Notices, and to whom each of them went."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two tables, empty."""
    op.create_table(
        "notices",
        sa.Column("id", _id(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("by", _id(), nullable=False),
        sa.Column("conversation", _id(), nullable=False),
        sa.Column("responsible", _id(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("round", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('draft', 'previewed', 'queued', 'stopped')", name=op.f("ck_notices_state")),
        sa.CheckConstraint("state <> 'queued' OR confirmed_at IS NOT NULL", name=op.f("ck_notices_confirmed")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_notices_by")),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name=op.f("fk_notices_conversation")),
        sa.ForeignKeyConstraint(["responsible"], ["people.id"], name=op.f("fk_notices_responsible")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_notices_place"), "notices", ["place"])
    op.create_index("ix_notices_force", "notices", ["state", "until"])
    op.create_table(
        "notice_recipients",
        sa.Column("id", _id(), nullable=False),
        sa.Column("notice", _id(), nullable=False),
        sa.Column("person", _id(), nullable=True),
        sa.Column("enterprise", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=True),
        sa.Column("reminder", sa.Text(), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", _id(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_notice_recipients_answered")),
        sa.ForeignKeyConstraint(["answer"], ["conversations.id"], name=op.f("fk_notice_recipients_answer")),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprises.code"], name=op.f("fk_notice_recipients_enterprise")),
        sa.ForeignKeyConstraint(["notice"], ["notices.id"], name=op.f("fk_notice_recipients_notice")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_notice_recipients_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_recipients")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_notice_recipients_person"), "notice_recipients", ["person"])
    op.create_index(
        "uq_notice_recipients_person",
        "notice_recipients",
        ["notice", "person"],
        unique=True,
        sqlite_where=sa.text("person IS NOT NULL"),
        postgresql_where=sa.text("person IS NOT NULL"),
    )
    op.create_index(
        "uq_notice_recipients_missing",
        "notice_recipients",
        ["notice", "enterprise", "role"],
        unique=True,
        sqlite_where=sa.text("person IS NULL"),
        postgresql_where=sa.text("person IS NULL"),
    )
