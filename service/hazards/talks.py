"""The talks about hazards end: their effects, and what is said of them."""

from campaign.hazards import Decision, Finding, Listing, Plan, Update
from campaign.identity import normalise_code
from service import duties as duty_cases
from service import problems
from service.hazards import briefs as hazard_briefs
from service.hazards import ledger as hazards
from service.hazards.cards import card
from service.hazards.cards import which as which_of
from service.hazards.ledger import Held, held
from service.letters import Tap, answer, send
from service.work import Speaker, Talking, Work
from storage import audit, checks, duties
from talk.texts import Say


def found(work: Work, me: Speaker, talk: Talking, finding: Finding, how: str) -> None:
    """A report is confirmed: into the ledger, to the department, and a receipt for the enterprise."""
    department = bool(talk.brief["department"])
    try:
        number = hazards.found(
            work,
            me,
            str(talk.brief["enterprise"]),
            finding,
            origin="department" if department else "enterprise",
            how=how,
        )
    except PermissionError:
        # The role ended while the report was being written.
        answer(work, me, Say("not-allowed"))
        return
    check = talk.brief.get("check")
    if check is not None:
        checks.link(work.conn, int(check), number)
    if department:
        back = [] if check is None else [Tap(Say("option-spot"), f"a:spot:{check}")]
        answer(work, me, Say("report-entered", number=number, name=talk.brief["name"]), taps=back)
    elif finding.fixed or finding.plan is not None:
        code = hazards.prove(work, me, talk, number) or ""
        answer(work, me, Say("report-receipt", number=number, bureau=talk.brief["bureau"], code=code))
    else:
        answer(work, me, Say("report-taken", number=number, bureau=talk.brief["bureau"]))
    one = held(work, me.person, number)
    if one is not None:
        send(work, me, card(work, me.person, one))


def planned(work: Work, me: Speaker, talk: Talking, plan: Plan) -> None:
    """A plan is confirmed; with it the report of the hazard is complete."""
    one = _of(work, me, talk)
    after = None if one is None else hazards.plan(work, me, one, plan)
    if after is None:
        answer(work, me, Say("hazard-not-now"))
        return
    code = hazards.prove(work, me, talk, after.hazard.id)
    if code is None:
        kept = Say("plan-kept", number=after.hazard.id)
        answer(
            work, me, kept if one is None or one.hazard.plan is None else Say("plan-changed", number=after.hazard.id)
        )
    else:
        answer(work, me, Say("plan-receipt", number=after.hazard.id, code=code))
    send(work, me, card(work, me.person, after))


def updated(work: Work, me: Speaker, talk: Talking, said: Update) -> None:
    """Progress of one hazard."""
    del talk
    one = held(work, me.person, said.hazard)
    after = None if one is None else hazards.update(work, me, one, said)
    _show(work, me, after)


def decided(work: Work, me: Speaker, talk: Talking, said: Decision) -> None:
    """A department's decision."""
    one = _of(work, me, talk)
    _show(work, me, None if one is None else hazards.decide(work, me, one, said))


def listed(work: Work, me: Speaker, talk: Talking, said: Listing) -> None:
    """挂牌督办."""
    one = _of(work, me, talk)
    _show(work, me, None if one is None else hazards.list_(work, me, one, said))


def which(work: Work, me: Speaker, text: str) -> None:
    """The enterprise in which a department found a hazard, by code or name."""
    meant = hazard_briefs.enterprises_meant(work, me, normalise_code(text)) or hazard_briefs.enterprises_meant(
        work, me, text
    )
    if len(meant) == 1:
        hazard_briefs.begin_report(work, me, meant[0])
    elif meant:
        send(work, me, which_of(meant, Say("which-several", number=len(meant))))
    else:
        answer(work, me, Say("which-none", text=text), taps=[Tap(Say("option-report"), "a:report:")])


def checked(work: Work, me: Speaker, talk: Talking, updates: tuple[Update, ...], *, counts: bool) -> None:
    """A weekly check-in is confirmed: what was said of each hazard takes effect, in the principal's name."""
    if not duty_cases.submit(work, me, talk):
        return
    missed: list[int] = []
    for said in updates:
        one = held(work, me.person, said.hazard)
        # Meanwhile somebody may have moved or closed it: then what was said of it stays in the answers only.
        if one is None or hazards.update(work, me, one, said) is None:
            missed.append(said.hazard)
    if missed:
        answer(work, me, Say("weekly-missed", numbers="、".join(map(str, missed))))
    if counts:
        _count_as_dispatch(work, me, talk)


def _count_as_dispatch(work: Work, me: Speaker, talk: Talking) -> None:
    month = None if talk.brief["dispatch"] is None else duties.get(work.conn, int(talk.brief["dispatch"]), lock=True)
    if month is None or month.status not in duties.UNDONE:
        return
    code = work.fresh.code()
    duties.answered(work.conn, month.id, talk.id, work.now)
    duties.add_receipt(work.conn, code, month.id, talk.id, work.now)
    audit.note(work.conn, work.now, "duty-answered", me.person, f"duty/{month.id}", conversation=talk.id)
    answer(work, me, Say("weekly-dispatched", month=talk.brief["month"], code=code))
    problems.ask(work, me, month)


def _of(work: Work, me: Speaker, talk: Talking) -> Held | None:
    return held(work, me.person, int(talk.brief["number"]))


def _show(work: Work, me: Speaker, after: Held | None) -> None:
    if after is None:
        # Somebody moved it meanwhile, or the role ended.
        answer(work, me, Say("hazard-not-now"))
        return
    answer(work, me, Say("hazard-kept", number=after.hazard.id, state=Say("hazard-state", state=after.hazard.state)))
    send(work, me, card(work, me.person, after))
