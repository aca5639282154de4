"""The tables of hot-work permits. A constraint states a rule, and its comment says which; instants are UTC."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Text,
    UniqueConstraint,
)

from campaign.hot_work import Level
from campaign.permits import ON_SITE, Seat, State
from storage import shapes
from storage.columns import Id, Instant, Kept, index_where, numbered, one_of, table

_held = ", ".join(f"'{state}'" for state in State if state in ON_SITE)
_HOLDS = f"begun AND state IN ({_held})"

permit_points = numbered(
    "permit_points",
    Column("enterprise", Text, ForeignKey("enterprises.code"), nullable=False),
    # As it was first written.
    Column("name", Text, nullable=False),
    # By which it is known again, however it is typed.
    Column("likeness", Text, nullable=False),
    UniqueConstraint("enterprise", "likeness"),
)

permits = numbered(
    "permits",
    # D-0619-07: read aloud on site, and typed. It says the day and the number of that day.
    Column("code", Text, nullable=False, index=True),
    # The day of its first submission, in the zone.
    Column("day", Date, nullable=False),
    Column("number", Integer, nullable=False),
    Column("enterprise", Text, ForeignKey("enterprises.code"), nullable=False),
    # The district on the day of the application: a figure stays with it when the enterprise moves.
    Column("district", Text, nullable=False),
    Column("applicant", Id, ForeignKey("people.id"), nullable=False),
    # The talk whose answers it stands on: after a return, the one in which it was put right.
    Column("conversation", Id, ForeignKey("conversations.id"), nullable=False),
    # What it is managed as, and whether that is one level stricter than its place alone asks.
    Column("level", Text, nullable=False),
    Column("upgraded", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    # Whether work was ever begun on it: what a suspended permit holds its point by, and an expired one is judged by.
    Column("begun", Boolean, nullable=False),
    Column("starts", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("point", Id, ForeignKey("permit_points.id"), nullable=False),
    # What the QR code leads to: 12 letters, told to nobody who does not hold the paper.
    Column("token", Text, nullable=False, unique=True),
    Column("application", Kept(shapes.application), nullable=False),
    # Whether a gas sample is required.
    Column("sample", Boolean, nullable=False),
    Column("submitted_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    # When time next does something to it, or has something to say; null: never again.
    Column("look_at", Instant),
    UniqueConstraint("day", "number"),
    one_of("level", Level),
    # A draft is a conversation, and has no number yet.
    one_of("state", (state for state in State if state is not State.DRAFTED)),
    # A permit without an end would let people work for good.
    CheckConstraint("starts < until", name="window"),
    # One job at a point: of two replicas that start two, one fails here. A permit that was stopped before its start
    # holds nothing, or the stop itself would fail where another works.
    index_where(_HOLDS, "uq_permits_on_site", "point", unique=True),
    Index("ix_permits_enterprise_state", "enterprise", "state"),
    Index("ix_permits_district_day", "district", "day"),
    Index("ix_permits_point_state", "point", "state"),
    # The tick looks only here.
    index_where("look_at IS NOT NULL", "ix_permits_look_at", "look_at"),
)

permit_people = numbered(
    "permit_people",
    Column("permit", Id, ForeignKey("permits.id"), nullable=False, index=True),
    Column("seat", Text, nullable=False),
    Column("name", Text, nullable=False),
    # Null: without the bot, named by the officer.
    Column("person", Id, ForeignKey("people.id"), index=True),
    Column("worker", Id, ForeignKey("workers.id")),
    # As they stood when he was named, for the paper; the register says how they stand now.
    Column("certificate", Text),
    Column("valid_until", Date),
    # 应复审日期; null on a row from before it was kept apart, whose other day is then the last usable one.
    Column("review_due", Date),
    one_of("seat", (seat for seat in Seat if seat not in (Seat.OFFICE, Seat.CLOCK))),
    # One approver: of two at once, the second fails here.
    index_where("seat = 'approver'", "uq_permit_people_approver", "permit", unique=True),
)

permit_steps = numbered(
    "permit_steps",
    # Rows are only ever added; the permit's state is what they make of it, in this order.
    Column("permit", Id, ForeignKey("permits.id"), nullable=False),
    Column("event", Text, nullable=False),
    # When it was done, by the one who did it, and when we heard of it.
    Column("at", Instant, nullable=False),
    Column("received", Instant, nullable=False),
    # Null: time itself.
    Column("person", Id, ForeignKey("people.id")),
    # The state that it led to; null: it stayed where it was.
    Column("moved_to", Text),
    # What belongs to it, by event: sample, photos by their hash, reason, remark.
    Column("data", Kept(shapes.permit_step), nullable=False),
    # The same photo or the same sample that arrives twice is one step.
    Column("dedupe", Text),
    UniqueConstraint("permit", "dedupe"),
    CheckConstraint("at <= received", name="not_in_the_future"),
    Index("ix_permit_steps_permit", "permit", "id"),
)

permit_prompts = table(
    "permit_prompts",
    Column("permit", Id, ForeignKey("permits.id"), primary_key=True),
    Column("prompt", Text, primary_key=True),
    # From when on it is due: the same prompt of another instant is another one.
    Column("at", Instant, primary_key=True),
    # How far up it was passed on: the first group is 0.
    Column("rank", Integer, nullable=False),
    Column("told_at", Instant, nullable=False),
    Column("acked_at", Instant),
    Column("acked_by", Id, ForeignKey("people.id")),
    CheckConstraint("(acked_at IS NULL) = (acked_by IS NULL)", name="acked"),
)

permit_attempts = numbered(
    "permit_attempts",
    # What a gate stopped before there was a permit. It stays with the enterprise; a district sees how many.
    Column("enterprise", Text, ForeignKey("enterprises.code"), nullable=False),
    Column("district", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    Column("gate", Text, nullable=False),
    Column("data", Kept(shapes.an_object), nullable=False),
    Index("ix_permit_attempts_district_at", "district", "at"),
    Index("ix_permit_attempts_enterprise_at", "enterprise", "at"),
)
