"""The tables. A constraint states a rule, and its comment says which; instants are UTC."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)

from campaign.enterprise_life import State
from campaign.roles import CALLED, ROLES
from storage import shapes
from storage.columns import Id, Instant, Kept, index_where, numbered, one_of, table
from talk.messages import Outbound

clock = table(
    "clock",
    Column("id", Integer, primary_key=True),
    # A rehearsal's campaign clock runs this far from the real one; it never goes backwards.
    Column("offset_seconds", BigInteger, nullable=False),
    # Up to which campaign instant duties were planned and reminders looked at.
    Column("ticked_until", Instant),
    Column("rehearsal", Boolean, nullable=False),
    # When what is over was last swept out, in real time.
    Column("swept_at", Instant),
    # When the last tick was, in real time, and how long the machine had run then since which start: its clock is
    # believed while both go on together.
    Column("looked_at", Instant),
    Column("booted", Text),
    Column("ran_seconds", BigInteger),
    CheckConstraint("id = 1", name="one_row"),
)

signs = table(
    "signs",
    # What went well: a poll of an account for updates, or (without an account) a round of the clockwork.
    Column("what", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    # The last time, in real time; noted at most once in some seconds.
    Column("at", Instant, nullable=False),
    one_of("what", ("poll", "tick")),
)

poll_leases = table(
    "poll_leases",
    # Of all processes the one that asks a platform for the updates of an account.
    Column("channel", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    # Which process; null: it was given back.
    Column("holder", Text),
    # How often it was taken or renewed: another may take it once this has stood still for long enough.
    Column("beats", BigInteger, nullable=False),
    # When it ends by the holder's clock, for whoever looks at it.
    Column("until", Instant),
)

webhooks = table(
    "webhooks",
    # Where we told a platform to bring the updates of an account, and how that goes by its own word.
    Column("channel", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    Column("url", Text, nullable=False),
    # When the platform was last asked, and how many updates it had not brought by then.
    Column("looked_at", Instant, nullable=False),
    Column("pending", BigInteger, nullable=False),
    # When one could last not be brought, and why.
    Column("failed_at", Instant),
    Column("error", Text),
)

schema_serves = table(
    "schema_serves",
    # Whose tables these are, and the oldest revision whose code may work on them, too; one row.
    Column("revision", Text, primary_key=True),
    Column("oldest", Text, nullable=False),
)

alarms = table(
    "alarms",
    # What is wrong with the bot itself, by the doctor's name for the check.
    Column("kind", Text, primary_key=True),
    # Since when, in real time; null: it is over.
    Column("since", Instant),
    # When its operators were last told that it is.
    Column("told_at", Instant),
)

rewinds = numbered(
    "rewinds",
    # The database was put back from a backup: as it was then, and when that was done (real time, both).
    Column("taken_at", Instant, nullable=False),
    Column("restored_at", Instant, nullable=False),
    # The newest of each kind that it has, and the number of its last row of the audit log.
    Column("newest", Kept(shapes.texts), nullable=False),
    Column("seq", BigInteger, nullable=False),
    # Of each account of a channel the last update that the backup knew: {"telegram": {"123": 4711}}.
    Column("updates", Kept(shapes.update_numbers), nullable=False),
    # When operators and staff were told; null: the next start tells them.
    Column("told_at", Instant),
)

enterprises = table(
    "enterprises",
    # The unified social credit code (GB 32100-2015) is the enterprise's name everywhere.
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    # By which the name is found, however it is typed.
    Column("likeness", Text, nullable=False),
    Column("district", Text, nullable=False, index=True),
    Column("sector", Text, nullable=False),
    # Supervised by the city itself (市级安全生产监管单位): owes three duties more.
    Column("municipal", Boolean, nullable=False),
    Column("supervisor", Text, nullable=False),
    Column("sector_department", Text, nullable=False),
    Column("principal_name", Text, nullable=False),
    Column("officer_name", Text, nullable=False),
    Column("employees", Integer, nullable=False),
    # The standard calls the code wrong, and it stands so on the licence: a bureau said so.
    Column("as_on_licence", Boolean, nullable=False, server_default=text("false")),
    # From when the present district, sector and supervision hold; null: since the campaign's start.
    # A duty that was already due then is not opened by the change.
    Column("since", Instant),
    Column("updated_at", Instant, nullable=False),
    # How it stands now, as its entries have it (`storage.enterprise_life`), and since which day; null: ever since.
    Column("state", Text, nullable=False, server_default="active"),
    Column("state_since", Date),
    CheckConstraint("employees >= 0", name="employees"),
    one_of("state", State),
)

enterprise_tags = table(
    "enterprise_tags",
    Column("enterprise", Text, ForeignKey("enterprises.code"), primary_key=True),
    Column("tag", Text, primary_key=True),
    # As enterprises.since, for this tag.
    Column("since", Instant),
)

telephones = table(
    "telephones",
    Column("enterprise", Text, ForeignKey("enterprises.code"), primary_key=True),
    Column("whose", Text, primary_key=True),
    # Encrypted with a key of the application, bound to both of the above.
    Column("number", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    # The staff who corrected it in the chat; null: it came with a list.
    Column("by", Id, ForeignKey("people.id")),
    one_of("whose", CALLED),
)

people = numbered(
    "people",
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    # Null while an invitation is being read: nobody has joined before consenting.
    Column("joined_at", Instant),
    # A person who left keeps the id, since answers and the audit point to it; the name goes.
    Column("left_at", Instant),
    # The phone is lost: nothing is taken from the addresses, and nothing is sent there, until a new code unlocks.
    Column("locked_at", Instant),
    CheckConstraint("left_at IS NULL OR locked_at IS NULL", name="locked"),
)

identities = table(
    "identities",
    Column("channel", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    Column("external_id", Text, primary_key=True),
    # Null: somebody who wrote but has not joined.
    Column("person", Id, ForeignKey("people.id"), index=True),
    # Set when the platform says that the person blocked the bot; an unblock clears it.
    Column("refused_at", Instant),
    Column("seen_at", Instant, nullable=False),
    # A group is told once that the bot works in private.
    Column("declined", Boolean, nullable=False, server_default=text("(false)")),
    Column("language", Text, nullable=False),
)

memberships = numbered(
    "memberships",
    Column("person", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("role", Text, nullable=False),
    # An enterprise's code, a district's name, or the city's name.
    Column("subject", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
    # Until when it was given, in campaign time; whoever writes first after that carries it out.
    Column("ends_at", Instant),
    # Who ended it, where it was a person in the chat, and why; null: of an end before there were reasons.
    Column("ended_by", Id, ForeignKey("people.id")),
    Column("reason", Text),
    # When the registry named another one in this seat; open until staff looked at the role after that.
    Column("questioned_at", Instant),
    # When it was last looked at in a review of roles, and by whom; null: at the command line.
    Column("reviewed_at", Instant),
    Column("reviewed_by", Id, ForeignKey("people.id")),
    one_of("role", ROLES),
    one_of("state", ("active", "pending", "ended")),
    CheckConstraint("ended_by IS NULL OR state = 'ended'", name="ended"),
    # One person holds a role for a subject once at a time.
    index_where("state <> 'ended'", "uq_memberships_live", "person", "role", "subject", unique=True),
    # One active principal of an enterprise; a second one waits until staff accept.
    index_where("state = 'active' AND role = 'principal'", "uq_memberships_principal", "subject", unique=True),
    Index("ix_memberships_subject_role", "subject", "role"),
    # Asked in every transaction: the first end that a date brings.
    index_where("state <> 'ended' AND ends_at IS NOT NULL", "ix_memberships_ends_at", "ends_at"),
)

invitations = numbered(
    "invitations",
    # HMAC of the code: a stolen database gives nobody a way in.
    Column("code_hash", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("invited_by", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("used_by", Id, ForeignKey("people.id")),
    # Taken back before it was used: by hand, or since the role that it was for has ended.
    Column("voided_at", Instant),
    # Until when the role is given, in campaign time; null: without an end.
    Column("role_ends_at", Instant),
    # For somebody who is locked out: the code leads this person back, and nobody else.
    Column("person", Id, ForeignKey("people.id")),
    # Who made it at the server; null: before operators had names, or by the bot.
    Column("operator", Text),
    # Who made it in the chat; null: it was made at the server.
    Column("made_by", Id, ForeignKey("people.id")),
    # The role that ends when it is used: its holder hands over.
    Column("replaces", Id, ForeignKey("memberships.id")),
    CheckConstraint("used_at IS NULL OR voided_at IS NULL", name="one_end"),
)

tries = numbered(
    "tries",
    # What was guessed at: an invitation or a receipt.
    Column("what", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_tries_who", "what", "channel", "account", "external_id", "at"),
)

duties = numbered(
    "duties",
    Column("obligation", Text, nullable=False),
    # An enterprise's code, or a district's name.
    Column("subject", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("enterprise", Text, ForeignKey("enterprises.code")),
    # The district at the time of planning; a duty keeps the district of its own date.
    Column("district", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("opens", Instant, nullable=False),
    Column("due", Instant),
    Column("status", Text, nullable=False),
    Column("answered_at", Instant),
    # When it was first handed in; `answered_at` is that of the newest correction.
    Column("first_at", Instant),
    # The day of the deed where its clause dates that, and the last day for it: they decide what is late.
    Column("done_on", Date),
    Column("done_by", Date),
    # The conversation whose answer counts; earlier ones stay with their receipts. No foreign key: the two
    # tables would name each other, which SQLite cannot be taught afterwards.
    Column("conversation", Id),
    # No reminder before this instant: 明早提醒, or the day the principal planned for.
    Column("snoozed_until", Instant),
    # The newest rung of the ladder that went out, and when: at most one for each duty and day.
    Column("rung", Text),
    Column("rung_at", Instant),
    Column("escalated", Text),
    Column("escalated_at", Instant),
    # The status that it had before a standstill or the end of its enterprise excused or withdrew it, and has again
    # when that is over; null: neither did.
    Column("held", Text),
    # Whether the answer that counts meets the clause; null: none counts, or it is of before this was judged.
    Column("met", Boolean),
    # The day by which its owner promised that it will.
    Column("met_by", Date),
    # Why it does not, and which evidence it lacks (`campaign.unmet.Judged`).
    Column("shortfall", Kept(shapes.shortfall, none_as_null=True)),
    # One obligation of one subject in one period, whoever plans it and however often.
    UniqueConstraint("obligation", "subject", "period"),
    one_of("status", ("planned", "open", "answered", "returned", "explained", "excused", "withdrawn")),
    one_of("escalated", ("district", "city")),
    CheckConstraint("held IS NULL OR status IN ('excused', 'withdrawn')", name="held"),
    CheckConstraint("met_by IS NULL OR met = false", name="met_by"),
    Index("ix_duties_subject_status", "subject", "status"),
    Index("ix_duties_group", "obligation", "period", "status"),
    Index("ix_duties_district", "district", "status"),
    index_where("held IS NOT NULL", "ix_duties_held", "subject"),
    # What was answered before answers were judged.
    index_where("status = 'answered' AND met IS NULL", "ix_duties_unjudged", "id"),
)

hazards = numbered(
    "hazards",
    # Numbered in the whole database, since people and periods name it so: hazard/41.
    Column("enterprise", Text, ForeignKey("enterprises.code"), nullable=False),
    # The district on the day it was found: a figure of the annex stays with it when the enterprise moves.
    Column("district", Text, nullable=False),
    # Whether the city itself supervised the enterprise on that day (市本级): a column of the annex of its own.
    Column("municipal", Boolean, nullable=False),
    Column("origin", Text, nullable=False),
    # Of an old list that was imported: what it calls its source. Null for what was reported here.
    Column("source", Text),
    Column("place", Text, nullable=False),
    # An id of the pack's standard; null: the department is asked to judge.
    Column("criterion", Text),
    Column("device_failed", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("found_at", Instant, nullable=False),
    # From when weekly check-ins ask about it; null: fixed at once, which needs the evaluation only.
    Column("weekly_from", Instant),
    Column("plan_person", Text),
    Column("plan_measures", Text),
    # In 分: SQLite has no exact decimals.
    Column("plan_funds_fen", BigInteger),
    Column("plan_contingency", Text),
    Column("deadline", Date),
    Column("closed_at", Instant),
    # 挂牌督办, a mark beside the state: who lists it, document number, date, deadline, and until when.
    Column("listed_by", Text),
    Column("listed_number", Text),
    Column("listed_on", Date),
    Column("listed_deadline", Date),
    Column("lifted_on", Date),
    # What is wrong, in the finder's words; null for what was found before it was asked.
    Column("description", Text),
    # Reported as 说不准, and no department has said yet whether it is a major one.
    Column("unsure", Boolean, nullable=False, server_default=text("false")),
    Column("merged_into", Id, ForeignKey("hazards.id")),
    # The deadline of a listed one that its enterprise asks for, and why, until the department answers.
    Column("asked_deadline", Date),
    Column("asked_reason", Text),
    # The deadlines of which it was told that they have passed.
    Column("told_deadline", Date),
    Column("told_listed_deadline", Date),
    one_of("origin", ("enterprise", "department")),
    one_of(
        "state",
        (
            *("found", "planned", "rectifying", "done", "evaluated", "reinspected", "closed", "reopened"),
            *("not_major", "merged", "withdrawn"),
        ),
    ),
    # What has ended says when, and only that: the weeks of check-ins and the figures are counted from it.
    CheckConstraint(
        "(closed_at IS NULL) = (state NOT IN ('closed', 'not_major', 'merged', 'withdrawn'))", name="ended"
    ),
    CheckConstraint("(merged_into IS NULL) = (state <> 'merged')", name="merged"),
    CheckConstraint("(asked_deadline IS NULL) = (asked_reason IS NULL)", name="asked"),
    CheckConstraint("(listed_on IS NULL) = (listed_by IS NULL)", name="listed"),
    CheckConstraint("lifted_on IS NULL OR listed_on IS NOT NULL", name="lifted"),
    Index("ix_hazards_enterprise_state", "enterprise", "state"),
    Index("ix_hazards_district_state", "district", "state"),
    # The planner looks each minute for what asks for a check-in: what is open, or closed within the last week.
    Index("ix_hazards_weekly", "closed_at", "weekly_from"),
)

hazard_steps = numbered(
    "hazard_steps",
    Column("hazard", Id, ForeignKey("hazards.id"), nullable=False),
    Column("at", Instant, nullable=False),
    # Null: an import at the command line.
    Column("person", Id, ForeignKey("people.id")),
    Column("event", Text, nullable=False),
    # What was said, by event; photos by their hash. Rows are only ever added.
    Column("data", Kept(shapes.with_photos), nullable=False),
    Index("ix_hazard_steps_hazard", "hazard", "id"),
)

conversations = numbered(
    "conversations",
    Column("dialog", Text, nullable=False),
    Column("duty", Id, ForeignKey("duties.id"), index=True),
    # Who talks now; a delegated one moves from the officer to the principal.
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    Column("started_by", Id, ForeignKey("people.id"), nullable=False),
    Column("brief", Kept(shapes.an_object), nullable=False),
    Column("state", Text, nullable=False),
    # A question to ask again although it has an answer: back, edit or return.
    Column("focus", Text),
    # What the one who returned it said.
    Column("remark", Text),
    Column("result", Kept()),
    Column("started_at", Instant, nullable=False),
    Column("touched_at", Instant, nullable=False),
    Column("finished_at", Instant),
    # aside: put away with its answers until somebody fills the duty again; discarded: let go, without its answers.
    one_of("state", ("front", "waiting", "aside", "finished", "discarded")),
    # One conversation is in front of each person; the others wait and are named.
    index_where("state = 'front'", "uq_conversations_front", "person", unique=True),
    Index("ix_conversations_person_state", "person", "state"),
)

answers = table(
    "answers",
    Column("conversation", Id, ForeignKey("conversations.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("current", Boolean, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("raw", Text, nullable=False),
    Column("value", Kept(), nullable=False),
    # The wording then shown, so that an old answer stays readable after the form changed.
    Column("wording", Text, nullable=False),
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    # Who gave it at the server in the person's place; null: the person did.
    Column("operator", Text),
    # Answers are only ever added; of each key one is current.
    index_where("current", "uq_answers_current", "conversation", "key", unique=True),
)

prompts = table(
    "prompts",
    Column("token", Text, primary_key=True),
    Column("conversation", Id, ForeignKey("conversations.id"), nullable=False, index=True),
    Column("key", Text, nullable=False),
    # open: waits for an answer; answered: a tap on it is old; replaced: shown anew elsewhere.
    Column("state", Text, nullable=False),
    # Toggles of a several-choice live here until 完成.
    Column("picked", Kept(shapes.strings), nullable=False),
    # The option that answered it: the same tap again is a double tap.
    Column("answered_with", Text),
    Column("shown_at", Instant, nullable=False),
    one_of("state", ("open", "answered", "replaced")),
    # One question waits in a conversation at a time.
    index_where("state = 'open'", "uq_prompts_open", "conversation", unique=True),
)

receipts = table(
    "receipts",
    # 8 of 32 letters and digits, shown as K7Q4-M2PX.
    Column("code", Text, primary_key=True),
    Column("duty", Id, ForeignKey("duties.id"), nullable=False, index=True),
    Column("conversation", Id, ForeignKey("conversations.id"), nullable=False),
    Column("at", Instant, nullable=False),
    # By what it was vouched for: a chat account, a second factor with it, an operator at the server. Null: by an
    # account, before this was noted.
    Column("assurance", Text),
    one_of("assurance", ("account", "factor", "server")),
    # An answer is handed in once for each duty that it meets.
    UniqueConstraint("conversation", "duty"),
)

tag_proposals = numbered(
    "tag_proposals",
    Column("enterprise", Text, ForeignKey("enterprises.code"), nullable=False),
    Column("tag", Text, nullable=False),
    # What the enterprise said of the risk (有无), against the registry.
    Column("present", Boolean, nullable=False),
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    # Withdrawn: the enterprise has said otherwise since.
    Column("state", Text, nullable=False),
    Column("decided_by", Id, ForeignKey("people.id")),
    Column("decided_at", Instant),
    one_of("state", ("open", "accepted", "refused", "withdrawn")),
    # What staff refused once is not laid before them again.
    UniqueConstraint("enterprise", "tag", "present"),
)

inbox = table(
    "inbox",
    Column("channel", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    # The number by which the updates of a person are in order; below 0: it had none that could be used.
    Column("update_id", BigInteger, primary_key=True),
    # The platform's own key: an update that comes twice is taken once. Empty: the number is the key, as it was for
    # what came before keys could be texts.
    Column("event", Text),
    Column("external_id", Text, nullable=False),
    Column("raw", Kept(shapes.an_object), nullable=False),
    Column("state", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("error", Text),
    # The act of which the update is a part (an album, the edits of one message), and the answer that it became: what
    # comes of the act later is known by them.
    Column("act", Text),
    Column("conversation", Id),
    Column("question", Text),
    # When an operator took note that it could not be handled, in campaign time.
    Column("acknowledged_at", Instant),
    # From when on any process may claim an update that waits: it was brought, or its files are still to be fetched, or
    # it came behind such a one; empty: whoever polls has it in hand.
    Column("due_at", Instant),
    # Until then it is in somebody's hands.
    Column("lease_until", Instant),
    # How often its files were tried in vain, and how often it was lost with the process that had it.
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("leases_lost", Integer, nullable=False, server_default=text("0")),
    # Whether nobody knows how long before it came it was sent.
    Column("undated", Boolean, nullable=False, server_default=text("false")),
    # waiting: kept so that the platform can be told, and not handled yet; failed: could not be handled, set aside.
    one_of("state", ("waiting", "done", "failed")),
    Index("ix_inbox_event", "channel", "account", "event", unique=True),
    index_where("state <> 'done'", "ix_inbox_open", "channel", "account", "state", "update_id"),
    Index("ix_inbox_address", "channel", "account", "external_id", "update_id"),
    Index("ix_inbox_received_at", "received_at"),
)

outbox = numbered(
    "outbox",
    # The same message is queued once, however often its cause is looked at.
    Column("dedupe", Text, nullable=False, unique=True),
    # 0 permit, 1 reply, 2 deadline, 3 notice: the order in which they leave. 4: what is said to strangers.
    Column("priority", Integer, nullable=False),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("person", Id, ForeignKey("people.id")),
    Column("kind", Text, nullable=False),
    # The duty a reminder is about; it does not leave once that duty is answered.
    Column("duty", Id, ForeignKey("duties.id")),
    # All duties that a digest names.
    Column("about", Kept(shapes.numbers), nullable=False),
    Column("body", Kept(Outbound.from_json), nullable=False),
    # Messages with the same card name replace each other in place.
    Column("card", Text),
    # A file: the letter with the words that it goes with, after which it leaves.
    Column("follows", Id, ForeignKey("outbox.id", ondelete="CASCADE")),
    Column("state", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("expires_at", Instant),
    # How often it was tried, and how often it was lost with the process that had it: nobody knows of such a try.
    Column("attempts", Integer, nullable=False),
    Column("leases_lost", Integer, nullable=False, server_default=text("0")),
    # Until then nobody may claim this letter: it is in somebody's hands (leased), or its chat is asked to wait (ready).
    Column("lease_until", Instant),
    Column("sent_at", Instant),
    Column("message_id", Text),
    Column("error", Text),
    # When an operator took note that it did not arrive, in campaign time.
    Column("acknowledged_at", Instant),
    one_of("state", ("ready", "leased", "sent", "refused", "rejected", "failed", "expired", "cancelled")),
    CheckConstraint("priority BETWEEN 0 AND 4", name="priority"),
    # What may still leave, in the order in which it leaves, and by address: the claim looks only here.
    index_where(
        "state IN ('ready', 'leased')", "ix_outbox_claim", "channel", "account", "priority", "id", "not_before"
    ),
    index_where(
        "state IN ('ready', 'leased')", "ix_outbox_unsettled", "channel", "account", "external_id", "priority", "id"
    ),
    # The newest message of a card: the one that the next replaces.
    index_where(
        "state = 'sent' AND card IS NOT NULL", "ix_outbox_card", "channel", "account", "external_id", "card", "id"
    ),
    index_where("follows IS NOT NULL", "ix_outbox_follows", "follows"),
    # What did not arrive and will not be tried again: counted each minute.
    index_where("state IN ('rejected', 'failed')", "ix_outbox_lost", "follows", "id"),
    # What leaves one at a time.
    index_where("state IN ('ready', 'leased') AND leases_lost >= 3", "ix_outbox_suspects", "leases_lost"),
    Index("ix_outbox_address", "channel", "account", "external_id", "id"),
    Index("ix_outbox_person", "person", "id"),
)

paper_orders = numbered(
    "paper_orders",
    # The name of the kind of paper, and its arguments by their names (`service.core.papers`).
    Column("kind", Text, nullable=False),
    Column("args", Kept(shapes.an_object), nullable=False),
    # Who gets it, each with what is said beside it; empty once it was sent.
    Column("readers", Kept(shapes.readers), nullable=False),
    # The first of them.
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    # The operator who asked in their place.
    Column("operator", Text),
    # The same for the same paper and the same readers: one of them waits at a time.
    Column("likeness", Text, nullable=False),
    # When it was first asked for, in real time, and how often: what is asked for again while it is drawn is drawn anew.
    Column("asked_at", Instant, nullable=False),
    Column("asks", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("not_before", Instant, nullable=False),
    # As of letters: a lease that was lost with its process is no try.
    Column("attempts", Integer, nullable=False),
    Column("leases_lost", Integer, nullable=False),
    Column("lease_until", Instant),
    Column("done_at", Instant),
    Column("error", Text),
    one_of("state", ("ready", "leased", "sent", "failed", "rejected")),
    index_where("state IN ('ready', 'leased')", "ix_paper_orders_waiting", "likeness", unique=True),
    Index("ix_paper_orders_person", "person", "id"),
)

channel_accounts = table(
    "channel_accounts",
    Column("channel", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    Column("bot_name", Text),
    # The first instant of the budget that nobody has reserved; the claim reserves its slots here.
    Column("next_free", Instant),
    # Nothing leaves before: the platform asked the whole account to wait, or it is down and is tried again then.
    Column("throttled_until", Instant),
    Column("down_since", Instant),
    Column("down_reason", Text),
)

files = table(
    "files",
    Column("sha256", Text, primary_key=True),
    Column("mime", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("kept_at", Instant, nullable=False),
    # Until then it can be fetched (real time); null: as long as something refers to it.
    Column("expires_at", Instant),
    # All that is known of this person, as they asked for it: it goes when they leave.
    Column("own_data_of", Id, ForeignKey("people.id"), index=True),
    # Who sent it in, the last of several: told where it cannot be handed on. Null: the bot drew it.
    Column("sent_by", Id, ForeignKey("people.id")),
    index_where("expires_at IS NOT NULL", "ix_files_expires_at", "expires_at"),
)

feedback = numbered(
    "feedback",
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

problems = numbered(
    "problems",
    Column("enterprise", Text, ForeignKey("enterprises.code"), nullable=False, index=True),
    # The dispatch in which it was raised. One each: what is raised together comes back together.
    Column("duty", Id, ForeignKey("duties.id"), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("raised_at", Instant, nullable=False),
    # needed: the enterprise asks its department to help; coordinated: the department has; withdrawn: the dispatch was
    # corrected and raises it no more.
    Column("state", Text, nullable=False),
    # The dispatch in which it was last asked what became of it: a correction of that one may answer otherwise.
    Column("asked_in", Id, ForeignKey("duties.id")),
    Column("answered_at", Instant),
    Column("answered_by", Id, ForeignKey("people.id")),
    Column("coordinated_at", Instant),
    Column("coordinated_by", Id, ForeignKey("people.id")),
    one_of("state", ("open", "needed", "coordinated", "solved", "withdrawn")),
)

workers = numbered(
    "workers",
    Column("enterprise", Text, ForeignKey("enterprises.code"), nullable=False),
    Column("name", Text, nullable=False),
    Column("trade", Text, nullable=False),
    # The number holds an identity number: encrypted with a key of the application, bound to the enterprise.
    Column("certificate", LargeBinary, nullable=False),
    # Its first 4 and last 2 places, all that anybody is shown.
    Column("certificate_masked", Text, nullable=False),
    # HMAC of it, to know it again at the next import.
    Column("certificate_hash", Text, nullable=False),
    Column("issued", Date, nullable=False),
    # The last days on which it counts without the review, and at all.
    Column("review_due", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    # The rung that was last told, in days before the end; null: none yet, for these days.
    Column("reminded_days", Integer),
    # A worker who left keeps the row, since permits point to it.
    Column("removed_at", Instant),
    Column("updated_at", Instant, nullable=False),
    CheckConstraint("review_due <= valid_until", name="review"),
    # All certificates of a person bear the same number: one for each trade.
    index_where("removed_at IS NULL", "uq_workers_live", "enterprise", "certificate_hash", "trade", unique=True),
    # The tick looks for what ends soon.
    index_where("removed_at IS NULL", "ix_workers_ends", "review_due", "valid_until"),
)

notices = numbered(
    "notices",
    # Who speaks: a district's name, or the city's. Nobody beyond it is ever written to.
    Column("place", Text, nullable=False, index=True),
    # Who wrote it, and in which conversation.
    Column("by", Id, ForeignKey("people.id"), nullable=False),
    Column("conversation", Id, ForeignKey("conversations.id"), nullable=False),
    # Whose order it was that letters leave: they stop when that person's role ends.
    Column("responsible", Id, ForeignKey("people.id"), nullable=False),
    # draft: being changed; what is on its way and what is done is read from the letters.
    Column("state", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("files", Kept(shapes.files), nullable=False),
    # As `campaign.notices.Audience` writes itself.
    Column("audience", Kept(shapes.audience), nullable=False),
    # The last day on which it is in force, in the zone of the application: who joins until then gets it too.
    Column("until", Date, nullable=False),
    # The form of the pack by which it is answered; null: no answer is asked for.
    Column("form", Text),
    # Of what the preview showed; the button that confirms carries it.
    Column("digest", Text, nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    # How often it was sent out: each time makes letters of its own.
    Column("round", Integer, nullable=False, server_default=text("0")),
    Column("reminded_on", Date),
    # When the one responsible was told that nothing is on its way any more.
    Column("told_at", Instant),
    one_of("state", ("draft", "previewed", "queued", "stopped")),
    CheckConstraint("state <> 'queued' OR confirmed_at IS NOT NULL", name="confirmed"),
    Index("ix_notices_force", "state", "until"),
)

notice_recipients = numbered(
    "notice_recipients",
    Column("notice", Id, ForeignKey("notices.id"), nullable=False),
    # Null: whoever the registry names in this role has not joined.
    Column("person", Id, ForeignKey("people.id"), index=True),
    # Null: staff of a district.
    Column("enterprise", Text, ForeignKey("enterprises.code")),
    Column("role", Text, nullable=False),
    # The district on the day it was sent.
    Column("district", Text, nullable=False),
    # The dedupe keys of the letter and of the newest reminder; null: there was nowhere to send it.
    Column("letter", Text),
    Column("reminder", Text),
    # When it was handed to the platform, in campaign time; whether it was taken is the letter's to say.
    Column("left_at", Instant),
    Column("acknowledged_at", Instant),
    Column("answer", Id, ForeignKey("conversations.id")),
    Column("answered_at", Instant),
    CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
    # For each enterprise of theirs somebody stands here once, for all of them gets one letter, and is once on its phone
    # list.
    index_where(
        "person IS NOT NULL AND enterprise IS NOT NULL",
        "uq_notice_recipients_person",
        *("notice", "person", "enterprise"),
        unique=True,
    ),
    index_where(
        "person IS NOT NULL AND enterprise IS NULL",
        "uq_notice_recipients_staff",
        *("notice", "person", "district"),
        unique=True,
    ),
    index_where("person IS NULL", "uq_notice_recipients_missing", "notice", "enterprise", "role", unique=True),
)
bureau_actions = numbered(
    "bureau_actions",
    # The column of the annex that counts it: a district, or what the city does itself.
    Column("district", Text, nullable=False),
    # The row of the annex, as C3.
    Column("row", Text, nullable=False),
    # Where it concerns one: rows in 家 count each enterprise once.
    Column("enterprise", Text, ForeignKey("enterprises.code")),
    # The day on which it was done, in the zone of the application.
    Column("day", Date, nullable=False),
    # When it was entered: what comes after a filing belongs to the next month.
    Column("at", Instant, nullable=False),
    # The figures of the row as decimal words: SQLite has no exact decimals.
    Column("values", Kept(shapes.strings), nullable=False),
    # What it was; of a counter-entry its reason.
    Column("note", Text, nullable=False),
    Column("by", Id, ForeignKey("people.id")),
    # A counter-entry names what it takes back. Rows are only ever added.
    Column("corrects", Id, ForeignKey("bureau_actions.id")),
    CheckConstraint("corrects IS NULL OR note <> ''", name="reason"),
    # What is taken back is taken back once.
    UniqueConstraint("corrects"),
    Index("ix_bureau_actions_district", "district", "row"),
)

annex_tables = numbered(
    "annex_tables",
    # 2023-06.
    Column("month", Text, nullable=False),
    Column("district", Text, nullable=False),
    # A filed table never changes: one that the city returns gets a next version.
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    # When the draft was sent to the clerks.
    Column("drafted_at", Instant),
    Column("submitted_at", Instant),
    Column("submitted_by", Id, ForeignKey("people.id")),
    Column("approved_at", Instant),
    Column("approved_by", Id, ForeignKey("people.id")),
    Column("filed_at", Instant),
    Column("filed_by", Id, ForeignKey("people.id")),
    # Every row with its figures and records as they were submitted, and then filed; null: counted at each look.
    Column("cells", Kept(shapes.cells, none_as_null=True)),
    # Why it came back: the sentence, whose, and the row where it is about one.
    Column("remark", Text),
    Column("remark_row", Text),
    Column("remark_by", Id, ForeignKey("people.id")),
    one_of("state", ("draft", "submitted", "approved", "filed")),
    UniqueConstraint("month", "district", "version"),
    CheckConstraint("(filed_at IS NULL) = (state <> 'filed')", name="filed"),
    CheckConstraint("(cells IS NULL) = (state = 'draft')", name="cells"),
)

annex_overrides = numbered(
    "annex_overrides",
    Column("month", Text, nullable=False),
    Column("district", Text, nullable=False),
    Column("row", Text, nullable=False),
    # Decimal words; null: as counted again. The newest of a row holds.
    Column("values", Kept(shapes.strings, none_as_null=True)),
    Column("reason", Text, nullable=False),
    Column("by", Id, ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("reason <> ''", name="reason"),
    Index("ix_annex_overrides_table", "month", "district", "row", "id"),
)

burden = table(
    "burden",
    Column("person", Id, ForeignKey("people.id"), primary_key=True),
    # A day of the campaign, in the pack's zone.
    Column("day", Date, primary_key=True),
    Column("messages", Integer, nullable=False),
)

audit = numbered(
    "audit",
    # Without gaps; null: of before events were sealed at once, or by no transaction of ours.
    Column("seq", BigInteger, unique=True),
    Column("at", Instant, nullable=False),
    Column("event", Text, nullable=False),
    # Person ids, never names.
    Column("actor", Id),
    # Who was at work at the server, alone or in the person's place; null: nobody, or a row of before such names.
    Column("operator", Text),
    Column("subject", Text, nullable=False),
    Column("data", Kept(shapes.an_object), nullable=False),
    # Over all rows up to this one.
    Column("seal", LargeBinary),
    Index("ix_audit_subject", "subject", "event"),
)

denials = table(
    "denials",
    Column("event", Text, primary_key=True),
    # 0: all who have not joined.
    Column("person", Id, primary_key=True, autoincrement=False),
    Column("hour", Instant, primary_key=True),
    Column("number", Integer, nullable=False),
)

audit_head = table(
    "audit_head",
    Column("id", Integer, primary_key=True),
    # The random name of the log, which anchors outside bear; null: not begun yet.
    Column("log", Text),
    # How many rows there are, under a seal of its own: a chain alone does not miss what is cut off its end.
    Column("seq", BigInteger, nullable=False),
    # SHA-256 over all rows; null: not begun yet.
    Column("digest", LargeBinary),
    # Up to which row the log was told to a collector of logs; null: none yet.
    Column("told", BigInteger),
    Column("seal", LargeBinary, nullable=False),
    CheckConstraint("id = 1", name="one_row"),
)
