"""The talks about hazards end: their effects, and what is said of them."""

from typing import Any, cast

from campaign.hazards import Decision, Finding, Listing, Plan, Update
from campaign.identity import normalise_code
from service.core.letters import answer, send
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import closing, problems
from service.duties import filling as duty_cases
from service.hazards import briefs as hazard_briefs
from service.hazards import ledger as hazards
from service.hazards.cards import card
from service.hazards.cards import which as which_of
from service.hazards.ledger import Held, held
from storage import checks, duties
from storage.conversations import Conversation
from talk.actions import Tap
from talk.texts import Say


def found(uow: UnitOfWork, me: Speaker, talk: Conversation, finding: Finding, how: str) -> None:
    """A report is confirmed: into the ledger, to the department, and a receipt for the enterprise."""
    department = bool(talk.brief["department"])
    try:
        number = hazards.found(
            uow,
            me,
            str(talk.brief["enterprise"]),
            finding,
            origin="department" if department else "enterprise",
            how=how,
        )
    except PermissionError:
        # The role ended while the report was being written.
        answer(uow, me, Say("not-allowed"))
        return
    check = talk.brief.get("check")
    if check is not None:
        checks.link(uow.conn, int(check), number)
    if department:
        back = [] if check is None else [Tap(Say("option-spot"), f"a:spot:{check}")]
        answer(uow, me, Say("report-entered", number=number, name=talk.brief["name"]), taps=back)
    elif finding.fixed or finding.plan is not None:
        code = hazards.prove(uow, me, talk, number) or ""
        answer(uow, me, Say("report-receipt", number=number, bureau=talk.brief["bureau"], code=code))
    else:
        answer(uow, me, Say("report-taken", number=number, bureau=talk.brief["bureau"]))
    one = held(uow, me.person, number)
    if one is not None:
        send(uow, me, card(uow, me.person, one))


def planned(uow: UnitOfWork, me: Speaker, talk: Conversation, plan: Plan) -> None:
    """A plan is confirmed; with it the report of the hazard is complete."""
    one = _of(uow, me, talk)
    after = None if one is None else hazards.plan(uow, me, one, plan)
    if after is None:
        answer(uow, me, Say("hazard-not-now"))
        return
    code = hazards.prove(uow, me, talk, after.hazard.id)
    if code is None:
        kept = Say("plan-kept", number=after.hazard.id)
        answer(uow, me, kept if one is None or one.hazard.plan is None else Say("plan-changed", number=after.hazard.id))
    else:
        answer(uow, me, Say("plan-receipt", number=after.hazard.id, code=code))
    send(uow, me, card(uow, me.person, after))


def updated(uow: UnitOfWork, me: Speaker, talk: Conversation, said: Update) -> None:
    """Progress of one hazard."""
    del talk
    one = held(uow, me.person, said.hazard)
    after = None if one is None else hazards.update(uow, me, one, said)
    _show(uow, me, after)


def decided(uow: UnitOfWork, me: Speaker, talk: Conversation, said: Decision) -> None:
    """A department's decision."""
    one = _of(uow, me, talk)
    _show(uow, me, None if one is None else hazards.decide(uow, me, one, said))


def listed(uow: UnitOfWork, me: Speaker, talk: Conversation, said: Listing) -> None:
    """挂牌督办."""
    one = _of(uow, me, talk)
    _show(uow, me, None if one is None else hazards.list_(uow, me, one, said))


def which(uow: UnitOfWork, me: Speaker, text: str) -> None:
    """The enterprise in which a department found a hazard, by code or name."""
    meant = hazard_briefs.enterprises_meant(uow, me, normalise_code(text)) or hazard_briefs.enterprises_meant(
        uow, me, text
    )
    if len(meant) == 1:
        hazard_briefs.begin_report(uow, me, meant[0])
    elif meant:
        send(uow, me, which_of(meant, Say("which-several", number=len(meant))))
    else:
        answer(uow, me, Say("which-none", text=text), taps=[Tap(Say("option-report"), "a:report:")])


def checked(uow: UnitOfWork, me: Speaker, talk: Conversation, result: Any) -> None:
    """A weekly check-in is confirmed: what was said of each hazard takes effect, in the principal's name."""
    if not duty_cases.submit(uow, me, talk, cast("Any", talk.brief), result):
        return
    missed: list[int] = []
    for said in result.updates:
        one = held(uow, me.person, said.hazard)
        # Meanwhile somebody may have moved or closed it: then what was said of it stays in the answers only.
        if one is None or hazards.update(uow, me, one, said) is None:
            missed.append(said.hazard)
    if missed:
        answer(uow, me, Say("weekly-missed", numbers="、".join(map(str, missed))))
    if result.counts:
        _count_as_dispatch(uow, me, talk)


def _count_as_dispatch(uow: UnitOfWork, me: Speaker, talk: Conversation) -> None:
    month = None if talk.brief["dispatch"] is None else duties.get(uow.conn, int(talk.brief["dispatch"]), lock=True)
    if month is None or month.status not in duties.UNDONE:
        return
    code = closing.close_by_talk(uow, month, talk, by=me.person)
    answer(uow, me, Say("weekly-dispatched", month=talk.brief["month"], code=code))
    problems.ask(uow, me, month)


def _of(uow: UnitOfWork, me: Speaker, talk: Conversation) -> Held | None:
    return held(uow, me.person, int(talk.brief["number"]))


def _show(uow: UnitOfWork, me: Speaker, after: Held | None) -> None:
    if after is None:
        # Somebody moved it meanwhile, or the role ended.
        answer(uow, me, Say("hazard-not-now"))
        return
    answer(uow, me, Say("hazard-kept", number=after.hazard.id, state=Say("hazard-state", state=after.hazard.state)))
    send(uow, me, card(uow, me.person, after))
