"""Which enterprises a rule means. A scope is data, so that storage can say the same in SQL."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import product
from typing import Annotated, Final, Protocol

from pydantic import PlainValidator

from campaign.fields import Id, Part, names
from campaign.notation import Between, between

EMPLOYEES: Final = "employees"
"""The number of people of an enterprise (职工人数), among its `numbers`."""


class Concerned(Protocol):
    """An enterprise as far as rules know it."""

    @property
    def sector(self) -> str:
        """The id of its sector."""

    @property
    def tags(self) -> AbstractSet[str]:
        """The ids of its tags."""

    @property
    def numbers(self) -> Mapping[str, int]:
        """How many it has of what rules count: of its people, under `EMPLOYEES`."""


@dataclass(frozen=True, slots=True)
class Profile:
    """An enterprise that need not exist."""

    sector: str = ""
    tags: AbstractSet[str] = frozenset()
    numbers: Mapping[str, int] = field(default_factory=dict)


class Scope(Part):
    """Any of the sectors, any of the tags, each of `all_tags`, none of `without_tags`, and so many people; what is
    empty does not narrow.
    """

    sectors: tuple[Annotated[Id, names("sector")], ...] = ()
    tags: tuple[Annotated[Id, names("tag")], ...] = ()
    all_tags: tuple[Annotated[Id, names("tag")], ...] = ()
    without_tags: tuple[Annotated[Id, names("tag")], ...] = ()
    employees: Annotated[Between, PlainValidator(between)] | None = None

    @property
    def ranges(self) -> dict[str, Between]:
        """The numbers that narrow it."""
        return {} if self.employees is None else {EMPLOYEES: self.employees}

    def covers(self, who: Concerned) -> bool:
        """Whether an enterprise is meant."""
        return (
            (not self.sectors or who.sector in self.sectors)
            and (not self.tags or not who.tags.isdisjoint(self.tags))
            and who.tags >= set(self.all_tags)
            and who.tags.isdisjoint(self.without_tags)
            and all(name in who.numbers and wanted.holds(who.numbers[name]) for name, wanted in self.ranges.items())
        )


EVERYBODY = Scope()
NOBODY_IN_PARTICULAR: Final = Profile()


@dataclass(frozen=True, slots=True)
class Matched:
    """Who falls to a variant: its scope, and none of the scopes of the variants before it."""

    scope: Scope
    earlier: tuple[Scope, ...] = ()


def applies(matched: Matched, who: Concerned) -> bool:
    """Whether an enterprise falls to the variant."""
    return matched.scope.covers(who) and not any(scope.covers(who) for scope in matched.earlier)


def leaves_somebody(matched: Matched, sectors: Iterable[str], also: Scope = EVERYBODY) -> bool:
    """Whether an enterprise could fall to the variant: one of these sectors, with any tags and numbers, that the
    earlier variants do not cover and the scope `also` does.
    """
    wanted = (matched.scope, also)
    any_of = [frozenset(scope.tags) for scope in wanted if scope.tags]
    having = frozenset(tag for scope in wanted for tag in scope.all_tags)
    without = frozenset(tag for scope in wanted for tag in scope.without_tags)

    def concerned(scope: Scope, sector: str, numbers: Mapping[str, int]) -> bool:
        in_range = (wanted.holds(numbers[name]) for name, wanted in scope.ranges.items())
        return (not scope.sectors or sector in scope.sectors) and all(in_range)

    return any(
        _is_left(any_of, without, having, [one for one in matched.earlier if concerned(one, sector, numbers)])
        for sector in sectors
        for numbers in _telling((*wanted, *matched.earlier))
        if all(concerned(scope, sector, numbers) for scope in wanted)
    )


def _telling(scopes: Iterable[Scope]) -> list[dict[str, int]]:
    """Numbers of which some scopes tell one from another: where a range of theirs begins, and behind its end."""
    edges: dict[str, set[int]] = {}
    for scope in scopes:
        for name, wanted in scope.ranges.items():
            after = set() if wanted.most is None else {wanted.most + 1}
            edges.setdefault(name, {0}).update({wanted.least} | after)
    return [dict(zip(edges, values, strict=True)) for values in product(*edges.values())]


def _is_left(
    any_of: Sequence[AbstractSet[str]], without: AbstractSet[str], having: AbstractSet[str], earlier: Sequence[Scope]
) -> bool:
    """Whether tags exist with any of each of some, without others and having others, that none of the earlier scopes
    covers: of each of those it lacks all tags, or one that all must have, or has one that must be missing.
    """
    if without & having or any(tags <= without for tags in any_of):
        return False
    if not earlier:
        return True
    first, *rest = earlier
    if first.tags and _is_left(any_of, without | set(first.tags), having, rest):
        return True
    if any(_is_left(any_of, without | {tag}, having, rest) for tag in first.all_tags):
        return True
    return any(_is_left(any_of, without, having | {tag}, rest) for tag in first.without_tags)
