"""The tables of spot checks. A constraint states a rule, and its comment says which; instants are UTC."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Text,
    UniqueConstraint,
)

from campaign.checks import How, Signed
from storage import shapes
from storage.columns import Id, Instant, Kept, index_where, numbered, one_of, table

inspectors = numbered(
    "inspectors",
    # The column of the annex whose bureau they serve: a district, or what the city does itself.
    Column("place", Text, nullable=False),
    Column("name", Text, nullable=False),
    # By which the name is known again, however it is typed.
    Column("likeness", Text, nullable=False),
    Column("since", Instant, nullable=False),
    # Who has gone stays named on the checks that they signed, and is drawn no more.
    Column("until", Instant),
    index_where("until IS NULL", "uq_inspectors_name", "place", "likeness", unique=True),
)

check_draws = numbered(
    "check_draws",
    Column("place", Text, nullable=False),
    # Made before the pool is chosen, and told after it was.
    Column("seed", Text, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("begun_by", Id, ForeignKey("people.id"), nullable=False),
    # What follows is null until it is drawn.
    Column("drawn_at", Instant),
    Column("drawn_by", Id, ForeignKey("people.id")),
    Column("conditions", Kept(shapes.an_object, none_as_null=True)),
    Column("number", Integer),
    # The codes and the inspectors' numbers from which it was drawn, and the result: who asks later gets the same.
    Column("pool", Kept(shapes.strings, none_as_null=True)),
    Column("inspectors", Kept(shapes.numbers, none_as_null=True)),
    Column("result", Kept(shapes.drawn, none_as_null=True)),
    CheckConstraint("(drawn_at IS NULL) = (result IS NULL)", name="drawn"),
    # Whoever begins again before it is drawn gets the same seed: nobody begins until one suits.
    index_where("drawn_at IS NULL", "uq_check_draws_open", "place", unique=True),
)

checks = numbered(
    "checks",
    # The column of the annex that counts it, from the day of the plan on.
    Column("place", Text, nullable=False),
    Column("enterprise", Text, ForeignKey("enterprises.code"), nullable=False, index=True),
    Column("how", Text, nullable=False),
    Column("draw", Id, ForeignKey("check_draws.id")),
    # Why it was suggested, and which inspectors were drawn for it, by number.
    Column("grounds", Kept(shapes.grounds), nullable=False),
    Column("assigned", Kept(shapes.numbers), nullable=False),
    Column("state", Text, nullable=False),
    Column("planned_at", Instant, nullable=False),
    Column("planned_by", Id, ForeignKey("people.id"), nullable=False),
    # Of a check that was made: the day, and the talk in which it was entered.
    Column("day", Date),
    Column("recorded_at", Instant),
    Column("recorded_by", Id, ForeignKey("people.id")),
    Column("conversation", Id, ForeignKey("conversations.id")),
    # Of one that was dropped, or taken back.
    Column("ended_at", Instant),
    Column("ended_by", Id, ForeignKey("people.id")),
    Column("why", Text),
    one_of("how", How),
    one_of("state", ("planned", "recorded", "dropped", "taken_back")),
    CheckConstraint("(draw IS NULL) = (how <> 'draw')", name="draw"),
    CheckConstraint("(recorded_at IS NULL) = (state IN ('planned', 'dropped'))", name="recorded"),
    CheckConstraint("(ended_at IS NULL) = (state IN ('planned', 'recorded'))", name="ended"),
    # What was drawn at random, or entered, is not taken away without a word.
    CheckConstraint("ended_at IS NULL OR why <> '' OR (state = 'dropped' AND how <> 'draw')", name="reason"),
    # An enterprise is planned once, whoever plans it and however often.
    index_where("state = 'planned'", "uq_checks_planned", "place", "enterprise", unique=True),
    Index("ix_checks_place_state", "place", "state"),
)

check_inspectors = table(
    "check_inspectors",
    # 谁检查、谁签名、谁负责.
    Column("check", Id, ForeignKey("checks.id"), primary_key=True),
    Column("inspector", Id, ForeignKey("inspectors.id"), primary_key=True),
    # When and how it was signed, on whose phone; null: not yet.
    Column("signed_at", Instant),
    Column("how", Text),
    Column("signed_by", Id, ForeignKey("people.id")),
    # What somebody who was named says against it; who signs later takes it back.
    Column("objection", Text),
    # A one-time code for who has no bot: its hash, who handed it over, until when (real time) it is good.
    Column("code", Text),
    Column("code_by", Id, ForeignKey("people.id")),
    Column("code_until", Instant),
    one_of("how", Signed),
    CheckConstraint("(signed_at IS NULL) = (how IS NULL)", name="signed"),
    CheckConstraint("(code IS NULL) = (code_until IS NULL)", name="code"),
)

check_entries = table(
    "check_entries",
    Column("check", Id, ForeignKey("checks.id"), primary_key=True),
    # The row of the annex: B1 that it was checked, B2 to B8 what was found.
    Column("row", Text, primary_key=True),
    # The dated action that counts for it.
    Column("action", Id, ForeignKey("bureau_actions.id"), nullable=False),
    Column("note", Text, nullable=False),
    Column("photos", Kept(shapes.files), nullable=False),
    UniqueConstraint("action"),
)

check_hazards = table(
    "check_hazards",
    # A hazard is found by one check.
    Column("hazard", Id, ForeignKey("hazards.id"), primary_key=True),
    Column("check", Id, ForeignKey("checks.id"), nullable=False, index=True),
)
