"""/permits, /permit, /verify, what the buttons of a permit's card do, and messages that name a permit."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from bot.dialogs.hot_work.application import application
from bot.dialogs.hot_work.gas import gas
from bot.dialogs.hot_work.steps import accept, arrive, look, measures, reason, send_back, stopped
from bot.handlers.subject import Subject
from campaign.permits import Event
from campaign.roles import CITY, CLERK, LEADER
from campaign.talks.hot_work import (
    AcceptanceBrief,
    ApplicationBrief,
    ArrivalBrief,
    GasBrief,
    LookBrief,
    MeasuresBrief,
    PermitBrief,
    ReasonBrief,
    ReturnBrief,
    StopReasonBrief,
)
from service.core import access_log, whose
from service.core.access_log import Access
from service.core.letters import Draft, answer
from service.core.permissions import Act, enterprises_of
from service.core.refusal import not_allowed
from service.core.talk_spec import TalkSpec
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import actions, briefs, by_code, letters, lists, outcomes, papers, pulse, talks, verification
from service.hot_work.steps import opened
from storage import people
from storage.conversations import Conversation
from talk.actions import PAGE
from talk.conversation import Talk
from talk.texts import Say

SUBJECT: Final = Subject()

STAFF: Final = (CLERK, LEADER, CITY)


P = TypeVar("P", bound=PermitBrief)
R = TypeVar("R")


def _of_permit(
    brief: type[P],
    dialog: Callable[[P], Talk[R]],
    finish: Callable[[UnitOfWork, Speaker, Conversation, P, R], None],
    hears: Callable[[UnitOfWork, Speaker, Conversation, str, str, Any], Any] | None = None,
) -> None:
    """Register a talk about one permit: it goes by its number, and several in hand are told apart by it."""
    SUBJECT.talk(
        TalkSpec(
            brief=brief,
            dialog=dialog,
            title=lambda brief: Say("permit-talk-title", number=brief.number),
            permission=talks.to_act,
            which=talks.which_permit,
            finish=finish,
            hears=hears,
        )
    )


SUBJECT.talk(
    TalkSpec(
        brief=ApplicationBrief,
        dialog=application,
        title=lambda _: Say("permit-application-title"),
        permission=talks.to_apply,
        finish=talks.applied,
        discarded=talks.discarded,
        hears=talks.hears_application,
    )
)
_of_permit(GasBrief, gas, talks.sampled)
_of_permit(ReturnBrief, send_back, talks.returned)
_of_permit(ReasonBrief, reason, talks.reasoned)
_of_permit(StopReasonBrief, stopped, talks.told_why_stopped)
_of_permit(ArrivalBrief, arrive, talks.arrived, hears=talks.hears_photo)
_of_permit(MeasuresBrief, measures, talks.checked)
_of_permit(LookBrief, look, talks.looked)
_of_permit(AcceptanceBrief, accept, talks.accepted, hears=talks.hears_photo)


@SUBJECT.command(actions.LISTING)
def overview(uow: UnitOfWork, me: Speaker, argument: str) -> Draft:
    """/permits: live, waiting, today; `2`: the second page."""
    return lists.overview(uow, me, PAGE.read(argument))


@SUBJECT.command(actions.APPLYING)
@SUBJECT.on(actions.APPLY)
def apply(uow: UnitOfWork, me: Speaker, code: str) -> None:
    """/permit 申请动火: in one's enterprise; who serves several says which."""
    own = enterprises_of(uow, me.person, Act.APPLY_PERMIT)
    wanted = [enterprise for enterprise in own if enterprise.code == code] or own
    if not wanted:
        raise not_allowed()
    if len(wanted) > 1:
        names = whose.labels(uow, me.person, (enterprise.code for enterprise in wanted))
        taps = [actions.APPLY.tap(name, code) for code, name in names.items()]
        answer(uow, me, Say("permit-apply-which"), taps=taps)
    else:
        briefs.begin_application(uow, me, wanted[0])


@SUBJECT.on(actions.SHOW)
def show(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """The live card, at the end of the chat."""
    permit = opened(uow, me.person, number)
    if any(role.role in STAFF for role in people.roles(uow.conn, me.person)):
        access_log.record(uow, Access.PERMIT, permit.subject, people=len(permit.people))
    letters.show(uow, me.person, permit)


@SUBJECT.on(actions.DO)
def do(uow: UnitOfWork, me: Speaker, number: int, event: Event) -> None:
    """A button of the card."""
    permit = opened(uow, me.person, number)
    if event in briefs.TOLD:
        briefs.begin(uow, me, permit, event)
    elif event is Event.PHOTO:
        answer(uow, me, Say("permit-photo-how", code=permit.row.code))
    else:
        outcomes.do(uow, me, permit, event)


@SUBJECT.on(actions.TELL_WHY)
def tell_why(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """说明原因: why a job was stopped, told after the stop."""
    briefs.begin(uow, me, opened(uow, me.person, number), Event.NOTE)


SUBJECT.on(actions.LIST)(lists.overview)
SUBJECT.on(actions.EDIT)(briefs.begin_correction)
SUBJECT.on(actions.PRINT)(papers.ask)
SUBJECT.on(actions.ACKNOWLEDGE)(pulse.acknowledge)
SUBJECT.command(actions.VERIFYING)(verification.verify)
SUBJECT.hears(actions.NAMED)(by_code.heard)
SUBJECT.hears(actions.PHOTOS)(by_code.loose_photos)
