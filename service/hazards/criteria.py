"""The check against the criteria: what concerns an enterprise, and what was found goes into the ledger."""

from collections.abc import Set as AbstractSet
from typing import Any

from campaign.hazards import Finding
from campaign.pack import Pack
from campaign.standard import Criterion
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hazards import ledger as hazards
from storage import conversations
from storage.conversations import Conversation
from storage.registry import Enterprise

CHECK = "criteria-check"


def brief(uow: UnitOfWork, enterprise: Enterprise) -> dict[str, Any]:
    """What the dialog is told of an enterprise, and how long a plan may run."""
    end = uow.pack.end
    return {
        "articles": articles(uow.pack, enterprise.sector, enterprise.tags),
        # A hazard found in the last days of the campaign needs time after it.
        "plans_until": end.replace(year=end.year + 1, day=min(end.day, 28)).isoformat(),
    }


def articles(pack: Pack, sector: str, tags: AbstractSet[str]) -> list[dict[str, Any]]:
    """The articles that concern an enterprise, each with its criteria in groups by place, as JSON."""
    return [
        {
            "number": article.number,
            "title": article.title.as_json(),
            "groups": [
                {"place": place.as_json(), "criteria": [_criterion(one) for one in criteria]}
                for place, criteria in article.places.items()
            ],
        }
        for article in pack.articles_for(sector, tags)
    ]


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "fact": criterion.fact.as_json(),
        "text": criterion.text.as_json(),
        "device": criterion.device,
        "note": None if criterion.note is None else criterion.note.as_json(),
    }


def enter(
    uow: UnitOfWork, me: Speaker, talk: Conversation, findings: tuple[Finding, ...], *, before: int | None
) -> None:
    """What a confirmed check found goes into the ledger. `before` is the check that counted until now: what it
    found at the same place is in the ledger already, and is followed there.
    """
    known = {} if before is None else conversations.remembered(uow.conn, before)
    enterprise = str(talk.brief["enterprise"])
    for finding in findings:
        place = known.get(f"criterion/{finding.criterion}/place")
        state = known.get(f"criterion/{finding.criterion}/state")
        if state is None or state.value == "not" or place is None or place.value != finding.place:
            hazards.found(uow, me, enterprise, finding)
