"""One-time codes by which people join."""

import csv
import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import typer

from bot.cli import output, session
from bot.cli.faults import Fault
from bot.cli.helping import Command
from bot.cli.options import Json, day_of, district_named, number_of, option, subject_of
from bot.cli.output import Listing
from bot.cli.words import say, words
from campaign.identity import normalise_code
from campaign.roles import CITY, CLERK, LEADER, OFFICER, OPERATOR, PRINCIPAL, ROLES, WORKER
from service.core.links import link_maker
from service.core.unit_of_work import UnitOfWork
from service.people import ending, inviting
from service.people.inviting import Invited
from storage import invitations, registry
from storage.invitations import GivenInvitation
from storage.registry import Enterprise
from talk.texts import Listed, Say

app = typer.Typer()

EVERY: Final = "all"

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would take for a formula, or that hides one."""


@app.command("invite", cls=Command, help=words(Say("cli-help-invite")))
def invite(
    role: Annotated[str | None, option("--role", Say("cli-option-role"), Say("cli-name-role"))] = None,
    subject: Annotated[str | None, option("--for", Say("cli-option-for"), Say("cli-name-subject"))] = None,
    until: Annotated[str | None, option("--until", Say("cli-option-until"), Say("cli-name-day"))] = None,
    everybody: Annotated[bool, option("--all", Say("cli-option-all"))] = False,
    out: Annotated[Path | None, option("--out", Say("cli-option-out"), Say("cli-name-file"))] = None,
    given: Annotated[bool, option("--list", Say("cli-option-invitations"))] = False,
    void: Annotated[str | None, option("--void", Say("cli-option-void"), Say("cli-name-invitation"))] = None,
    as_json: Json = False,
) -> None:
    """Make one-time codes, list those that were made, take some back."""
    if given:
        session.show(INVITATIONS, _given, None, as_json=as_json)
    elif void is not None:
        _void(void, subject)
    elif role is None or subject is None:
        raise Fault(Say("cli-invite-whom"))
    else:
        _invite(role, subject, until, everybody=everybody, out=out, as_json=as_json)


def _invite(role: str, subject: str, until: str | None, *, everybody: bool, out: Path | None, as_json: bool) -> None:
    if role not in ROLES:
        raise Fault(Say("cli-no-such-role", given=role, known=Listed(ROLES)))
    if everybody and role not in (PRINCIPAL, OFFICER):
        raise Fault(Say("cli-all-roles"))
    if everybody and out is None and not as_json:
        raise Fault(Say("cli-all-needs-out"))
    last = None if until is None else day_of(until)
    with session.opened() as bot, _sheet(out) as sheet:

        def case(uow: UnitOfWork) -> tuple[Callable[[str], str] | None, list[tuple[Invited, str, str]]]:
            chosen = _all_of(uow, subject) if everybody else [_subject(uow, role, subject)]
            ends = None if last is None else ending.end_of(uow, last)
            return link_maker(uow), [
                (inviting.invite(uow, role, code, inviter, until=ends), name, district)
                for code, name, district, inviter in chosen
            ]

        link, invited = bot.use(case)
        if sheet is not None:
            sheet.write(_csv(invited, bot.context.zone))
    zone = bot.context.zone
    if as_json:
        told = [_fields(invitation, link) for invitation, _, _ in invited]
        output.array(told, zone) if everybody else output.single(told[0], zone)
    elif out is not None:
        say(Say("cli-invited-all", number=len(invited), file=str(out)))
    else:
        invitation, name, _ = invited[0]
        role_title, day = Say("role", role=invitation.role), invitation.expires.astimezone(zone).date()
        say(Say("cli-invited", code=invitation.code, place=name, role=role_title, day=day))


def _void(given: str, subject: str | None) -> None:
    """Take back invitations: one by its number or its code, or `all` for a subject."""
    if given == EVERY and subject is None:
        raise Fault(Say("cli-void-all-for"))
    with session.opened() as bot:

        def case(uow: UnitOfWork) -> int:
            if given == EVERY:
                return inviting.void(uow, subject=subject_of(uow, subject or ""))
            number = number_of(given) or inviting.number_of(uow, given)
            return 0 if number is None else inviting.void(uow, ids=(number,))

        number = bot.use(case)
    if number == 0 and given != EVERY:
        raise Fault(Say("cli-no-such-invitation", given=given))
    say(Say("cli-voided", number=number))


def _given(uow: UnitOfWork) -> list[tuple[GivenInvitation, str]]:
    return [(invitation, invitation.stands(uow.wall)) for invitation in invitations.given(uow.conn)]


def _fields(invitation: Invited, link: Callable[[str], str] | None) -> dict[str, Any]:
    return {
        "code": invitation.code,
        "link": None if link is None else link(invitation.code),
        **output.picked(invitation, "role", "subject", "expires"),
    }


INVITATIONS = Listing[tuple[GivenInvitation, str]](
    lambda row: {
        **output.picked(row[0], "id", "role", "subject"),
        "state": row[1],
        "created": row[0].created_at,
        "expires": row[0].expires_at,
        "role_ends": row[0].role_ends_at,
        **output.picked(row[0], "invited_by", "operator", "person", "used_by"),
    },
    (Say("cli-column-number"), "id"),
    (Say("cli-column-role"), lambda row: Say("role", role=row[0].role)),
    (Say("cli-column-subject"), "subject"),
    (Say("cli-column-state"), lambda row: Say("cli-invitation-state", state=row[1])),
    (Say("cli-column-expires"), "expires"),
    (Say("cli-column-invited-by"), "invited_by"),
    (Say("cli-column-operator"), "operator"),
)
"""The invitations, without their codes, which nobody has but those to whom they were given."""


Chosen = tuple[str, str, str, str]
"""Whom an invitation is for: the subject, its name, its district, and who invites."""


def _subject(uow: UnitOfWork, role: str, given: str) -> Chosen:
    pack = uow.pack
    if role in (PRINCIPAL, OFFICER, WORKER):
        enterprise = registry.enterprise(uow.conn, normalise_code(given))
        if enterprise is None:
            raise Fault(Say("cli-no-such-enterprise", given=given))
        return _of_enterprise(enterprise)
    if role in (CLERK, LEADER):
        name = district_named(pack, given)
        return name, name, name, pack.city_bureau
    if role in (CITY, OPERATOR) and not pack.means_city(given):
        raise Fault(Say("cli-not-the-city", given=given, city=pack.city))
    return pack.city, pack.city, "", pack.city_bureau


def _all_of(uow: UnitOfWork, given: str) -> list[Chosen]:
    district = None if uow.pack.means_city(given) else district_named(uow.pack, given)
    chosen = [
        _of_enterprise(enterprise)
        for enterprise in registry.all_enterprises(uow.conn).values()
        if not enterprise.is_closed and district in (None, enterprise.district)
    ]
    if not chosen:
        raise Fault(Say("cli-nobody-to-invite", place=given))
    return sorted(chosen, key=lambda who: (who[2], who[0]))


def _of_enterprise(enterprise: Enterprise) -> Chosen:
    return enterprise.code, enterprise.name, enterprise.district, enterprise.supervisor


@contextmanager
def _sheet(path: Path | None) -> Iterator[Any]:
    """A new file that only its owner may read; gone again when nothing came of it."""
    if path is None:
        yield None
        return
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        # Whatever the umask says.
        os.fchmod(number, 0o600)
    except FileExistsError:
        raise Fault(Say("cli-file-exists", name=str(path))) from None
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(number)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _csv(invited: Sequence[tuple[Invited, str, str]], zone: ZoneInfo) -> bytes:
    """The codes for a spreadsheet: with a mark that says UTF-8, without a cell that could be a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    head = (
        Say("cli-column-district"),
        Say("cli-column-enterprise"),
        Say("cli-column-credit-code"),
        Say("cli-column-role"),
        Say("cli-column-invitation"),
        Say("cli-column-expires"),
    )
    writer.writerow([words(column) for column in head])
    for invitation, name, district in invited:
        role, expires = Say("role", role=invitation.role), output.cell(invitation.expires, zone)
        cells = (district, name, invitation.subject, role, invitation.code, expires)
        told = map(words, cells)
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in told])
    return text.getvalue().encode("utf-8-sig")
