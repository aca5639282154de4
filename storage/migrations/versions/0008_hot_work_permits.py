"""Hot-work permits: their points, people, steps and prompts, and what a gate stopped."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

STATES = (
    "submitted",
    "returned",
    "refused",
    "approved",
    "started",
    "suspended",
    "finished",
    "fire_watch",
    "closed",
    "expired",
    "cancelled",
)
ON_SITE = "begun AND state IN ('started', 'suspended', 'finished', 'fire_watch')"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _instant(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _one_of(column: str, *values: str) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


def _partial(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    op.create_index(name, table, columns, unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def upgrade() -> None:
    """The six tables of permits."""
    op.create_table(
        "permit_points",
        sa.Column("id", _id(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("likeness", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprises.code"], name=op.f("fk_permit_points_enterprise")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit_points")),
        sa.UniqueConstraint("enterprise", "likeness", name=op.f("uq_permit_points_enterprise_likeness")),
        sqlite_autoincrement=True,
    )
    _permits()
    _of_permits()


def _permits() -> None:
    op.create_table(
        "permits",
        sa.Column("id", _id(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("applicant", _id(), nullable=False),
        sa.Column("conversation", _id(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("upgraded", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("begun", sa.Boolean(), nullable=False),
        _instant("starts"),
        _instant("until"),
        sa.Column("point", _id(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("application", sa.JSON(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        _instant("submitted_at"),
        _instant("created_at"),
        _instant("look_at", nullable=True),
        sa.CheckConstraint(_one_of("level", "special", "first", "second", "fixed"), name=op.f("ck_permits_level")),
        sa.CheckConstraint(_one_of("state", *STATES), name=op.f("ck_permits_state")),
        sa.CheckConstraint("starts < until", name=op.f("ck_permits_window")),
        sa.ForeignKeyConstraint(["applicant"], ["people.id"], name=op.f("fk_permits_applicant")),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name=op.f("fk_permits_conversation")),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprises.code"], name=op.f("fk_permits_enterprise")),
        sa.ForeignKeyConstraint(["point"], ["permit_points.id"], name=op.f("fk_permits_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permits")),
        sa.UniqueConstraint("day", "number", name=op.f("uq_permits_day_number")),
        sa.UniqueConstraint("token", name=op.f("uq_permits_token")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_permits_code"), "permits", ["code"])
    op.create_index("ix_permits_enterprise_state", "permits", ["enterprise", "state"])
    op.create_index("ix_permits_district_day", "permits", ["district", "day"])
    op.create_index("ix_permits_point_state", "permits", ["point", "state"])
    _partial("uq_permits_on_site", "permits", ["point"], ON_SITE, unique=True)
    _partial("ix_permits_look_at", "permits", ["look_at"], "look_at IS NOT NULL")


def _of_permits() -> None:
    seats = _one_of("seat", "applicant", "leader", "welder", "guardian", "tester", "approver")
    op.create_table(
        "permit_people",
        sa.Column("id", _id(), nullable=False),
        sa.Column("permit", _id(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("person", _id(), nullable=True),
        sa.Column("worker", _id(), nullable=True),
        sa.Column("certificate", sa.Text(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint(seats, name=op.f("ck_permit_people_seat")),
        sa.ForeignKeyConstraint(["permit"], ["permits.id"], name=op.f("fk_permit_people_permit")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_permit_people_person")),
        sa.ForeignKeyConstraint(["worker"], ["workers.id"], name=op.f("fk_permit_people_worker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit_people")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_permit_people_permit"), "permit_people", ["permit"])
    op.create_index(op.f("ix_permit_people_person"), "permit_people", ["person"])
    _partial("uq_permit_people_approver", "permit_people", ["permit"], "seat = 'approver'", unique=True)
    op.create_table(
        "permit_steps",
        sa.Column("id", _id(), nullable=False),
        sa.Column("permit", _id(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        _instant("at"),
        _instant("received"),
        sa.Column("person", _id(), nullable=True),
        sa.Column("moved_to", sa.Text(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("dedupe", sa.Text(), nullable=True),
        sa.CheckConstraint("at <= received", name=op.f("ck_permit_steps_not_in_the_future")),
        sa.ForeignKeyConstraint(["permit"], ["permits.id"], name=op.f("fk_permit_steps_permit")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_permit_steps_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit_steps")),
        sa.UniqueConstraint("permit", "dedupe", name=op.f("uq_permit_steps_permit_dedupe")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_permit_steps_permit", "permit_steps", ["permit", "id"])
    op.create_table(
        "permit_prompts",
        sa.Column("permit", _id(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        _instant("at"),
        sa.Column("rank", sa.Integer(), nullable=False),
        _instant("told_at"),
        _instant("acked_at", nullable=True),
        sa.Column("acked_by", _id(), nullable=True),
        sa.CheckConstraint("(acked_at IS NULL) = (acked_by IS NULL)", name=op.f("ck_permit_prompts_acked")),
        sa.ForeignKeyConstraint(["acked_by"], ["people.id"], name=op.f("fk_permit_prompts_acked_by")),
        sa.ForeignKeyConstraint(["permit"], ["permits.id"], name=op.f("fk_permit_prompts_permit")),
        sa.PrimaryKeyConstraint("permit", "prompt", "at", name=op.f("pk_permit_prompts")),
    )
    op.create_table(
        "permit_attempts",
        sa.Column("id", _id(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        _instant("at"),
        sa.Column("person", _id(), nullable=False),
        sa.Column("gate", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprises.code"], name=op.f("fk_permit_attempts_enterprise")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_permit_attempts_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit_attempts")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_permit_attempts_district_at", "permit_attempts", ["district", "at"])
    op.create_index("ix_permit_attempts_enterprise_at", "permit_attempts", ["enterprise", "at"])
