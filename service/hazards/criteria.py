"""The check against the criteria: what concerns an enterprise, and what was found goes into the ledger."""

from datetime import date

import msgspec

from campaign.pack import Pack
from campaign.scope import Concerned
from campaign.standard import Criterion
from campaign.talks.criteria import ArticleToCheck, Checked, CriteriaCheckBrief, CriterionToCheck, PlaceToCheck
from campaign.talks.duties import DutyFacts
from service.core.duty_talk import OwnedDuty
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import admissions
from service.hazards import ledger
from storage import conversations, registry
from storage.conversations import Conversation


def brief(uow: UnitOfWork, owned: OwnedDuty, facts: DutyFacts) -> CriteriaCheckBrief:
    """The brief of an enterprise's check: the articles that concern it, and how long a plan may run."""
    enterprise = registry.enterprise(uow.conn, owned.duty.subject)
    if enterprise is None:
        raise LookupError(owned.duty.subject)
    end = uow.pack.end
    return CriteriaCheckBrief(
        **facts,
        others=uow.pack.standard.others,
        admitted=admissions.admitted_before(uow, owned.duty.subject),
        articles=articles(uow.pack, enterprise, uow.now.date()),
        # A hazard found in the last days of the campaign needs time after it.
        plans_until=end.replace(year=end.year + 1, day=min(end.day, 28)),
    )


def renewed(uow: UnitOfWork, talk: Conversation, brief: CriteriaCheckBrief) -> CriteriaCheckBrief:
    """Return the brief of a check with what is admitted elsewhere by now."""
    del talk
    admitted = () if brief.enterprise is None else admissions.admitted_before(uow, brief.enterprise)
    return msgspec.structs.replace(brief, admitted=admitted)


def articles(pack: Pack, who: Concerned, day: date) -> tuple[ArticleToCheck, ...]:
    """The articles that concern an enterprise on a day, each with its criteria in groups by place."""
    return tuple(
        ArticleToCheck(
            article.number,
            article.title,
            tuple(
                PlaceToCheck(place, tuple(_criterion(criterion) for criterion in criteria))
                for place, criteria in article.places.items()
            ),
        )
        for article in pack.articles_for(who, day)
    )


def _criterion(criterion: Criterion) -> CriterionToCheck:
    return CriterionToCheck(criterion.id, criterion.fact, criterion.text, criterion.device, criterion.note)


def enter(uow: UnitOfWork, me: Speaker, owned: OwnedDuty, result: Checked) -> None:
    """Enter into the ledger what a confirmed check found. What the check that counted until now found at the same place
    is in the ledger already, and is followed there.
    """
    before = owned.duty.conversation
    known = {} if before is None else conversations.remembered(uow.conn, before)
    for finding in result.findings:
        place = known.get(f"criterion/{finding.criterion}/place")
        state = known.get(f"criterion/{finding.criterion}/state")
        if state is None or state.value == "not" or place is None or place.value != finding.place:
            ledger.find(uow, me, owned.duty.subject, finding)
