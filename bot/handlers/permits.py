"""/permits, /permit, and what the buttons of a permit's card do."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from bot.handlers import arguments
from bot.handlers.arguments import is_id
from campaign.permits import Event
from service.core import access_log
from service.core.access_log import Access
from service.core.letters import answer
from service.core.permissions import CITY, CLERK, LEADER, Act, enterprises_of
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import briefs as permit_briefs
from service.hot_work import letters as permit_letters
from service.hot_work import lists as permit_lists
from service.hot_work import outcomes as permit_acts
from service.hot_work import papers as permit_papers
from service.hot_work import pulse as permit_pulse
from service.hot_work import verification
from service.hot_work.permits import Held, held
from storage import people
from talk.actions import Tap
from talk.texts import Say

STAFF: Final = (CLERK, LEADER, CITY)
ASKED: Final[Mapping[Event, Callable[[UnitOfWork, Speaker, Held], None]]] = {
    Event.RETURN: permit_briefs.begin_return,
    Event.REFUSE: partial(permit_briefs.begin_reason, event=Event.REFUSE),
    Event.CANCEL: partial(permit_briefs.begin_reason, event=Event.CANCEL),
    Event.SAMPLE: permit_briefs.begin_gas,
    Event.ARRIVE: permit_briefs.begin_arrival,
    Event.LOOK: permit_briefs.begin_look,
    Event.CLOSE: permit_briefs.begin_acceptance,
}
"""What needs words, a value or a photo; everything else is one tap."""


def overview(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/permits: live, waiting, today."""
    arguments.show(uow, me, permit_lists.overview(uow, me.person, int(argument) if is_id(argument) else 1))


def apply(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/permit 申请动火: in one's enterprise; who serves several says which."""
    own = enterprises_of(uow, me.person, Act.APPLY_PERMIT)
    wanted = [one for one in own if one.code == argument] or own
    if not wanted:
        answer(uow, me, Say("not-allowed"))
    elif len(wanted) > 1:
        taps = [Tap(one.name, f"a:permit-apply:{one.code}") for one in wanted]
        answer(uow, me, Say("permit-apply-which"), taps=taps)
    else:
        permit_briefs.begin_application(uow, me, wanted[0])


def edit(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """修改申请: the question that came back."""
    _with(uow, me, argument, lambda one: permit_briefs.begin_correction(uow, me, one))


def card(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """The live card, at the end of the chat."""

    def show(one: Held) -> None:
        if any(role.role in STAFF for role in people.roles(uow.conn, me.person)):
            subject = f"permit/{one.permit.id}"
            access_log.record(uow, me.person, Access.PERMIT, subject, people=len(one.people))
        permit_letters.show(uow, me.person, one)

    _with(uow, me, argument, show)


def do(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """A button of the card: `12:start`."""
    number, _, name = argument.partition(":")
    event = next((event for event in Event if event == name), None)
    if event is None:
        answer(uow, me, Say("not-allowed"))
        return

    def act(one: Held) -> None:
        asked = ASKED.get(event)
        if asked is not None:
            asked(uow, me, one)
        elif event is Event.PHOTO:
            answer(uow, me, Say("permit-photo-how", code=one.permit.code))
        else:
            permit_acts.do(uow, me, one, event)

    _with(uow, me, number, act)


def why(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """说明原因: why a job was stopped, told after the stop."""
    _with(uow, me, argument, lambda one: permit_briefs.begin_stop_reason(uow, me, one))


def acknowledge(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """收到: `12:recheck:1687152600`; the prompt goes to nobody else."""
    number, _, rest = argument.partition(":")
    prompt, _, at = rest.partition(":")

    def note(one: Held) -> None:
        known = is_id(at) and permit_pulse.seen(uow, me.person, one, prompt, int(at))
        answer(uow, me, Say("permit-seen") if known else Say("tap-outdated"))

    _with(uow, me, number, note)


def paper(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """打印作业票: PDF and picture."""
    _with(uow, me, argument, lambda one: permit_papers.ask(uow, me, one))


def verify(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/verify TOKEN: whether the permit with this QR code holds; for anybody."""
    verification.verify(uow, me.identity, argument)


def _with(uow: UnitOfWork, me: Speaker, argument: str, then: Callable[[Held], None]) -> None:
    one = held(uow, me.person, int(argument)) if is_id(argument) else None
    if one is None:
        answer(uow, me, Say("not-allowed"))
    else:
        then(one)
