"""Which enterprises a rule means. A scope is data, so that storage can say the same in SQL."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Annotated

from campaign.fields import Id, Part, names


class Scope(Part):
    """Any of the sectors, and any of the tags, and none of `without_tags`; what is empty does not narrow."""

    sectors: tuple[Annotated[Id, names("sector")], ...] = ()
    tags: tuple[Annotated[Id, names("tag")], ...] = ()
    without_tags: tuple[Annotated[Id, names("tag")], ...] = ()

    def covers(self, sector: str, tags: AbstractSet[str]) -> bool:
        """Whether an enterprise of this sector with these tags is meant."""
        return (
            (not self.sectors or sector in self.sectors)
            and (not self.tags or not tags.isdisjoint(self.tags))
            and tags.isdisjoint(self.without_tags)
        )


EVERYBODY = Scope()


@dataclass(frozen=True, slots=True)
class Matched:
    """Who falls to a variant: its scope, and none of the scopes of the variants before it."""

    scope: Scope
    earlier: tuple[Scope, ...] = ()


def applies(matched: Matched, sector: str, tags: AbstractSet[str]) -> bool:
    """Whether an enterprise of this sector with these tags falls to the variant."""
    if any(scope.covers(sector, tags) for scope in matched.earlier):
        return False
    return matched.scope.covers(sector, tags)
