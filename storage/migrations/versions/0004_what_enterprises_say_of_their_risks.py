"""What enterprises say of their risks against the registry."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Proposals to add or take a tag of risk."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "tag_proposals",
        sa.Column("id", number, nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("person", number, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by", number, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'refused', 'withdrawn')", name=op.f("ck_tag_proposals_state")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_tag_proposals_decided_by")),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprises.code"], name=op.f("fk_tag_proposals_enterprise")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_tag_proposals_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_proposals")),
        sa.UniqueConstraint("enterprise", "tag", "present", name=op.f("uq_tag_proposals_enterprise_tag_present")),
        sqlite_autoincrement=True,
    )
