"""/hazards and /report, and what the buttons of a hazard's card do."""

from collections.abc import Callable

from bot.handlers import arguments
from bot.handlers.arguments import is_id
from campaign.identity import normalise_code
from service import evidence, talks
from service.evidence import Shown
from service.hazards import briefs as hazard_briefs
from service.hazards import cards as hazard_cards
from service.hazards.ledger import Held, held
from service.letters import answer, send
from service.permissions import Act, enterprises_of
from service.work import Speaker, Work
from storage import people, registry
from talk.texts import Say

CLOSED = ("closed", "已销号")
"""What asks for the closed ones."""


def ledger(work: Work, me: Speaker, argument: str) -> None:
    """/hazards: what is open, most urgent first; `/hazards 41` the card of one, `/hazards 已销号` the closed."""
    if is_id(argument):
        card(work, me, argument)
        return
    which, _, page = argument.partition(":")
    arguments.show(
        work, me, hazard_cards.ledger(work, me.person, int(page) if is_id(page) else 1, closed=which in CLOSED)
    )


def card(work: Work, me: Speaker, argument: str) -> None:
    """The card of a hazard."""
    _with(work, me, argument, lambda one: send(work, me, hazard_cards.card(work, me.person, one)))


def history(work: Work, me: Speaker, argument: str) -> None:
    """整改过程."""
    _with(work, me, argument, lambda one: send(work, me, hazard_cards.history(work, one)))


def photos(work: Work, me: Speaker, argument: str) -> None:
    """查看照片: what was photographed at every step; `41` or `41:page`."""
    number, _, page = argument.partition(":")

    def show(one: Held) -> None:
        draft = hazard_cards.photos(work, one, int(page) if is_id(page) else 1)
        subject = f"hazard/{one.hazard.id}"
        # Who is on a photo nobody counts.
        evidence.shown(work, me.person, Shown.PHOTOS, subject, people=0, photos=len(draft.files))
        send(work, me, draft)

    _with(work, me, number, show)


def report(work: Work, me: Speaker, argument: str) -> None:
    """/report: a hazard of one's own enterprise; staff are asked which enterprise, or name it by its code."""
    own = enterprises_of(work, me.person, Act.REPORT_HAZARD)
    named = registry.enterprise(work.conn, normalise_code(argument)) if argument else None
    enters = any(one.role in ("clerk", "city") and one.state == "active" for one in people.roles(work.conn, me.person))
    if named is not None:
        hazard_briefs.begin_report(work, me, named)
    elif len(own) == 1:
        hazard_briefs.begin_report(work, me, own[0])
    elif own:
        send(work, me, hazard_cards.which(own, Say("which-of-yours")))
    elif enters:
        talks.begin(work, me, hazard_briefs.WHICH, {})
    else:
        answer(work, me, Say("not-allowed"))


def plan(work: Work, me: Speaker, argument: str) -> None:
    """制定方案."""
    _with(work, me, argument, lambda one: hazard_briefs.begin_plan(work, me, one))


def update(work: Work, me: Speaker, argument: str) -> None:
    """更新进展."""
    _with(work, me, argument, lambda one: hazard_briefs.begin_update(work, me, one))


def decide(work: Work, me: Speaker, argument: str) -> None:
    """A department's decision: `41:passed`."""
    number, _, act = argument.partition(":")
    _with(work, me, number, lambda one: hazard_briefs.begin_decision(work, me, one, act))


def list_(work: Work, me: Speaker, argument: str) -> None:
    """挂牌督办."""
    _with(work, me, argument, lambda one: hazard_briefs.begin_listing(work, me, one))


def _with(work: Work, me: Speaker, argument: str, then: Callable[[Held], None]) -> None:
    one = held(work, me.person, int(argument)) if is_id(argument) else None
    if one is None:
        answer(work, me, Say("not-allowed"))
    else:
        then(one)
