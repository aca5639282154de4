"""The criteria of major hazards as a brief carries them, and by their ids."""

from campaign.standard import Article, Criterion
from campaign.talks.hazards import KnownCriterion
from service.core.unit_of_work import UnitOfWork
from storage.registry import Enterprise


def known_criteria(uow: UnitOfWork, enterprise: Enterprise) -> tuple[KnownCriterion, ...]:
    """The criteria that concern an enterprise, in their order, for the picker of a dialog."""
    return tuple(
        KnownCriterion(
            criterion.id,
            article.number,
            article.title,
            criterion.place,
            criterion.fact,
            criterion.text,
            criterion.device,
        )
        for article in uow.pack.articles_for(enterprise, uow.now.date())
        for criterion in article.criteria
    )


def criterion(uow: UnitOfWork, criterion_id: str | None) -> tuple[Article, Criterion] | None:
    """A criterion with its article; None for none, or for one that the pack no longer has."""
    for article in uow.pack.standard.articles:
        for found in article.criteria:
            if found.id == criterion_id:
                return article, found
    return None
