"""Whom a notice is meant for: every field narrows it, and what is kept says the same."""

import json

from hypothesis import given
from hypothesis import strategies as st

from campaign.notices import Audience

NAMES = ("甲", "乙", "丙")
few = st.lists(st.sampled_from(NAMES), unique=True, max_size=3).map(tuple)
roles = st.lists(st.sampled_from(("principal", "officer", "worker", "clerk")), unique=True, min_size=1).map(tuple)
audiences = st.builds(
    Audience,
    roles=roles,
    districts=few,
    sectors=few,
    tags=few,
    unanswered=st.none() | st.just("monthly-dispatch|2023-06"),
    codes=few,
)


@given(audiences)
def test_what_is_kept_is_what_was_chosen(audience: Audience) -> None:
    assert Audience.stored(json.loads(json.dumps(audience.as_json()))) == audience


@given(audiences, st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(NAMES), few.map(frozenset))
def test_an_enterprise_is_covered_when_every_field_fits(
    audience: Audience, code: str, district: str, sector: str, tags: frozenset[str]
) -> None:
    fits = [
        code in audience.codes or audience.codes == (),
        district in audience.districts or audience.districts == (),
        sector in audience.sectors or audience.sectors == (),
        any(tag in tags for tag in audience.tags) or audience.tags == (),
    ]
    assert audience.covers(code, district, sector, tags) is all(fits)


@given(audiences)
def test_staff_are_meant_only_where_nothing_of_an_enterprise_is_asked_for(audience: Audience) -> None:
    narrowed = audience.sectors or audience.tags or audience.codes or audience.unanswered
    assert audience.covers_staff is ("clerk" in audience.roles and not narrowed)
