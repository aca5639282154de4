"""Which enterprises a rule means. A scope is data, so that storage can say the same in SQL."""

from collections.abc import Iterable, Sequence
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


def leaves_somebody(matched: Matched, sectors: Iterable[str], also: Scope = EVERYBODY) -> bool:
    """Whether an enterprise could fall to the variant: one of these sectors, with any tags, that the earlier variants
    do not cover and the scope `also` does.
    """
    wanted = (matched.scope, also)
    any_of = [frozenset(scope.tags) for scope in wanted if scope.tags]
    without = frozenset(tag for scope in wanted for tag in scope.without_tags)

    def concerned(scope: Scope, sector: str) -> bool:
        return not scope.sectors or sector in scope.sectors

    return any(
        _is_left(any_of, without, frozenset(), [one for one in matched.earlier if concerned(one, sector)])
        for sector in sectors
        if all(concerned(scope, sector) for scope in wanted)
    )


def _is_left(
    any_of: Sequence[AbstractSet[str]], without: AbstractSet[str], having: AbstractSet[str], earlier: Sequence[Scope]
) -> bool:
    """Whether tags exist with any of each of some, without others and having others, that none of the earlier scopes
    covers: of each of those it lacks all tags, or has one that must be missing.
    """
    if without & having or any(tags <= without for tags in any_of):
        return False
    if not earlier:
        return True
    first, *rest = earlier
    if first.tags and _is_left(any_of, without | set(first.tags), having, rest):
        return True
    return any(_is_left(any_of, without, having | {tag}, rest) for tag in first.without_tags)
