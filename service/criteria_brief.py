"""The criteria of major hazards as a brief carries them, and by their ids."""

from typing import Any

from campaign.standard import Article, Criterion
from service.work import Work
from storage.registry import Enterprise
from talk.texts import Words


def criteria_brief(work: Work, enterprise: Enterprise) -> list[dict[str, Any]]:
    """The criteria that concern an enterprise, in their order, for the picker of a dialog."""
    return [
        {
            "id": criterion.id,
            "article": article.number,
            "title": _words(article.title),
            "place": _words(criterion.place),
            "fact": _words(criterion.fact),
            "text": _words(criterion.text),
            "device": criterion.device,
        }
        for article in work.pack.articles_for(enterprise.sector, enterprise.tags)
        for criterion in article.criteria
    ]


def criterion(work: Work, criterion_id: str | None) -> tuple[Article, Criterion] | None:
    """A criterion with its article; None for none, or for one that the pack no longer has."""
    for article in work.pack.standard.articles:
        for one in article.criteria:
            if one.id == criterion_id:
                return article, one
    return None


def _words(words: Words) -> dict[str, str | None]:
    return {"zh": words.zh, "en": words.en}
