"""People: the list of them, and what was asked of each in a month; roles end, and people are locked out and let in."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import typer

from bot.cli import output, session
from bot.cli.faults import Fault
from bot.cli.helping import Command, ListingGroup
from bot.cli.options import Json, Now, argument, day_of, number_of, option, subject_of
from bot.cli.output import Listing, picked
from bot.cli.words import say, words
from campaign.roles import ROLES
from service.core import access_log
from service.core.access_log import Access
from service.core.links import start_link
from service.core.unit_of_work import UnitOfWork
from service.duties import burden
from service.duties.burden import Month
from service.people import ending, forgetting, locking, own_data, seats
from service.people.ending import Ended, Way
from service.people.inviting import Invited
from service.people.roles import place_of
from service.people.seats import HeldSeat
from storage import modes, people, registry
from storage.people import Membership, Person, Post
from talk.cleaning import clean
from talk.texts import Listed, Phrase, Say, listed

app = typer.Typer()
people_ = typer.Typer(cls=ListingGroup, help=words(Say("cli-help-people")), invoke_without_command=True)
app.add_typer(people_, name="people")

OfPerson = Annotated[str, argument(Say("cli-name-person"), Say("cli-option-person-number"))]
OfWhom = Annotated[str, argument(Say("cli-name-whom"), Say("cli-option-whom"))]
OfRole = Annotated[str | None, option("--role", Say("cli-option-role-alone"), Say("cli-name-role"))]
OfSubject = Annotated[str | None, option("--for", Say("cli-option-for-alone"), Say("cli-name-subject"))]
Reason = Annotated[str, option("--reason", Say("cli-option-reason"), Say("cli-name-text"))]
On = Annotated[str | None, option("--on", Say("cli-option-ends-on"), Say("cli-name-day"))]

REASON: Final = 200
"""Characters of a reason at the most."""


@people_.callback()
def list_(
    ctx: typer.Context,
    by_burden: Annotated[bool, option("--burden", Say("cli-option-burden"))] = False,
    review: Annotated[bool, option("--review", Say("cli-option-review"))] = False,
    out: Annotated[Path | None, option("--out", Say("cli-option-review-out"), Say("cli-name-file"))] = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """List everybody who joined and has not left, what was asked of them, or the roles to look through."""
    if ctx.invoked_subcommand is not None:
        return
    if out is not None and not review:
        raise Fault(Say("cli-out-needs-review"))
    if out is not None:
        _write_review(out, now)
    elif review:
        session.show(SEATS, seats.held, now, as_json=as_json, noted=("people --review", _holders))
    elif by_burden:
        session.show(MONTHS, burden.by_month, now, as_json=as_json, noted=("people", _people))
    else:
        session.show(PEOPLE, _rows, now, as_json=as_json, noted=("people", len))


@people_.command("end", cls=Command, help=words(Say("cli-help-people-end")))
def end(person: OfPerson, reason: Reason, role: OfRole = None, subject: OfSubject = None, on: On = None) -> None:
    """End the roles of a person, now or with a day."""
    told = clean(reason)
    if not told or len(told) > REASON:
        raise Fault(Say("cli-bad-reason", limit=REASON))
    if role is not None and role not in ROLES:
        raise Fault(Say("cli-no-such-role", given=role, known=Listed(ROLES)))
    with session.opened() as bot:
        day = None if on is None else day_of(on)

        def case(uow: UnitOfWork) -> list[Phrase]:
            held = _held(uow, _named(uow, person), role, None if subject is None else subject_of(uow, subject))
            if day is None:
                return [_ended(uow, post, ending.end(uow, post, Way.OPERATOR, told)) for post in held]
            return [ending.plan(uow, post, day, told) for post in held]

        for line in bot.use(case):
            say(line)


@people_.command("keep", cls=Command, help=words(Say("cli-help-people-keep")))
def keep(person: OfPerson, role: OfRole = None, subject: OfSubject = None) -> None:
    """Note that the roles of a person were looked at, and stay."""
    with session.opened() as bot:

        def case(uow: UnitOfWork) -> int:
            of = None if subject is None else subject_of(uow, subject)
            return seats.reviewed(uow, _held(uow, _named(uow, person), role, of))

        say(Say("seats-kept", number=bot.use(case)))


@people_.command("lock", cls=Command, help=words(Say("cli-help-people-lock")))
def lock(person: OfPerson) -> None:
    """Lock somebody out whose phone is lost."""
    with session.opened() as bot:

        def case(uow: UnitOfWork) -> Say:
            somebody = _named(uow, person)
            locked = locking.lock(uow, somebody)
            return Say("cli-locked" if locked else "cli-locked-before", name=somebody.name, number=somebody.id)

        say(bot.use(case))


@people_.command("unlock", cls=Command, help=words(Say("cli-help-people-unlock")))
def unlock(person: OfPerson, as_json: Json = False) -> None:
    """Make the code that leads somebody back who is locked out."""
    with session.opened() as bot:

        def case(uow: UnitOfWork) -> tuple[Person, Invited, str | None]:
            somebody = _named(uow, person)
            if somebody.locked_at is None:
                raise Fault(Say("cli-not-locked", name=somebody.name, number=somebody.id))
            way_back = locking.way_back(uow, somebody, uow.pack.city_bureau)
            if way_back is None:
                raise Fault(Say("cli-nothing-to-unlock", name=somebody.name, number=somebody.id))
            return somebody, way_back, start_link(uow, way_back.code)

        somebody, way_back, link = bot.use(case)
        zone = bot.context.zone
    if as_json:
        told = {"code": way_back.code, "link": link, "person": somebody.id, "expires": way_back.expires}
        output.single(told, zone)
    else:
        day = way_back.expires.astimezone(zone).date()
        say(Say("cli-unlocked", code=way_back.code, name=somebody.name, day=day))


@people_.command("data", cls=Command, help=words(Say("cli-help-people-data")))
def data(
    who: OfWhom,
    out: Annotated[Path, option("--out", Say("cli-option-data-out"), Say("cli-name-file"))],
    subject: OfSubject = None,
) -> None:
    """Write all that is kept about somebody into a file, for them alone."""
    from reports import own_data as drawing  # noqa: PLC0415  # as above

    if out.exists():
        raise Fault(Say("cli-file-exists", name=str(out)))
    with session.opened() as bot:

        def case(uow: UnitOfWork) -> bytes:
            if subject is None:
                somebody = _named(uow, who)
                content, about = drawing.whole(own_data.gathered(uow, somebody)), f"person/{somebody.id}"
            else:
                of = subject_of(uow, subject)
                content = drawing.whole(own_data.gathered_by_name(uow, _a_name(who), of))
                about = f"enterprise/{of}" if registry.enterprise(uow.conn, of) else f"place/{of}"
            access_log.record(uow, Access.OWN_DATA, about, people=1, command="people data")
            return content

        content = bot.use(case)
        modes.write(out, content)
    say(Say("cli-data-written", file=str(out)))


@people_.command("forget", cls=Command, help=words(Say("cli-help-people-forget")))
def forget(who: OfWhom, subject: OfSubject = None) -> None:
    """Let somebody go who asked for it; say what stays by law."""
    with session.opened() as bot:

        def case(uow: UnitOfWork) -> list[Say]:
            if subject is None:
                return [forgetting.by_request(uow, _named(uow, who))]
            of = subject_of(uow, subject)
            said = forgetting.name_by_request(uow, forgetting.named(uow, _a_name(who), of))
            if not said:
                raise Fault(Say("cli-no-such-name", given=who, place=place_of(uow, of)))
            return said

        for line in bot.use(case):
            say(line)


def _a_name(given: str) -> str:
    name = clean(given)
    if not name or number_of(name) is not None:
        raise Fault(Say("cli-no-name", given=given))
    return name


def _holders(rows: Sequence[HeldSeat]) -> int:
    return len({row.post.person for row in rows})


def _write_review(out: Path, now: str | None) -> None:
    """Write the roles to look through as a workbook with a column to tick, for its owner's eyes alone."""
    from reports import workbook  # noqa: PLC0415  # openpyxl is slow to import, and most listings need none

    at = session.moment(now)
    with session.reading() as bot:
        rows = bot.look(seats.held, now=at)
        session.note_people(bot, "people --review", _holders(rows))
        zone = bot.context.zone
    shown = [(words(heading), 22, partial(_shown, of, zone)) for heading, of in REVIEWED]
    ticked = (words(Say("cli-column-keep-or-end")), 12, lambda _: "")
    modes.write(out, workbook.book(workbook.listed(words(Say("cli-sheet-review")), rows, *shown, ticked)))
    say(Say("cli-review-written", number=len(rows), file=str(out)))


