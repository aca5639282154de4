"""The tables of a bureau's desk: answers taken by phone, what was promised, what was returned, who was nudged when."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Text

from storage.columns import Id, Instant, numbered, table

phone_answers = table(
    "phone_answers",
    # In which staff entered it. It meets the duties that count this conversation as their answer.
    Column("conversation", Id, ForeignKey("conversations.id"), primary_key=True),
    # Who answered, as staff named them, and on which day.
    Column("told_by", Text, nullable=False),
    Column("told_on", Date, nullable=False),
    Column("entered_by", Id, ForeignKey("people.id"), nullable=False),
    Column("entered_at", Instant, nullable=False),
    # 属实, by the principal; until then it counts, and says that it waits.
    Column("confirmed_by", Id, ForeignKey("people.id")),
    Column("confirmed_at", Instant),
    # 有误: the principal has said so, and has not corrected it yet.
    Column("disputed_at", Instant),
    CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed"),
    CheckConstraint("confirmed_at IS NULL OR disputed_at IS NULL", name="one_word"),
)

nudges = table(
    "nudges",
    # Nobody is nudged twice a day about a duty, however many tap at once.
    Column("duty", Id, ForeignKey("duties.id"), primary_key=True),
    Column("person", Id, ForeignKey("people.id"), primary_key=True),
    # A day of the campaign, in the pack's zone.
    Column("day", Date, primary_key=True),
    Column("by", Id, ForeignKey("people.id"), nullable=False),
)

promises = numbered(
    "promises",
    # An answer did not meet the clause: by which day it will. A second promise is another row.
    Column("duty", Id, ForeignKey("duties.id"), nullable=False),
    Column("conversation", Id, ForeignKey("conversations.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("by", Id, ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_promises_duty", "duty"),
)

returned_answers = numbered(
    "returned_answers",
    # 退回补正: staff gave an answer back, with one question.
    Column("duty", Id, ForeignKey("duties.id"), nullable=False),
    Column("conversation", Id, ForeignKey("conversations.id"), nullable=False),
    Column("question", Text, nullable=False),
    Column("by", Id, ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_returned_answers_duty", "duty"),
)
