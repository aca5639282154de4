"""The tables of spot checks. A constraint states a rule, and its comment says which; instants are UTC."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from campaign.checks import How
from storage.columns import Id, Instant, metadata, one_of

inspectors = Table(
    "inspectors",
    metadata,
    Column("id", Id, primary_key=True),
    # The column of the annex whose bureau they serve: a district, or what the city does itself.
    Column("place", Text, nullable=False),
    Column("name", Text, nullable=False),
    # By which the name is known again, however it is typed.
    Column("likeness", Text, nullable=False),
    Column("since", Instant, nullable=False),
    # Who has gone stays named on the checks that they signed, and is drawn no more.
    Column("until", Instant),
    Index("uq_inspectors_name", "place", "likeness", unique=True,
          sqlite_where=text("until IS NULL"), postgresql_where=text("until IS NULL")),
    sqlite_autoincrement=True,
)  # fmt: skip

check_draws = Table(
    "check_draws",
    metadata,
    Column("id", Id, primary_key=True),
    Column("place", Text, nullable=False),
    # Made before the pool is chosen, and told after it was.
    Column("seed", Text, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("begun_by", Id, ForeignKey("people.id"), nullable=False),
    # What follows is null until it is drawn.
    Column("drawn_at", Instant),
    Column("drawn_by", Id, ForeignKey("people.id")),
    Column("conditions", JSON(none_as_null=True)),
    Column("number", Integer),
    # The codes and the inspectors' numbers from which it was drawn, and the result: who asks later gets the same.
    Column("pool", JSON(none_as_null=True)),
    Column("inspectors", JSON(none_as_null=True)),
    Column("result", JSON(none_as_null=True)),
    CheckConstraint("(drawn_at IS NULL) = (result IS NULL)", name="drawn"),
    # Whoever begins again before it is drawn gets the same seed: nobody begins until one suits.
    Index("uq_check_draws_open", "place", unique=True,
          sqlite_where=text("drawn_at IS NULL"), postgresql_where=text("drawn_at IS NULL")),
    sqlite_autoincrement=True,
)  # fmt: skip

checks = Table(
    "checks",
    metadata,
    Column("id", Id, primary_key=True),
    # The column of the annex that counts it, from the day of the plan on.
    Column("place", Text, nullable=False),
    Column("enterprise", Text, ForeignKey("enterprises.code"), nullable=False, index=True),
    Column("how", Text, nullable=False),
    Column("draw", Id, ForeignKey("check_draws.id")),
    # Why it was suggested, and which inspectors were drawn for it, by number.
    Column("grounds", JSON, nullable=False),
    Column("assigned", JSON, nullable=False),
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
    Index("uq_checks_planned", "place", "enterprise", unique=True,
          sqlite_where=text("state = 'planned'"), postgresql_where=text("state = 'planned'")),
    Index("ix_checks_place_state", "place", "state"),
    sqlite_autoincrement=True,
)  # fmt: skip

check_inspectors = Table(
    "check_inspectors",
    metadata,
    # 谁检查、谁签名、谁负责.
    Column("check", Id, ForeignKey("checks.id"), primary_key=True),
    Column("inspector", Id, ForeignKey("inspectors.id"), primary_key=True),
)

check_entries = Table(
    "check_entries",
    metadata,
    Column("check", Id, ForeignKey("checks.id"), primary_key=True),
    # The row of the annex: B1 that it was checked, B2 to B8 what was found.
    Column("row", Text, primary_key=True),
    # The dated action that counts for it.
    Column("action", Id, ForeignKey("bureau_actions.id"), nullable=False),
    Column("note", Text, nullable=False),
    Column("photos", JSON, nullable=False),
    UniqueConstraint("action"),
)

check_hazards = Table(
    "check_hazards",
    metadata,
    # A hazard is found by one check.
    Column("hazard", Id, ForeignKey("hazards.id"), primary_key=True),
    Column("check", Id, ForeignKey("checks.id"), nullable=False, index=True),
)
