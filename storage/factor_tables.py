"""The tables of the second factor. A constraint states a rule, and its comment says which; instants are real UTC."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Integer, LargeBinary, Text

from storage import shapes
from storage.columns import Id, Instant, Kept, numbered, table

factors = table(
    "factors",
    Column("person", Id, ForeignKey("people.id"), primary_key=True),
    # What the codes are made from (RFC 6238), encrypted with a key of the application, bound to the person.
    Column("secret", LargeBinary),
    Column("enrolled_at", Instant),
    # A secret that was shown and not confirmed by a first code yet; until then the one before it holds.
    Column("pending", LargeBinary),
    Column("begun_at", Instant),
    # The time step of the last code that was taken: each code counts once.
    Column("last_step", BigInteger, nullable=False),
    # Wrong codes in a row, and how often that led to a pause.
    Column("wrong", Integer, nullable=False),
    Column("pauses", Integer, nullable=False),
    Column("paused_until", Instant),
    # When, and at which address (channel, account, id), a code was last given: another address needs one of its own.
    Column("verified_at", Instant),
    Column("verified_by", Kept(shapes.strings)),
    # The message that waits for a code, and since when.
    Column("held", Kept(shapes.held)),
    Column("held_at", Instant),
    # Who is enrolled has a secret, and a first code that proved it.
    CheckConstraint("(secret IS NULL) = (enrolled_at IS NULL)", name="enrolled"),
)

recovery_codes = numbered(
    "recovery_codes",
    Column("person", Id, ForeignKey("people.id"), nullable=False, index=True),
    # HMAC of the code: a stolen database gives nobody a way in.
    Column("code_hash", Text, nullable=False, unique=True),
    Column("used_at", Instant),
)
