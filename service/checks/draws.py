"""双随机: enterprises and inspectors are both drawn, from a seed that was made before the pool was chosen."""

from dataclasses import asdict
from typing import Any, Final

from campaign.checks import INSPECTORS, How, Wanted, draw, fingerprint
from service import talks
from service.actions import target_of
from service.checks import cards as check_cards
from service.checks.places import own_place, place_of, places, reaches
from service.letters import Tap, answer, send
from service.permissions import Act, may
from service.work import Speaker, Talking, Work
from storage import audit, checks, registry
from storage.checks import Draw
from talk.texts import Say

DRAW: Final = "check-draw"
SEED: Final = 24
"""Letters of a seed, 5 bits each."""


def begin(work: Work, me: Speaker) -> None:
    """随机抽取. The seed is made now and told later; whoever begins anew before it is drawn gets the same one."""
    place = own_place(work, me.person, Act.PLAN_CHECK)
    if place is None:
        answer(work, me, Say("not-allowed"))
        return
    serving = checks.serving(work.conn, place)
    if len(serving) < INSPECTORS:
        answer(work, me, Say("check-few-inspectors", number=len(serving)), taps=[_inspectors()])
        return
    seed = work.fresh.letters(SEED)
    before = checks.open_draw(work.conn, place, seed, me.person, work.now)
    if before.seed == seed:
        # The sealed log proves later that the seed was there before the pool.
        audit.note(
            work.conn,
            work.now,
            "check-draw-begun",
            me.person,
            f"check-draw/{before.id}",
            fingerprint=fingerprint(seed),
        )
    is_city = place == work.pack.annex.city_column
    pack = work.pack
    brief = {
        "draw": before.id,
        "place": place,
        "fingerprint": fingerprint(before.seed),
        "inspectors": len(serving),
        "places": [_line(name, {"zh": name, "en": None}) for name in places(work)] if is_city else [],
        "sectors": [_line(one.id, one.name.as_json()) for one in pack.sectors],
        "tags": [_line(one.id, one.name.as_json()) for one in pack.tags],
    }
    talks.begin(work, me, DRAW, brief)


def _line(id_: str, name: dict[str, str | None]) -> dict[str, Any]:
    return {"id": id_, "name": name}


def _inspectors() -> Tap:
    return Tap(Say("option-check-inspectors"), "a:check-inspectors:")


def drawn(work: Work, me: Speaker, talk: Talking, wanted: Wanted) -> None:
    """Draw, keep the pool and the result, plan what was drawn."""
    before = checks.draw(work.conn, int(talk.brief["draw"]), lock=True)
    if before is None or not may(work, me.person, Act.PLAN_CHECK, target_of(work, before.place)):
        # The role ended while the draw was being asked for.
        answer(work, me, Say("not-allowed"))
        return
    if before.drawn_at is not None:
        # A colleague drew from this seed meanwhile.
        answer(work, me, Say("check-drawn-already", number=before.id))
        send(work, me, check_cards.draw(work, before))
        return
    pool = pool_of(work, before.place, wanted)
    inspectors = [one.id for one in checks.serving(work.conn, before.place)]
    retry = [Tap(Say("option-check-draw"), "a:check-draw:")]
    if len(inspectors) < INSPECTORS:
        answer(work, me, Say("check-few-inspectors", number=len(inspectors)), taps=[_inspectors()])
    elif not pool:
        answer(work, me, Say("check-empty-pool"), taps=retry)
    elif wanted.number > len(pool):
        answer(work, me, Say("check-small-pool", number=wanted.number, pool=len(pool)), taps=retry)
    else:
        _draw(work, me, before, wanted, pool, inspectors)


def pool_of(work: Work, place: str, wanted: Wanted) -> list[str]:
    """The enterprises that a draw of a place is made from, by code: what is planned already is not among them."""
    out = checks.planned(work.conn, place)
    if wanted.conditions.unchecked:
        out |= checks.last_days(work.conn).keys()
    return sorted(
        code
        for code, one in registry.all_enterprises(work.conn).items()
        if code not in out
        and reaches(work, place, one)
        and wanted.conditions.fit(place_of(work, one), one.sector, one.tags)
    )


def _draw(work: Work, me: Speaker, before: Draw, wanted: Wanted, pool: list[str], inspectors: list[int]) -> None:
    result = draw(before.seed, pool, wanted.number, inspectors)
    checks.drawn(
        work.conn,
        before.id,
        drawn_at=work.now,
        drawn_by=me.person,
        conditions=asdict(wanted.conditions),
        number=wanted.number,
        pool=pool,
        inspectors=inspectors,
        result=[[one.enterprise, list(one.inspectors)] for one in result],
    )
    for one in result:
        checks.plan(
            work.conn,
            place=before.place,
            enterprise=one.enterprise,
            how=How.DRAW,
            draw=before.id,
            grounds=[],
            assigned=list(one.inspectors),
            planned_at=work.now,
            planned_by=me.person,
        )
    audit.note(
        work.conn,
        work.now,
        "check-drawn",
        me.person,
        f"check-draw/{before.id}",
        seed=before.seed,
        pool=len(pool),
        number=wanted.number,
    )
    after = checks.draw(work.conn, before.id)
    if after is not None:
        send(work, me, check_cards.draw(work, after))


def drawn_again(one: Draw) -> list[list[Any]]:
    """What the kept seed and pool give: the same as was kept, or somebody changed it."""
    result = draw(one.seed, one.pool or (), one.number or 0, one.inspectors or ())
    return [[drawn.enterprise, list(drawn.inspectors)] for drawn in result]
