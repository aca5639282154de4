"""The tables of the life of enterprises. A constraint states a rule, and its comment says which; instants are UTC."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Text, UniqueConstraint

from campaign.enterprise_life import Event, State
from storage.columns import Id, Instant, numbered, one_of, table

enterprise_entries = numbered(
    "enterprise_entries",
    Column("enterprise", Text, ForeignKey("enterprises.code"), nullable=False, index=True),
    Column("event", Text, nullable=False),
    # The first day on which it holds, in the zone of the application.
    Column("first", Date, nullable=False),
    # The planned last day of a standstill.
    Column("last", Date),
    # Which enterprise a merged one became a part of.
    Column("merged_into", Text, ForeignKey("enterprises.code")),
    # Why; of a counter-entry why it was wrong.
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    # Who entered it; null: at the command line.
    Column("by", Id, ForeignKey("people.id")),
    Column("operator", Text),
    # The duty whose explanation (说明情况) it was taken from.
    Column("duty", Id, ForeignKey("duties.id")),
    # A counter-entry names what it takes back. Rows are only ever added.
    Column("corrects", Id, ForeignKey("enterprise_entries.id")),
    one_of("event", Event),
    CheckConstraint("reason <> ''", name="reason"),
    CheckConstraint("last IS NULL OR (event = 'suspend' AND last >= first)", name="last"),
    CheckConstraint("(merged_into IS NULL) = (event <> 'merge')", name="merged_into"),
    CheckConstraint("merged_into <> enterprise", name="itself"),
    # What is taken back is taken back once.
    UniqueConstraint("corrects"),
)

enterprise_spells = table(
    "enterprise_spells",
    # When an enterprise is not at work, as its entries have it: made anew from them with each, for statements over
    # many duties. Instants, from the first to the one at which it is over (null: open).
    Column("enterprise", Text, ForeignKey("enterprises.code"), primary_key=True),
    Column("starts", Instant, primary_key=True),
    Column("until", Instant),
    Column("state", Text, nullable=False),
    one_of("state", [state for state in State if state is not State.ACTIVE]),
    CheckConstraint("until IS NULL OR until > starts", name="until"),
)
