"""双随机: enterprises and inspectors are both drawn, from a seed that was made before the pool was chosen."""

from dataclasses import asdict
from typing import Any, Final

from campaign.checks import INSPECTORS, How, Wanted, draw, fingerprint
from service.checks import cards as check_cards
from service.checks.places import own_place, place_of, places, reaches
from service.core.letters import answer, send
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import Speaker, UnitOfWork
from service.talks import flow
from storage import audit, checks, registry
from storage.checks import Draw
from storage.conversations import Conversation
from talk.actions import Tap
from talk.texts import Say

DRAW: Final = "check-draw"
SEED: Final = 24
"""Letters of a seed, 5 bits each."""


def begin(uow: UnitOfWork, me: Speaker) -> None:
    """随机抽取. The seed is made now and told later; whoever begins anew before it is drawn gets the same one."""
    place = own_place(uow, me.person, Act.PLAN_CHECK)
    if place is None:
        answer(uow, me, Say("not-allowed"))
        return
    serving = checks.serving(uow.conn, place)
    if len(serving) < INSPECTORS:
        answer(uow, me, Say("check-few-inspectors", number=len(serving)), taps=[_inspectors()])
        return
    seed = uow.fresh.letters(SEED)
    before = checks.open_draw(uow.conn, place, seed, me.person, uow.now)
    if before.seed == seed:
        # The sealed log proves later that the seed was there before the pool.
        audit.note(
            uow.conn,
            uow.now,
            "check-draw-begun",
            me.person,
            f"check-draw/{before.id}",
            fingerprint=fingerprint(seed),
        )
    is_city = place == uow.pack.annex.city_column
    pack = uow.pack
    brief = {
        "draw": before.id,
        "place": place,
        "fingerprint": fingerprint(before.seed),
        "inspectors": len(serving),
        "places": [_line(name, {"zh": name, "en": None}) for name in places(uow)] if is_city else [],
        "sectors": [_line(one.id, one.name.as_json()) for one in pack.sectors],
        "tags": [_line(one.id, one.name.as_json()) for one in pack.tags],
    }
    flow.begin_old(uow, me, DRAW, brief)


def _line(id_: str, name: dict[str, str | None]) -> dict[str, Any]:
    return {"id": id_, "name": name}


def _inspectors() -> Tap:
    return Tap(Say("option-check-inspectors"), "a:check-inspectors:")


def drawn(uow: UnitOfWork, me: Speaker, talk: Conversation, wanted: Wanted) -> None:
    """Draw, keep the pool and the result, plan what was drawn."""
    before = checks.draw(uow.conn, int(talk.brief["draw"]), lock=True)
    if before is None or not may(uow, me.person, Act.PLAN_CHECK, Target.of_column(uow.pack, before.place)):
        # The role ended while the draw was being asked for.
        answer(uow, me, Say("not-allowed"))
        return
    if before.drawn_at is not None:
        # A colleague drew from this seed meanwhile.
        answer(uow, me, Say("check-drawn-already", number=before.id))
        send(uow, me, check_cards.draw(uow, before))
        return
    pool = pool_of(uow, before.place, wanted)
    inspectors = [one.id for one in checks.serving(uow.conn, before.place)]
    retry = [Tap(Say("option-check-draw"), "a:check-draw:")]
    if len(inspectors) < INSPECTORS:
        answer(uow, me, Say("check-few-inspectors", number=len(inspectors)), taps=[_inspectors()])
    elif not pool:
        answer(uow, me, Say("check-empty-pool"), taps=retry)
    elif wanted.number > len(pool):
        answer(uow, me, Say("check-small-pool", number=wanted.number, pool=len(pool)), taps=retry)
    else:
        _draw(uow, me, before, wanted, pool, inspectors)


def pool_of(uow: UnitOfWork, place: str, wanted: Wanted) -> list[str]:
    """The enterprises that a draw of a place is made from, by code: what is planned already is not among them."""
    out = checks.planned(uow.conn, place)
    if wanted.conditions.unchecked:
        out |= checks.last_days(uow.conn).keys()
    return sorted(
        code
        for code, one in registry.all_enterprises(uow.conn).items()
        if code not in out
        and reaches(uow, place, one)
        and wanted.conditions.fit(place_of(uow, one), one.sector, one.tags)
    )


def _draw(uow: UnitOfWork, me: Speaker, before: Draw, wanted: Wanted, pool: list[str], inspectors: list[int]) -> None:
    result = draw(before.seed, pool, wanted.number, inspectors)
    checks.drawn(
        uow.conn,
        before.id,
        drawn_at=uow.now,
        drawn_by=me.person,
        conditions=asdict(wanted.conditions),
        number=wanted.number,
        pool=pool,
        inspectors=inspectors,
        result=[[one.enterprise, list(one.inspectors)] for one in result],
    )
    for one in result:
        checks.plan(
            uow.conn,
            place=before.place,
            enterprise=one.enterprise,
            how=How.DRAW,
            draw=before.id,
            grounds=[],
            assigned=list(one.inspectors),
            planned_at=uow.now,
            planned_by=me.person,
        )
    audit.note(
        uow.conn,
        uow.now,
        "check-drawn",
        me.person,
        f"check-draw/{before.id}",
        seed=before.seed,
        pool=len(pool),
        number=wanted.number,
    )
    after = checks.draw(uow.conn, before.id)
    if after is not None:
        send(uow, me, check_cards.draw(uow, after))


def drawn_again(one: Draw) -> list[list[Any]]:
    """What the kept seed and pool give: the same as was kept, or somebody changed it."""
    result = draw(one.seed, one.pool or (), one.number or 0, one.inspectors or ())
    return [[drawn.enterprise, list(drawn.inspectors)] for drawn in result]
