"""Somebody is let go: by their own /leave, or by the bureau that they asked (PIPL article 47). What the law wants kept
stays where it is, and is named to whoever asked.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from campaign.roles import OFFICER, PRINCIPAL
from campaign.talks.people import JoinBrief
from service.core.letters import Draft, tell
from service.core.unit_of_work import UnitOfWork
from service.people import ending, own_data
from service.people.ending import Way
from storage import checks, conversations, factors, inbox, outbox, people, registry, workers
from storage.checks import Inspector
from storage.people import Person
from storage.workers import Worker
from talk.cleaning import likeness
from talk.texts import Say, render

KIND: Final = "forgotten"


def let_go(uow: UnitOfWork, person: int, language: str) -> None:
    """Let go what is kept of somebody whose roles have ended, but for the records of what was done."""
    conversations.put_all_aside(uow.conn, person, uow.now)
    conversations.forget(uow.conn, person, JoinBrief.talk)
    addresses = people.addresses_of(uow.conn, person)
    inbox.forget(uow.conn, addresses)
    factors.remove(uow.conn, person)
    own_data.forget(uow, person, addresses)
    outbox.attribute(uow.conn, person, addresses)
    people.forget(uow.conn, person, render(Say("person-left"), language), uow.now)
    outbox.forget(uow.conn)


def by_request(uow: UnitOfWork, person: Person) -> Say:
    """Let somebody go who asked the bureau for it; they are told, and so is who did it, what stays."""
    days = uow.context.terms.letters // timedelta(days=1)
    uow.note("forgotten", f"person/{person.id}")
    ending.end_all(uow, person.id, Way.REQUEST)
    # Before the address goes; the letter that waits still leaves.
    tell(uow, person.id, Draft((Say("forgotten-told", days=days),)), kind=KIND, dedupe=f"{KIND}/{person.id}")
    let_go(uow, person.id, person.language)
    return Say("cli-forgotten", number=person.id, days=days)


@dataclass(frozen=True, slots=True)
class Named:
    """Where a name stands that no account need stand behind: in the register of an enterprise, in its entry of the
    registry, among the inspectors of a place.
    """

    workers: list[Worker]
    inspectors: list[Inspector]
    registered: list[str]
    """The seats for which the registry names them."""


def named(uow: UnitOfWork, name: str, subject: str) -> Named:
    """Return where a name stands in an enterprise (its code) or a place, however it is typed."""
    wanted = likeness(name)
    enterprise = registry.enterprise(uow.conn, subject)
    heads = () if enterprise is None else ((PRINCIPAL, enterprise.principal_name), (OFFICER, enterprise.officer_name))
    return Named(
        [one for one in workers.of_enterprise(uow.conn, subject) if likeness(one.name) == wanted],
        [one for one in checks.everybody(uow.conn, subject) if likeness(one.name) == wanted],
        [seat for seat, known in heads if likeness(known) == wanted],
    )


def name_by_request(uow: UnitOfWork, found: Named) -> list[Say]:
    """Let go what stands under a name, as far as no record refers to it; return a line for each that went or stays."""
    said: list[Say] = []
    for worker in found.workers:
        if workers.forget(uow.conn, worker.id):
            uow.note("worker-forgotten", f"enterprise/{worker.enterprise}", worker=worker.id)
            said.append(Say("cli-forgotten-worker", number=worker.id))
        else:
            # He is proposed for no permit any more; those on which he stands are records.
            if worker.removed_at is None:
                workers.change(uow.conn, worker.id, uow.now, removed_at=uow.now)
                uow.note("worker-removed", f"enterprise/{worker.enterprise}", worker=worker.id)
            said.append(Say("cli-kept-worker", number=worker.id))
    for inspector in found.inspectors:
        if checks.forget_inspector(uow.conn, inspector.id):
            uow.note("inspector-forgotten", f"inspector/{inspector.id}")
            said.append(Say("cli-forgotten-inspector", number=inspector.id))
        else:
            if checks.dismiss(uow.conn, inspector.id, inspector.place, uow.now):
                uow.note("inspector-dismissed", f"inspector/{inspector.id}")
            said.append(Say("cli-kept-inspector", number=inspector.id))
    said += [Say("cli-kept-registered", role=Say("role", role=seat)) for seat in found.registered]
    return said
