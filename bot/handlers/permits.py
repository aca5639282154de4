"""/permits, /permit, and what the buttons of a permit's card do."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from bot.handlers import arguments
from bot.handlers.arguments import is_id
from campaign.permits import Event
from service import evidence, verification
from service.evidence import Shown
from service.hot_work import acts as permit_acts
from service.hot_work import briefs as permit_briefs
from service.hot_work import letters as permit_letters
from service.hot_work import lists as permit_lists
from service.hot_work import papers as permit_papers
from service.hot_work import pulse as permit_pulse
from service.hot_work.permits import Held, held
from service.letters import Tap, answer
from service.permissions import CITY, CLERK, LEADER, Act, enterprises_of
from service.work import Speaker, Work
from storage import people
from talk.texts import Say

STAFF: Final = (CLERK, LEADER, CITY)
ASKED: Final[Mapping[Event, Callable[[Work, Speaker, Held], None]]] = {
    Event.RETURN: permit_briefs.begin_return,
    Event.REFUSE: partial(permit_briefs.begin_reason, event=Event.REFUSE),
    Event.CANCEL: partial(permit_briefs.begin_reason, event=Event.CANCEL),
    Event.SAMPLE: permit_briefs.begin_gas,
    Event.ARRIVE: permit_briefs.begin_arrival,
    Event.LOOK: permit_briefs.begin_look,
    Event.CLOSE: permit_briefs.begin_acceptance,
}
"""What needs words, a value or a photo; everything else is one tap."""


def overview(work: Work, me: Speaker, argument: str) -> None:
    """/permits: live, waiting, today."""
    arguments.show(work, me, permit_lists.overview(work, me.person, int(argument) if is_id(argument) else 1))


def apply(work: Work, me: Speaker, argument: str) -> None:
    """/permit 申请动火: in one's enterprise; who serves several says which."""
    own = enterprises_of(work, me.person, Act.APPLY_PERMIT)
    wanted = [one for one in own if one.code == argument] or own
    if not wanted:
        answer(work, me, Say("not-allowed"))
    elif len(wanted) > 1:
        taps = [Tap(one.name, f"a:permit-apply:{one.code}") for one in wanted]
        answer(work, me, Say("permit-apply-which"), taps=taps)
    else:
        permit_briefs.begin_application(work, me, wanted[0])


def edit(work: Work, me: Speaker, argument: str) -> None:
    """修改申请: the question that came back."""
    _with(work, me, argument, lambda one: permit_briefs.begin_correction(work, me, one))


def card(work: Work, me: Speaker, argument: str) -> None:
    """The live card, at the end of the chat."""

    def show(one: Held) -> None:
        if any(role.role in STAFF for role in people.roles(work.conn, me.person)):
            subject = f"permit/{one.permit.id}"
            evidence.shown(work, me.person, Shown.PERMIT, subject, people=len(one.people))
        permit_letters.show(work, me.person, one)

    _with(work, me, argument, show)


def do(work: Work, me: Speaker, argument: str) -> None:
    """A button of the card: `12:start`."""
    number, _, name = argument.partition(":")
    event = next((event for event in Event if event == name), None)
    if event is None:
        answer(work, me, Say("not-allowed"))
        return

    def act(one: Held) -> None:
        asked = ASKED.get(event)
        if asked is not None:
            asked(work, me, one)
        elif event is Event.PHOTO:
            answer(work, me, Say("permit-photo-how", code=one.permit.code))
        else:
            permit_acts.do(work, me, one, event)

    _with(work, me, number, act)


def why(work: Work, me: Speaker, argument: str) -> None:
    """说明原因: why a job was stopped, told after the stop."""
    _with(work, me, argument, lambda one: permit_briefs.begin_stop_reason(work, me, one))


def acknowledge(work: Work, me: Speaker, argument: str) -> None:
    """收到: `12:recheck:1687152600`; the prompt goes to nobody else."""
    number, _, rest = argument.partition(":")
    prompt, _, at = rest.partition(":")

    def note(one: Held) -> None:
        known = is_id(at) and permit_pulse.seen(work, me.person, one, prompt, int(at))
        answer(work, me, Say("permit-seen") if known else Say("tap-outdated"))

    _with(work, me, number, note)


def paper(work: Work, me: Speaker, argument: str) -> None:
    """打印作业票: PDF and picture."""
    _with(work, me, argument, lambda one: permit_papers.ask(work, me, one))


def verify(work: Work, me: Speaker, argument: str) -> None:
    """/verify TOKEN: whether the permit with this QR code holds; for anybody."""
    verification.verify(work, me.identity, argument)


def _with(work: Work, me: Speaker, argument: str, then: Callable[[Held], None]) -> None:
    one = held(work, me.person, int(argument)) if is_id(argument) else None
    if one is None:
        answer(work, me, Say("not-allowed"))
    else:
        then(one)
