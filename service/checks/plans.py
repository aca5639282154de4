"""Spot checks are planned by hand or as suggested, and dropped; and who checks for a bureau (执法人员).

Nothing of it reaches an enterprise (四不两直): it is said to nobody but whoever planned.
"""

from collections.abc import Sequence
from typing import Final

from campaign.checks import DROPPED, PLANNED, How, Reason
from campaign.identity import may_be_on_a_licence, normalise_code
from campaign.talks.checks import DropBrief, InspectorsBrief, PickBrief
from service.checks import actions, cards
from service.checks.places import number_of, place_for, planning_place
from service.checks.results import locked, show
from service.checks.suggestions import suggested
from service.core.letters import answer, send
from service.core.permissions import Act, Area, require
from service.core.refusal import RefusedError, existing
from service.core.unit_of_work import Speaker, UnitOfWork
from service.registry import search, states
from service.talks import flow
from storage import checks, registry
from storage.conversations import Conversation
from talk.actions import Tap
from talk.texts import Say

MEANT: Final = 6
"""Enterprises of which one is chosen, at the most."""


def begin_pick(uow: UnitOfWork, me: Speaker, of: str) -> None:
    """加企业: by code, by several pasted ones, or by name."""
    flow.begin(uow, me, PickBrief(place=planning_place(uow, me, of)))


def picked(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: PickBrief, said: str) -> None:
    """The enterprises that were named are planned; of several with one name it is asked which."""
    del talk
    require(uow, me, Act.PLAN_CHECK, Area.of_column(uow.pack, brief.place))
    of = str(number_of(uow, brief.place))
    codes = said.split("\n")
    if may_be_on_a_licence(normalise_code(codes[0])):
        _plan_codes(uow, me, brief.place, [normalise_code(code) for code in codes])
        return
    meant = search.named(uow, said, lambda enterprise: place_for(uow, me.person, enterprise) is not None)
    if len(meant) == 1:
        plan(uow, me, meant[0].code)
    elif not meant:
        raise RefusedError(Say("check-none-found", text=said), taps=(_again(of),))
    elif len(meant) > MEANT:
        raise RefusedError(Say("check-too-many-found", number=len(meant)), taps=(_again(of),))
    else:
        send(uow, me, cards.which(meant, of))


def _again(of: str) -> Tap:
    return actions.PICK.tap(Say("option-check-add"), of)


def _plan_codes(uow: UnitOfWork, me: Speaker, own: str, codes: Sequence[str]) -> None:
    if len(codes) == 1:
        plan(uow, me, codes[0])
        return
    new, known, unknown = 0, 0, []
    for code in codes:
        enterprise = registry.enterprise(uow.conn, code)
        place = None if enterprise is None else place_for(uow, me.person, enterprise)
        if enterprise is None or place is None or enterprise.is_closed:
            unknown.append(code)
        elif _plan(uow, me, place, code, How.HAND, ()) is None:
            known += 1
        else:
            new += 1
    send(uow, me, cards.planned_several(uow, own, new, known, unknown))


def plan(uow: UnitOfWork, me: Speaker, code: str) -> None:
    """One enterprise is planned, by hand; its card."""
    _plan_one(uow, me, code, How.HAND)


def plan_suggested(uow: UnitOfWork, me: Speaker, code: str) -> None:
    """One enterprise is planned for the reasons for which it is suggested."""
    _plan_one(uow, me, code, How.SUGGESTION)


def _plan_one(uow: UnitOfWork, me: Speaker, code: str, how: How) -> None:
    enterprise = registry.enterprise(uow.conn, normalise_code(code))
    place = None if enterprise is None else place_for(uow, me.person, enterprise)
    if enterprise is None or place is None:
        # Which of the two is nobody's to know.
        raise RefusedError(Say("check-none-found", text=code), taps=(_again(""),))
    if enterprise.is_closed:
        raise RefusedError(Say("check-closed", name=enterprise.name, state=states.present(uow, enterprise.code)))
    grounds = suggested(uow, place).get(enterprise.code, ()) if how is How.SUGGESTION else ()
    require(uow, me, Act.PLAN_CHECK, enterprise)
    number = _plan(uow, me, place, enterprise.code, how if grounds else How.HAND, grounds)
    if number is None:
        raise RefusedError(Say("check-planned-already", name=enterprise.name))
    show(uow, me, number)


def _plan(uow: UnitOfWork, me: Speaker, place: str, code: str, how: How, grounds: Sequence[Reason]) -> int | None:
    number = checks.plan(
        uow.conn,
        place=place,
        enterprise=code,
        how=how,
        grounds=[reason.as_json() for reason in grounds],
        assigned=[],
        planned_at=uow.now,
        planned_by=me.person,
    )
    if number is not None:
        uow.note("check-planned", f"check/{number}", how=how)
    return number


def begin_drop(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """撤下: what was drawn at random only with a reason."""
    check, enterprise = locked(uow, me, number, Act.PLAN_CHECK, PLANNED)
    flow.begin(uow, me, DropBrief(check=number, name=enterprise.name, drawn=check.how == How.DRAW))


def dropped(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: DropBrief, why: str) -> None:
    """The plan is off."""
    del talk
    check, enterprise = locked(uow, me, brief.check, Act.PLAN_CHECK, PLANNED)
    checks.change(uow.conn, check.id, state=DROPPED, ended_at=uow.now, ended_by=me.person, why=why or None)
    uow.note("check-dropped", f"check/{check.id}", how=check.how)
    answer(uow, me, Say("check-dropped", name=enterprise.name), taps=[cards.planned_tap(uow, check.place)])


# Who checks


def begin_inspectors(uow: UnitOfWork, me: Speaker, of: str) -> None:
    """加人员: who checks for one's bureau."""
    flow.begin(uow, me, InspectorsBrief(place=planning_place(uow, me, of)))


def named(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: InspectorsBrief, names: str) -> None:
    """The inspectors are named, a line each."""
    del talk
    require(uow, me, Act.PLAN_CHECK, Area.of_column(uow.pack, brief.place))
    for name in names.split("\n"):
        number = checks.name_inspector(uow.conn, brief.place, name, uow.now)
        uow.note("inspector-named", f"inspector/{number}")
    send(uow, me, cards.inspectors(uow, me, 1, str(number_of(uow, brief.place))))


def dismiss(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """An inspector serves no more; the checks that they signed keep the name."""
    inspector = existing(checks.inspectors_by_id(uow.conn, [number]).get(number))
    of = str(number_of(uow, inspector.place))
    if checks.dismiss(uow.conn, number, planning_place(uow, me, of), uow.now):
        uow.note("inspector-dismissed", f"inspector/{number}")
    send(uow, me, cards.inspectors(uow, me, 1, of))
