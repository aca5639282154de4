"""The tables of trainings on the criteria. A constraint states a rule, and its comment says which; instants are UTC."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, Text, UniqueConstraint

from campaign.coverage import TRAINEES
from storage.columns import Id, Instant, numbered, one_of, table

trainings = numbered(
    "trainings",
    # Who held it: a district, or what the city does itself, as a column of the annex.
    Column("district", Text, nullable=False, index=True),
    # The day on which it was held, in the zone of the application.
    Column("day", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Id, ForeignKey("people.id"), nullable=False),
    # Where it was held; of a counter-entry its reason.
    Column("note", Text, nullable=False),
    # A counter-entry names what it takes back. Rows are only ever added.
    Column("corrects", Id, ForeignKey("trainings.id")),
    CheckConstraint("note <> ''", name="note"),
    # What is taken back is taken back once.
    UniqueConstraint("corrects"),
)

training_reached = table(
    "training_reached",
    Column("training", Id, ForeignKey("trainings.id"), primary_key=True),
    Column("enterprise", Text, ForeignKey("enterprises.code"), primary_key=True),
    Column("role", Text, primary_key=True),
    # How many people of the role the enterprise had then.
    Column("people", Integer, nullable=False),
    one_of("role", TRAINEES),
    CheckConstraint("people > 0", name="people"),
    Index("ix_training_reached_enterprise", "enterprise"),
)
