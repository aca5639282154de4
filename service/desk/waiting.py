"""What waits for staff: explanations, second principals, risks, problems, tables that were given back; since when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from campaign.periods import shown
from campaign.roles import CITY, CLERK
from campaign.talks.duties import ExplainBrief
from service.core.letters import Draft
from service.core.listing import Entry, screen
from service.core.supervision import deciders
from service.core.unit_of_work import UnitOfWork
from service.desk import actions
from service.duties.owned import with_rule
from storage import annex, conversations, duties, hazards, people, proposals, raised_problems, registry
from storage.annex import AnnexVersion
from storage.duties import Duty
from storage.hazards import Hazard
from storage.people import Post
from storage.proposals import Proposal
from storage.raised_problems import Problem
from storage.registry import Enterprise
from talk.texts import Phrase, Say

Kind = Literal["explanation", "principal", "seat", "risk", "problem", "annex", "hazard"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to be decided or done: of which place, what it is in words, since when (UTC)."""

    kind: Kind
    about: Duty | Post | Proposal | Problem | AnnexVersion | Hazard
    place: str
    what: Phrase
    at: datetime


def by_person(uow: UnitOfWork) -> dict[int, list[Waiting]]:
    """Return all that waits, by whoever decides it, the oldest first."""
    found: defaultdict[int, list[Waiting]] = defaultdict(list)
    known = registry.all_enterprises(uow.conn)
    for readers, case in sorted(_all(uow, known), key=lambda pair: pair[1].at):
        for person in readers:
            found[person].append(case)
    return found


def _all(uow: UnitOfWork, known: dict[str, Enterprise]) -> list[tuple[Sequence[int], Waiting]]:
    """Return everything that waits, each with the people who decide it."""
    found: list[tuple[Sequence[int], Waiting]] = []
    asked: dict[tuple[str, bool], list[int]] = {}

    def decide(enterprise: Enterprise) -> list[int]:
        # One question for each department: a district may have thousands of enterprises.
        department = enterprise.district, enterprise.municipal
        if department not in asked:
            asked[department] = deciders(uow, enterprise)
        return asked[department]

    city = people.holders(uow.conn, CITY, uow.pack.city)
    explained = conversations.last_about(uow.conn, ExplainBrief.talk, "explained")
    for duty in duties.find(uow.conn, status="explained"):
        at, enterprise = explained.get(duty.id, duty.opens), known.get(duty.subject)
        what = Say("waiting-explanation", title=with_rule(uow, duty).title)
        if enterprise is None:
            found.append((city, Waiting("explanation", duty, duty.subject, what, at)))
        else:
            found.append((decide(enterprise), Waiting("explanation", duty, enterprise.name, what, at)))
    for post in people.posts(uow.conn, state="pending"):
        if (enterprise := known.get(post.subject)) is not None:
            waiting = Waiting("principal", post, enterprise.name, Say("waiting-principal"), post.since)
            found.append((decide(enterprise), waiting))
    for post in people.questioned(uow.conn):
        if (enterprise := known.get(post.subject)) is not None:
            what = Say("waiting-seat", role=Say("role", role=post.role))
            found.append(
                (decide(enterprise), Waiting("seat", post, enterprise.name, what, post.questioned_at or post.since))
            )
    for proposal in proposals.still_open(uow.conn):
        if (enterprise := known.get(proposal.enterprise)) is not None:
            what = Say("waiting-risk", tag=uow.pack.tag(proposal.tag).name)
            found.append((decide(enterprise), Waiting("risk", proposal, enterprise.name, what, proposal.at)))
    for problem in raised_problems.needed(uow.conn):
        if (enterprise := known.get(problem.enterprise)) is not None:
            at = problem.answered_at or problem.raised_at
            waiting = Waiting("problem", problem, enterprise.name, Say("waiting-problem"), at)
            found.append((decide(enterprise), waiting))
    for hazard in hazards.undecided(uow.conn):
        if (enterprise := known.get(hazard.enterprise)) is not None:
            number = hazard.id
            what = Say("waiting-hazard", number=number) if hazard.unsure else Say("waiting-extension", number=number)
            found.append((decide(enterprise), Waiting("hazard", hazard, enterprise.name, what, hazard.found_at)))
    returned = annex.returned(uow.conn)
    clerks = people.holders_by_subject(uow.conn, CLERK) if returned else {}
    for table in returned:
        what = Say("waiting-annex", month=shown(table.month))
        waiting = Waiting("annex", table, table.district, what, table.drafted_at or uow.now)
        of_city = table.district == uow.pack.annex.city_column
        found.append((city if of_city else clerks.get(table.district, ()), waiting))
    return found


def listing(uow: UnitOfWork, person: int, page: int) -> Draft:
    """Return what waits for somebody, each with a button to its own card."""
    own = by_person(uow).get(person, ())
    entries = [Entry(case.place, case.what, actions.WAITING.data(case.kind, str(case.about.id))) for case in own]
    heading = Say("waiting-heading", number=len(entries))
    return screen([heading], entries, page, lambda more: actions.WAITING.data(str(more), ""))
