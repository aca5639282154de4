"""The table of accidents as enterprises report them. A constraint states a rule; instants are UTC."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text

from storage.columns import Id, Instant, numbered

accident_reports = numbered(
    "accident_reports",
    Column("enterprise", Text, ForeignKey("enterprises.code"), nullable=False),
    # The district on the day of the report: it stays with it when the enterprise moves.
    Column("district", Text, nullable=False),
    # The first report of the same accident, which this one adds to; null: this is the first.
    Column("first", Id, ForeignKey("accident_reports.id")),
    Column("by", Id, ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    # Where and when it happened; an addition has them from its first report.
    Column("place", Text, nullable=False),
    Column("happened_at", Instant, nullable=False),
    Column("what", Text, nullable=False),
    Column("dead", Integer, nullable=False),
    Column("missing", Integer, nullable=False),
    Column("injured", Integer, nullable=False),
    # As it was estimated, in words; empty: not known yet.
    Column("loss", Text, nullable=False),
    Column("measures", Text, nullable=False),
    # Who of the department took note of it first.
    Column("seen_by", Id, ForeignKey("people.id")),
    Column("seen_at", Instant),
    CheckConstraint("dead >= 0 AND missing >= 0 AND injured >= 0", name="people"),
    CheckConstraint("happened_at <= at", name="not_in_the_future"),
    CheckConstraint("(seen_by IS NULL) = (seen_at IS NULL)", name="seen"),
    Index("ix_accident_reports_enterprise_at", "enterprise", "at"),
)