def _shown(of: Callable[[HeldSeat], Any], zone: ZoneInfo, row: HeldSeat) -> str:
    return words(output.cell(of(row), zone))


def _named(uow: UnitOfWork, given: str) -> Person:
    """Return the person of a number as it was typed; Fault where there is none who has joined and not left."""
    number = number_of(given)
    found = None if number is None else people.person(uow.conn, number)
    if found is None or found.joined_at is None or found.left_at is not None:
        raise Fault(Say("cli-no-such-person-number", given=given))
    return found


def _held(uow: UnitOfWork, person: Person, role: str | None, subject: str | None) -> list[Post]:
    """Return the roles of a person that the options name; Fault where there is none of them."""
    posts = people.posts(uow.conn, person=person.id, role=role, subject=subject)
    held = [post for post in posts if post.state != "ended"]
    if not held:
        raise Fault(Say("cli-no-such-post", name=person.name, number=person.id))
    return held


def _ended(uow: UnitOfWork, post: Post, ended: Ended | None) -> Phrase:
    gone = ended or Ended(0, 0, 0)
    role = Say("cli-role-for", role=Say("role", role=post.role), subject=place_of(uow, post.subject))
    return Say("cli-role-ended", role=role, talks=gone.talks, letters=gone.letters, invitations=gone.invitations)


