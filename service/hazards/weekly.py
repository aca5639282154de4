"""The weekly check-in (三(一)1): what it is told of the ledger, and what was said of each hazard enters it."""

from datetime import date

from campaign.talks.duties import DispatchBrief, DutyFacts
from campaign.talks.hazards import Checked, WeeklyBrief
from service.core.duty_talk import OwnedDuty
from service.core.letters import answer
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import closing, filling, problems
from service.hazards import ledger
from service.hazards.moves import visible
from service.hazards.talks import days, known_hazard
from storage import duties, hazards
from storage.conversations import Conversation
from storage.duties import Duty
from talk.texts import Say


def brief(uow: UnitOfWork, owned: OwnedDuty, facts: DutyFacts) -> WeeklyBrief:
    """The brief of a check-in: the open hazards, and the month's dispatch where it is owed."""
    found = hazards.find(uow.conn, enterprise=owned.duty.subject, only_open=True)
    dispatch = _dispatch_of(uow, owned.duty, min(facts["last"], uow.now.date()))
    return WeeklyBrief(
        **facts,
        **days(uow),
        hazards=tuple(known_hazard(uow, hazard) for hazard in found),
        month=None if dispatch is None else int(dispatch.period[-2:]),
        dispatch=None if dispatch is None else dispatch.id,
    )


def _dispatch_of(uow: UnitOfWork, duty: Duty, day: date) -> Duty | None:
    """The dispatch of the month around a day, where the enterprise still owes it."""
    dispatch = duties.of_period(uow.conn, DispatchBrief.talk, duty.subject, f"{day:%Y-%m}")
    return dispatch if dispatch is not None and dispatch.status in duties.UNDONE else None


def checked(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: WeeklyBrief, result: Checked) -> None:
    """A check-in is confirmed: what was said of each hazard takes effect, in the principal's name."""
    if not filling.submit(uow, me, talk, result):
        return
    missed: list[int] = []
    for said in result.updates:
        held = visible(uow, me.person, said.hazard)
        # Meanwhile somebody may have moved or closed it: then what was said of it stays in the answers only.
        if held is None or not ledger.takes(uow, me.person, held, said):
            missed.append(said.hazard)
        else:
            ledger.update(uow, me, held, said)
    if missed:
        answer(uow, me, Say("weekly-missed", numbers="、".join(map(str, missed))))
    if result.counts and brief.dispatch is not None:
        _count_as_dispatch(uow, me, talk, brief.dispatch)


def _count_as_dispatch(uow: UnitOfWork, me: Speaker, talk: Conversation, duty: int) -> None:
    dispatch = duties.get(uow.conn, duty, lock=True)
    if dispatch is None or dispatch.status not in duties.UNDONE:
        return
    code = closing.close_by_talk(uow, dispatch, talk, by=me.person)
    answer(uow, me, Say("weekly-dispatched", month=int(dispatch.period[-2:]), code=code))
    problems.ask(uow, me, dispatch)
