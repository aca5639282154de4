"""The criteria by which a hazard is major, article by article, as a pack holds them."""

from typing import Annotated

from pydantic import Field, PositiveInt

from campaign.fields import Id, Name, Part, Text, defines
from campaign.scope import EVERYBODY, Scope


class Criterion(Part):
    """One criterion. A `device` that is fitted but has failed counts too, which makes a third answer."""

    id: Annotated[Id, defines("criterion")]
    text: Text
    device: bool = False
    note: Text | None = None


class Article(Part):
    """An article of the criteria and whom it concerns."""

    number: Annotated[PositiveInt, defines("article")]
    title: Text
    scope: Scope = EVERYBODY
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]


class Standard(Part):
    """All the criteria, and where their wording was read."""

    title: Text
    document: Name
    source: Name
    articles: Annotated[tuple[Article, ...], Field(min_length=1)]
