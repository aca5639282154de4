from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from campaign.notation import Between
from campaign.pack import Pack
from campaign.scope import EMPLOYEES, Matched, Profile, Scope, applies, leaves_somebody

SECTORS = ("light", "textile", "tobacco")
TAGS = ("ammonia", "hot-work", "outsourcing")


def scopes() -> st.SearchStrategy[Scope]:
    some_sectors = st.lists(st.sampled_from(SECTORS), max_size=2).map(tuple)
    some_tags = st.lists(st.sampled_from(TAGS), max_size=2).map(tuple)
    sizes = st.none() | st.builds(
        lambda least, more: Between(least, None if more is None else least + more),
        st.integers(0, 4),
        st.none() | st.integers(0, 2),
    )
    return st.builds(
        lambda sectors, tags, every, without, size: Scope.model_construct(
            sectors=sectors, tags=tags, all_tags=every, without_tags=without, employees=size
        ),
        some_sectors,
        some_tags,
        some_tags,
        some_tags,
        sizes,
    )


def slow(scope: Scope, sector: str, tags: set[str], people: int) -> bool:
    size = scope.employees
    if size is not None and (people < size.least or (size.most is not None and people > size.most)):
        return False
    if [tag for tag in scope.all_tags if tag not in tags]:
        return False
    if scope.sectors and sector not in scope.sectors:
        return False
    if scope.tags and not [tag for tag in scope.tags if tag in tags]:
        return False
    return not [tag for tag in scope.without_tags if tag in tags]


@given(
    st.lists(scopes(), min_size=1, max_size=4),
    st.sampled_from(SECTORS),
    st.sets(st.sampled_from(TAGS)),
    st.integers(0, 7),
)
def test_everybody_falls_to_the_first_scope_that_covers_them_and_to_no_other(
    order: list[Scope], sector: str, tags: set[str], people: int
) -> None:
    who = Profile(sector, tags, {EMPLOYEES: people})
    taken = [place for place, scope in enumerate(order) if applies(Matched(scope, tuple(order[:place])), who)]
    assert taken == [place for place, scope in enumerate(order) if slow(scope, sector, tags, people)][:1]


@given(st.lists(scopes(), max_size=4), scopes(), scopes())
def test_a_variant_leaves_somebody_when_there_could_be_such_an_enterprise(
    earlier: list[Scope], scope: Scope, also: Scope
) -> None:
    everybody = [
        (sector, set(tags), people)
        for sector in SECTORS
        for count in range(4)
        for tags in combinations(TAGS, count)
        for people in range(8)
    ]
    slowly = [
        one
        for one in everybody
        if slow(scope, *one) and slow(also, *one) and not any(slow(past, *one) for past in earlier)
    ]
    assert leaves_somebody(Matched(scope, tuple(earlier)), SECTORS, also) == bool(slowly)


def test_an_empty_scope_covers_everybody() -> None:
    assert Scope().covers(Profile("light"))


def test_the_variant_of_an_enterprise(pack: Pack) -> None:
    inspection = pack.obligation("led-inspection")
    smelting = inspection.variant_for(Profile("metallurgy", {"metal-smelting"}))
    other = inspection.variant_for(Profile("metallurgy"))
    assert smelting
    assert smelting.cadence == "monthly"
    assert other
    assert other.cadence == "quarterly"
    assert pack.obligation("plan-filing").variant_for(Profile("metallurgy", {"hot-work"})) is None


def test_an_enterprise_whose_number_nobody_knows_is_not_meant_by_it() -> None:
    scope = Scope.model_construct(employees=Between(0))
    assert not scope.covers(Profile("light"))
    assert scope.covers(Profile("light", numbers={EMPLOYEES: 0}))
