"""The criteria of major hazards as a brief carries them, and by their ids."""

from typing import Any

from campaign.standard import Article, Criterion
from service.core.unit_of_work import UnitOfWork
from storage.registry import Enterprise


def criteria_brief(uow: UnitOfWork, enterprise: Enterprise) -> list[dict[str, Any]]:
    """The criteria that concern an enterprise, in their order, for the picker of a dialog."""
    return [
        {
            "id": criterion.id,
            "article": article.number,
            "title": article.title.as_json(),
            "place": criterion.place.as_json(),
            "fact": criterion.fact.as_json(),
            "text": criterion.text.as_json(),
            "device": criterion.device,
        }
        for article in uow.pack.articles_for(enterprise.sector, enterprise.tags)
        for criterion in article.criteria
    ]


def criterion(uow: UnitOfWork, criterion_id: str | None) -> tuple[Article, Criterion] | None:
    """A criterion with its article; None for none, or for one that the pack no longer has."""
    for article in uow.pack.standard.articles:
        for one in article.criteria:
            if one.id == criterion_id:
                return article, one
    return None
