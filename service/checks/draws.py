"""双随机: enterprises and inspectors are both drawn, from a seed that was made before the pool was chosen."""

from dataclasses import asdict, replace
from typing import Any, Final

from campaign.checks import INSPECTORS, How, Wanted, draw, fingerprint
from campaign.talks.checks import DrawBrief
from campaign.talks.notices import Condition
from service.checks import actions, cards
from service.checks.places import number_of, place_of, places, planning_place, reaches
from service.core.letters import answer, send
from service.core.permissions import Act, Area, allows
from service.core.refusal import RefusedError, not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.talks import flow
from storage import checks, registry
from storage.checks import Draw
from storage.conversations import Conversation
from talk.texts import Say, Words

SEED: Final = 24
"""Letters of a seed, 5 bits each."""


def begin(uow: UnitOfWork, me: Speaker, of: str) -> None:
    """随机抽取. The seed is made now and told later; whoever begins anew before it is drawn gets the same one."""
    place = planning_place(uow, me, of)
    serving = checks.serving(uow.conn, place)
    if len(serving) < INSPECTORS:
        raise _too_few(len(serving), of)
    seed = uow.fresh.letters(SEED)
    before = checks.open_draw(uow.conn, place, seed, me.person, uow.now)
    if before.seed == seed:
        # The sealed log proves later that the seed was there before the pool.
        uow.note("check-draw-begun", f"check-draw/{before.id}", fingerprint=fingerprint(seed))
    is_city = place == uow.pack.annex.city_column
    brief = DrawBrief(
        draw=before.id,
        place=place,
        fingerprint=fingerprint(before.seed),
        inspectors=len(serving),
        places=tuple(Condition(name, Words(name)) for name in places(uow)) if is_city else (),
        sectors=tuple(Condition(sector.id, sector.name) for sector in uow.pack.sectors),
        tags=tuple(Condition(tag.id, tag.name) for tag in uow.pack.tags),
    )
    flow.begin(uow, me, brief)


def _too_few(inspectors: int, of: str) -> RefusedError:
    tap = actions.INSPECTORS.tap(Say("option-check-inspectors"), 1, of)
    return RefusedError(Say("check-few-inspectors", number=inspectors), taps=(tap,))


def drawn(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: DrawBrief, wanted: Wanted) -> None:
    """Draw, keep the pool and the result, plan what was drawn."""
    del talk
    before = checks.draw(uow.conn, brief.draw, lock=True)
    if before is None or not allows(uow, me, Act.PLAN_CHECK, Area.of_column(uow.pack, before.place)):
        # The role ended while the draw was being asked for.
        raise not_allowed()
    if before.drawn_at is not None:
        # A colleague drew from this seed meanwhile.
        answer(uow, me, Say("check-drawn-already", number=before.id))
        send(uow, me, cards.draw(uow, before))
        return
    pool = pool_of(uow, before.place, wanted)
    inspectors = [inspector.id for inspector in checks.serving(uow.conn, before.place)]
    of = str(number_of(uow, before.place))
    retry = (actions.DRAW.tap(Say("option-check-draw"), of),)
    if len(inspectors) < INSPECTORS:
        raise _too_few(len(inspectors), of)
    if not pool:
        raise RefusedError(Say("check-empty-pool"), taps=retry)
    if wanted.number > len(pool):
        raise RefusedError(Say("check-small-pool", number=wanted.number, pool=len(pool)), taps=retry)
    _draw(uow, me, before, wanted, pool, inspectors)


def pool_of(uow: UnitOfWork, place: str, wanted: Wanted) -> list[str]:
    """The enterprises that a draw of a place is made from, by code: what is planned already is not among them, nor
    who is at a standstill or gone.
    """
    out = checks.planned(uow.conn, place)
    if wanted.conditions.unchecked:
        out |= checks.last_days(uow.conn).keys()
    return sorted(
        code
        for code, enterprise in registry.all_enterprises(uow.conn).items()
        if code not in out
        and enterprise.is_active
        and reaches(uow, place, enterprise)
        and wanted.conditions.fit(place_of(uow, enterprise), enterprise.sector, enterprise.tags)
    )


def _draw(uow: UnitOfWork, me: Speaker, before: Draw, wanted: Wanted, pool: list[str], inspectors: list[int]) -> None:
    result = draw(before.seed, pool, wanted.number, inspectors)
    after = replace(
        before,
        drawn_at=uow.now,
        drawn_by=me.person,
        conditions=asdict(wanted.conditions),
        number=wanted.number,
        pool=pool,
        inspectors=inspectors,
        result=[[drawn.enterprise, list(drawn.inspectors)] for drawn in result],
    )
    checks.drawn(uow.conn, after)
    for drawn in result:
        checks.plan(
            uow.conn,
            place=before.place,
            enterprise=drawn.enterprise,
            how=How.DRAW,
            draw=before.id,
            grounds=[],
            assigned=list(drawn.inspectors),
            planned_at=uow.now,
            planned_by=me.person,
        )
    uow.note("check-drawn", f"check-draw/{before.id}", seed=before.seed, pool=len(pool), number=wanted.number)
    send(uow, me, cards.draw(uow, after))


def drawn_again(kept: Draw) -> list[list[Any]]:
    """What the kept seed and pool give: the same as was kept, or somebody changed it."""
    result = draw(kept.seed, kept.pool or (), kept.number or 0, kept.inspectors or ())
    return [[drawn.enterprise, list(drawn.inspectors)] for drawn in result]