def _people(months: Sequence[Month]) -> int:
    return len({month.person.id for month in months})


@dataclass(frozen=True, slots=True)
class _Row:
    """A person with their roles, active and pending, and the channels on which they are."""

    person: Person
    roles: Sequence[Membership]
    channels: Sequence[str]


def _rows(uow: UnitOfWork) -> list[_Row]:
    roles: defaultdict[int, list[Membership]] = defaultdict(list)
    channels: defaultdict[int, list[str]] = defaultdict(list)
    for membership in people.all_roles(uow.conn, uow.now):
        roles[membership.person].append(membership)
    for person_id, channel in people.all_channels(uow.conn):
        channels[person_id].append(channel)
    return [_Row(person, roles[person.id], channels[person.id]) for person in people.everybody(uow.conn)]


def _fields(row: _Row) -> dict[str, Any]:
    return {
        "id": row.person.id,
        "name": row.person.name,
        "roles": [{"role": held.role, "subject": held.subject} for held in row.roles if held.state == "active"],
        "channels": row.channels,
        "joined_at": row.person.joined_at,
        "locked_at": row.person.locked_at,
    }


def _role(held: Membership) -> Phrase:
    role = Say("cli-role-for", role=Say("role", role=held.role), subject=held.subject)
    return role if held.state == "active" else Say("cli-role-pending", role=role)


PEOPLE = Listing(
    _fields,
    (Say("cli-column-number"), "id"),
    (Say("cli-column-name"), "name"),
    (Say("cli-column-roles"), lambda row: listed(map(_role, row.roles))),
    (Say("cli-column-channels"), lambda row: listed(row.channels)),
    (Say("cli-column-joined"), "joined_at"),
    (Say("cli-column-locked"), "locked_at"),
)

MONTHS = Listing[Month](
    lambda month: {
        "person": month.person.id,
        **picked(month, "month", "messages", "minutes"),
    },
    (Say("cli-column-number"), "person"),
    (Say("cli-column-name"), lambda month: month.person.name),
    (Say("cli-column-month"), "month"),
    (Say("cli-column-messages"), "messages"),
    (Say("cli-column-minutes"), "minutes"),
)

REVIEWED: Final[tuple[tuple[Say, Callable[[HeldSeat], Any]], ...]] = (
    (Say("cli-column-person"), lambda row: row.post.person),
    (Say("cli-column-name"), lambda row: row.name),
    (Say("cli-column-role"), lambda row: Say("role", role=row.post.role)),
    (Say("cli-column-subject"), lambda row: row.place),
    (Say("cli-column-since"), lambda row: row.post.since),
    (Say("cli-column-seen"), lambda row: row.seen_at),
    (Say("cli-column-invited-by"), lambda row: row.granted_by),
    (Say("cli-column-ends"), lambda row: row.post.ends_at),
    (Say("cli-column-reviewed"), lambda row: row.post.reviewed_at),
)
"""What a review of roles shows of each."""

SEATS = Listing[HeldSeat](
    lambda row: {
        **picked(row.post, "person", "role", "subject", "state", "since", "ends_at", "reviewed_at"),
        "name": row.name,
        "seen_at": row.seen_at,
        "granted_by": row.granted_by,
        "due": row.due,
    },
    *REVIEWED,
)
