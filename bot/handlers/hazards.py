"""/hazards and /report, and what the buttons of a hazard's card do."""

from collections.abc import Callable

from bot.handlers import arguments
from bot.handlers.arguments import is_id
from campaign.identity import normalise_code
from service.core import access_log
from service.core.access_log import Access
from service.core.letters import answer, send
from service.core.permissions import Act, enterprises_of
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hazards import briefs as hazard_briefs
from service.hazards import cards as hazard_cards
from service.hazards.ledger import Held, held
from service.talks import flow
from storage import people, registry
from talk.texts import Say

CLOSED = ("closed", "已销号")
"""What asks for the closed ones."""


def ledger(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/hazards: what is open, most urgent first; `/hazards 41` the card of one, `/hazards 已销号` the closed."""
    if is_id(argument):
        card(uow, me, argument)
        return
    which, _, page = argument.partition(":")
    arguments.show(
        uow, me, hazard_cards.ledger(uow, me.person, int(page) if is_id(page) else 1, closed=which in CLOSED)
    )


def card(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """The card of a hazard."""
    _with(uow, me, argument, lambda one: send(uow, me, hazard_cards.card(uow, me.person, one)))


def history(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """整改过程."""
    _with(uow, me, argument, lambda one: send(uow, me, hazard_cards.history(uow, one)))


def photos(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """查看照片: what was photographed at every step; `41` or `41:page`."""
    number, _, page = argument.partition(":")

    def show(one: Held) -> None:
        draft = hazard_cards.photos(uow, one, int(page) if is_id(page) else 1)
        subject = f"hazard/{one.hazard.id}"
        # Who is on a photo nobody counts.
        access_log.record(uow, me.person, Access.PHOTOS, subject, people=0, photos=len(draft.files))
        send(uow, me, draft)

    _with(uow, me, number, show)


def report(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/report: a hazard of one's own enterprise; staff are asked which enterprise, or name it by its code."""
    own = enterprises_of(uow, me.person, Act.REPORT_HAZARD)
    named = registry.enterprise(uow.conn, normalise_code(argument)) if argument else None
    enters = any(one.role in ("clerk", "city") and one.state == "active" for one in people.roles(uow.conn, me.person))
    if named is not None:
        hazard_briefs.begin_report(uow, me, named)
    elif len(own) == 1:
        hazard_briefs.begin_report(uow, me, own[0])
    elif own:
        send(uow, me, hazard_cards.which(own, Say("which-of-yours")))
    elif enters:
        flow.begin_old(uow, me, hazard_briefs.WHICH, {})
    else:
        answer(uow, me, Say("not-allowed"))


def plan(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """制定方案."""
    _with(uow, me, argument, lambda one: hazard_briefs.begin_plan(uow, me, one))


def update(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """更新进展."""
    _with(uow, me, argument, lambda one: hazard_briefs.begin_update(uow, me, one))


def decide(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """A department's decision: `41:passed`."""
    number, _, act = argument.partition(":")
    _with(uow, me, number, lambda one: hazard_briefs.begin_decision(uow, me, one, act))


def list_(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """挂牌督办."""
    _with(uow, me, argument, lambda one: hazard_briefs.begin_listing(uow, me, one))


def _with(uow: UnitOfWork, me: Speaker, argument: str, then: Callable[[Held], None]) -> None:
    one = held(uow, me.person, int(argument)) if is_id(argument) else None
    if one is None:
        answer(uow, me, Say("not-allowed"))
    else:
        then(one)
