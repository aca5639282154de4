"""A permit keeps both days of a welder's certificate apart: 应复审日期 and 有效期至."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"

APART = """
UPDATE permit_people SET
    review_due = (SELECT worker.review_due FROM workers AS worker WHERE worker.id = permit_people.worker),
    valid_until = (SELECT worker.valid_until FROM workers AS worker WHERE worker.id = permit_people.worker)
WHERE EXISTS (
    SELECT 1 FROM workers AS worker
    WHERE worker.id = permit_people.worker AND worker.review_due = permit_people.valid_until
)
"""


def upgrade() -> None:
    """The day that was kept is the nearer of the two, which is never after the review. Where the register still has it,
    both are known; where the card was reviewed or renewed since, what was printed stays, and nothing is made up.
    """
    recreate: Literal["always", "auto"] = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    table = {"sqlite_autoincrement": True}
    with op.batch_alter_table("permit_people", recreate=recreate, table_kwargs=table) as batch:
        batch.add_column(sa.Column("review_due", sa.Date(), nullable=True))
    op.execute(APART)
