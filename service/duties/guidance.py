"""What somebody can do now: said to a message that belongs to nothing."""

from campaign.roles import CITY, CLERK, LEADER, OPERATOR
from service.core.letters import Draft, answer, send
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import actions, cards
from service.duties.actions import TaskPage
from service.duties.owned import owed
from storage import people
from talk.texts import Say


def commands(uow: UnitOfWork, me: Speaker) -> Say:
    """Return what somebody can ask for: staff of a bureau have other commands than an enterprise, a leader fewer,
    whoever runs the bot almost none.
    """
    roles = {role.role for role in people.roles(uow.conn, me.person) if role.state == "active"}
    is_staff = bool(roles & {CLERK, CITY, LEADER})
    factor = "shown" if uow.context.second_factor.is_for(staff=is_staff) else "hidden"
    if roles == {OPERATOR}:
        return Say("help-commands-operator", factor=factor)
    if roles & {CLERK, CITY}:
        return Say("help-commands-staff", factor=factor)
    return Say("help-commands-leader" if is_staff else "help-commands", factor=factor)


def what_now(uow: UnitOfWork, me: Speaker, *first_lines: Say) -> None:
    """Say what can be done now, with the first open duty, those that are put off behind the others; `first_lines`: what
    is said of what was sent before that.
    """
    undone = owed(uow, me.person)
    if not undone:
        answer(uow, me, *first_lines, Say("outside-nothing-open"), commands(uow, me))
        return
    first = min(undone, key=lambda own: own.duty.snoozed_until is not None and own.duty.snoozed_until > uow.now)
    said = Say("outside-first-duty", title=first.title, when=cards.when(uow, first.duty))
    taps = (actions.SHOW.tap(Say("option-fill"), first.duty.id), actions.DESK.tap(Say("option-tasks"), TaskPage()))
    send(uow, me, Draft((*first_lines, said), taps, of=first.duty.subject))
