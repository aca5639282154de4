"""The criteria by which a hazard is major, article by article, as a pack holds them."""

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Final, Self

from pydantic import AfterValidator, Field, PositiveInt, model_validator
from pydantic_core import PydanticCustomError

from campaign.fields import Id, Name, Part, Text, defines
from campaign.scope import EVERYBODY, Scope
from campaign.validity import ALWAYS, Valid
from talk.texts import Words

PLACES = 6
"""Places of an article at the most: as many buttons as a message may have."""
FACTS = 6
"""Facts of a place at the most."""


def _long(shortest: int, longest: int) -> AfterValidator:
    def measure(words: Words) -> Words:
        if not shortest <= len(words.zh) <= longest:
            raise PydanticCustomError(
                "length", "too short or too long", {"text": words.zh, "shortest": shortest, "longest": longest}
            )
        return words

    return AfterValidator(measure)


Place = Annotated[Text, _long(2, 7)]
"""Where in an enterprise a criterion is looked for; it stands on a button."""
Fact = Annotated[Text, _long(4, 14)]
"""What is wrong there, in a few words. Only the criterion's own words count."""


class Criterion(Part):
    """One criterion. A `device` that is fitted but has failed counts too, which makes a third answer."""

    id: Annotated[Id, defines("criterion")]
    place: Place
    fact: Fact
    text: Text
    device: bool = False
    note: Text | None = None
    scope: Scope = EVERYBODY
    """Whom it concerns of those whom its article concerns."""
    valid: Valid = ALWAYS


class Article(Part):
    """An article of the criteria and whom it concerns. Place and fact together lead to one criterion."""

    number: Annotated[PositiveInt, defines("article")]
    title: Text
    scope: Scope = EVERYBODY
    valid: Valid = ALWAYS
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]

    @property
    def places(self) -> Mapping[Words, tuple[Criterion, ...]]:
        """The criteria by their place, each place where its first criterion stands."""
        found: dict[Words, list[Criterion]] = {}
        for criterion in self.criteria:
            found.setdefault(criterion.place, []).append(criterion)
        return {place: tuple(criteria) for place, criteria in found.items()}

    @model_validator(mode="after")
    def _found_by_taps(self) -> Self:
        facts = Counter((criterion.place.zh, criterion.fact.zh) for criterion in self.criteria)
        for (place, fact), number in facts.items():
            if number > 1:
                raise PydanticCustomError("repeated", "defined twice", {"name": f"{place}：{fact}"})
        if len(self.places) > PLACES:
            raise PydanticCustomError("many_places", "too many places", {"number": len(self.places), "most": PLACES})
        for there, criteria in self.places.items():
            if len(criteria) > FACTS:
                raise PydanticCustomError(
                    "many_facts", "too many facts", {"place": there.zh, "number": len(criteria), "most": FACTS}
                )
        return self


class Standard(Part):
    """All the criteria, and where their wording was read."""

    title: Text
    document: Name
    source: Name
    articles: Annotated[tuple[Article, ...], Field(min_length=1)]
    others: tuple[Text, ...] = ()
    """What is judged by other standards, and by which."""


NO_STANDARD: Final = Standard.model_construct(title=Words(""), document="", source="", articles=(), others=())
"""That of a pack which names none: nothing is told to be major by its criteria, and nobody checks by them."""
