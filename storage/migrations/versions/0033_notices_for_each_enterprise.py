"""Somebody of several enterprises is a recipient of a notice for each of them."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

_OF_ENTERPRISE = "person IS NOT NULL AND enterprise IS NOT NULL"
_OF_STAFF = "person IS NOT NULL AND enterprise IS NULL"


def upgrade() -> None:
    """A recipient from before stays one for the enterprise that stood first."""
    op.drop_index("uq_notice_recipients_person", "notice_recipients")
    for name, column, where in (
        ("uq_notice_recipients_person", "enterprise", sa.text(_OF_ENTERPRISE)),
        ("uq_notice_recipients_staff", "district", sa.text(_OF_STAFF)),
    ):
        columns = ["notice", "person", column]
        op.create_index(name, "notice_recipients", columns, unique=True, sqlite_where=where, postgresql_where=where)
