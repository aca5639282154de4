"""/checks 抽查, and what the buttons of its cards do."""

from collections.abc import Callable
from typing import Final

from bot.dialogs import check as check_dialog
from bot.dialogs import check_plan
from bot.handlers.subject import Subject
from campaign.talks.checks import (
    DrawBrief,
    DropBrief,
    InspectorsBrief,
    ObjectBrief,
    PickBrief,
    RecordBrief,
    TakeBackCheckBrief,
)
from service.checks import actions, cards, draws, history, plans, results, signing
from service.checks.places import own_places, places, to_drop, to_plan, to_record
from service.core.letters import Draft
from service.core.permissions import Act, Area, require, which_district
from service.core.refusal import existing, not_allowed
from service.core.talk_spec import TalkSpec
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import checks
from storage.checks import Check
from talk.texts import Say

SUBJECT: Final = Subject()

SUBJECT.talk(
    TalkSpec(
        brief=PickBrief,
        dialog=check_plan.pick,
        title=lambda _: Say("check-pick-title"),
        permission=to_plan,
        finish=plans.picked,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=InspectorsBrief,
        dialog=check_plan.inspectors,
        title=lambda _: Say("check-inspectors-title"),
        permission=to_plan,
        finish=plans.named,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=DrawBrief,
        dialog=check_plan.draw,
        title=lambda _: Say("check-draw-title"),
        permission=to_plan,
        finish=draws.drawn,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=RecordBrief,
        dialog=check_dialog.record,
        title=lambda brief: Say("check-record-title", name=brief.name),
        permission=to_record,
        finish=results.recorded,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=DropBrief,
        dialog=check_plan.drop,
        title=lambda brief: Say("check-drop-title", name=brief.name),
        permission=to_drop,
        finish=plans.dropped,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=TakeBackCheckBrief,
        dialog=check_plan.take_back,
        title=lambda brief: Say("check-take-back-title", name=brief.name),
        permission=to_record,
        finish=results.taken_back,
    )
)

SUBJECT.talk(
    TalkSpec(
        brief=ObjectBrief,
        dialog=check_dialog.objects,
        title=lambda brief: Say("check-object-title", name=brief.name),
        permission=signing.to_object,
        finish=signing.objected,
    )
)

SUBJECT.on(actions.SHOW)(results.show)
SUBJECT.on(actions.SIGN)(signing.sign)
SUBJECT.on(actions.OBJECT)(signing.begin_object)
SUBJECT.on(actions.GIVE_CODE)(signing.give_code)
SUBJECT.on(actions.SIGN_BY_CODE)(signing.sign_by_code)
SUBJECT.command(actions.SIGNATURE)(signing.show_by_code)
SUBJECT.on(actions.PICK)(plans.begin_pick)
SUBJECT.on(actions.PLAN)(plans.plan)
SUBJECT.on(actions.PLAN_SUGGESTED)(plans.plan_suggested)
SUBJECT.on(actions.DROP)(plans.begin_drop)
SUBJECT.on(actions.DRAW)(draws.begin)
SUBJECT.on(actions.RECORD)(results.begin_record)
SUBJECT.on(actions.REPORT_HAZARD)(results.begin_hazard)
SUBJECT.on(actions.TAKE_BACK)(results.begin_take_back)
SUBJECT.on(actions.NAME_INSPECTORS)(plans.begin_inspectors)
SUBJECT.on(actions.DISMISS)(plans.dismiss)


SUBJECT.on(actions.MADE)(history.listing)
SUBJECT.on(actions.SUGGESTIONS)(cards.suggestions)
SUBJECT.on(actions.INSPECTORS)(cards.inspectors)


@SUBJECT.command(actions.OVERVIEW)
def overview(uow: UnitOfWork, me: Speaker, argument: str) -> Draft:
    """Return what is planned and entered in one's place; for the city also `/checks 浑南区`."""
    named = uow.pack.district_by_name(argument) if argument else None
    if named is None:
        own = own_places(uow, me.person, Act.SEE_CHECK)
        if len(own) > 1 and own[0] != uow.pack.annex.city_column:
            raise which_district(own, actions.OVERVIEW.name)
        place = existing(next(iter(own), None))
    else:
        place = named.name
    _require_seen(uow, me, place)
    return cards.hub(uow, me.person, place)


@SUBJECT.on(actions.LIST)
def listing(uow: UnitOfWork, me: Speaker, state: str, number: int, page: int) -> Draft:
    """Return a page of the checks of a place."""
    known = places(uow)
    if number >= len(known):
        raise not_allowed()
    _require_seen(uow, me, known[number])
    return cards.listing(uow, known[number], state, page)


@SUBJECT.on(actions.TO_SIGN)
def to_sign(uow: UnitOfWork, me: Speaker, number: int, page: int) -> Draft:
    """Return a page of the checks of a place that wait for a signature."""
    known = places(uow)
    if number >= len(known):
        raise not_allowed()
    _require_seen(uow, me, known[number])
    return cards.waiting(uow, me.person, known[number], page)


@SUBJECT.on(actions.SHOW_DRAW)
def draw(uow: UnitOfWork, me: Speaker, number: int) -> Draft:
    """Return a draw with its seed and result."""
    found = existing(checks.draw(uow.conn, number))
    _require_seen(uow, me, found.place)
    return cards.draw(uow, found)


def _of_check(card: Callable[[UnitOfWork, Check, int], Draft]) -> Callable[[UnitOfWork, Speaker, int, int], Draft]:
    """Make the handler of a page about a check."""

    def handler(uow: UnitOfWork, me: Speaker, number: int, page: int) -> Draft:
        check = existing(checks.get(uow.conn, number))
        _require_seen(uow, me, check.place)
        return card(uow, check, page)

    return handler


SUBJECT.on(actions.HAZARDS)(_of_check(cards.hazards_found))
SUBJECT.on(actions.PHOTOS)(_of_check(cards.photos))


def _require_seen(uow: UnitOfWork, me: Speaker, place: str) -> None:
    """Go on only where somebody may see the checks of a place."""
    require(uow, me, Act.SEE_CHECK, Area.of_column(uow.pack, place))
