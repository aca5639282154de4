"""Spot checks (抽查): shown, entered by who checked, taken back with a reason.

Nothing of a check reaches an enterprise before its result is entered (四不两直): a plan writes to nobody but whoever
planned it.
"""

from datetime import date

from campaign.annex import CHECKED, AnnexRow
from campaign.checks import INSPECTORS, PLANNED, RECORDED, TAKEN_BACK, Checked
from campaign.roles import ENTERPRISE_ROLES, OFFICER, PRINCIPAL
from campaign.talks.checks import FindingRow, KnownInspector, RecordBrief, TakeBackCheckBrief
from service.checks import admitted, asking, cards
from service.checks.places import reaches
from service.core.letters import Draft, send, tell
from service.core.permissions import Act, Area, allows, may, subjects_of
from service.core.refusal import RefusedError, not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.enforcement import records
from service.hazards import talks
from service.talks import flow
from storage import annex, checks, people, registry
from storage.checks import Check, CheckEntry
from storage.conversations import Conversation
from storage.registry import Enterprise
from talk.texts import CHINESE, Say, render


def row_of_all(uow: UnitOfWork) -> AnnexRow:
    """The row that counts the enterprises that were checked (B1); LookupError where the pack has none."""
    for row in uow.pack.annex.rows:
        if CHECKED in row.counts.spot_check:
            return row
    raise LookupError(CHECKED)


def rows_of_findings(uow: UnitOfWork) -> list[AnnexRow]:
    """The rows that count what was found (B2 to B8)."""
    return [row for row in uow.pack.annex.rows if row.is_found_in_checks]


def show(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """The card of a check for its bureau; for the enterprise what came of it, once that is entered."""
    check = checks.get(uow.conn, number)
    enterprise = None if check is None else registry.enterprise(uow.conn, check.enterprise)
    if check is None or enterprise is None:
        raise not_allowed()
    if may(uow, me.person, Act.SEE_CHECK, Area.of_column(uow.pack, check.place)):
        send(uow, me, cards.card(uow, me.person, check, enterprise))
    elif check.recorded_at is not None and may(uow, me.person, Act.SEE_CHECK_RESULT, enterprise):
        own = enterprise.code in subjects_of(uow, me.person, ENTERPRISE_ROLES)
        send(uow, me, (cards.result if own else cards.record)(uow, check, enterprise))
    else:
        raise not_allowed()


def locked(uow: UnitOfWork, me: Speaker, number: int, act: Act, state: str) -> tuple[Check, Enterprise]:
    """A check, locked, with its enterprise, where somebody may do this to it (numbers can be guessed) and it is in the
    state for it. RefusedError: it is not; where a colleague was first, its card is shown.
    """
    check = checks.get(uow.conn, number, lock=True)
    enterprise = None if check is None else registry.enterprise(uow.conn, check.enterprise)
    if check is None or enterprise is None or not allows(uow, me, act, Area.of_column(uow.pack, check.place)):
        raise not_allowed()
    if check.state != state:
        raise RefusedError.with_card(cards.card(uow, me.person, check, enterprise))
    return check, enterprise


def _to_record(uow: UnitOfWork, me: Speaker, number: int) -> tuple[Check, Enterprise]:
    """A check to be entered, of an enterprise that is still its place's to check."""
    check, enterprise = locked(uow, me, number, Act.RECORD_ACTION, PLANNED)
    if not reaches(uow, check.place, enterprise):
        raise RefusedError(Say("check-moved", name=enterprise.name))
    return check, enterprise


# Entered


def begin_record(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """登记结果, on the phone."""
    flow.begin(uow, me, _brief(uow, me, *_to_record(uow, me, number)))


def _brief(uow: UnitOfWork, me: Speaker, check: Check, enterprise: Enterprise) -> RecordBrief:
    serving = checks.serving(uow.conn, check.place)
    serving.sort(key=lambda inspector: inspector.id not in check.assigned)
    present = {inspector.id for inspector in serving}
    told = admitted.by_row(uow, enterprise.code)
    return RecordBrief(
        check=check.id,
        name=enterprise.name,
        first=uow.pack.start,
        last=uow.pack.end,
        entered=uow.now.date(),
        inspectors=tuple(KnownInspector(inspector.id, inspector.name) for inspector in serving),
        # Who has gone since the draw is not offered.
        drawn=tuple(check.assigned) if present.issuperset(check.assigned) else (),
        rows=tuple(
            FindingRow(row.name, row.label, row.counts.named[0], row.cases, told.get(row.name, ()))
            for row in rows_of_findings(uow)
        ),
        me=me.name,
    )


def recorded(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: RecordBrief, said: Checked) -> None:
    """What was found is entered, all of it or nothing: the check, who signed, the actions that the annex counts; and
    the enterprise is told.
    """
    check, enterprise = _to_record(uow, me, brief.check)
    number = check.id
    note = render(Say("check-action", number=number), CHINESE)
    first = records.enter(uow, me, check.place, row_of_all(uow).name, said.day, note=note, enterprise=enterprise.code)
    signed = dict.fromkeys(said.inspectors)
    signed |= dict.fromkeys(checks.name_inspector(uow.conn, check.place, name, uow.now) for name in said.others)
    if len(signed) < INSPECTORS:
        raise ValueError(signed)
    checks.enter(uow.conn, number, CheckEntry(row_of_all(uow).name, first, "", []))
    for finding in said.findings:
        what = render(Say("check-action-found", number=number, note=finding.note), CHINESE)
        action = records.enter(uow, me, check.place, finding.row, said.day, note=what, enterprise=enterprise.code)
        photos = [photo.as_json() for photo in finding.photos]
        checks.enter(uow.conn, number, CheckEntry(finding.row, action, finding.note, photos))
    checks.sign(uow.conn, number, signed)
    checks.change(
        uow.conn,
        number,
        state=RECORDED,
        day=said.day,
        recorded_at=uow.now,
        recorded_by=me.person,
        conversation=talk.id,
    )
    uow.note(
        "check-recorded",
        f"check/{number}",
        day=str(said.day),
        rows=[finding.row for finding in said.findings],
        inspectors=list(signed),
    )
    after = _again_of(uow, number)
    asking.ask(uow, me, after, enterprise)
    told = _tell(uow, after, enterprise, cards.result(uow, after, enterprise), "result")
    send(uow, me, cards.entered(uow, me.person, after, enterprise, told))


def begin_hazard(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """录入隐患: a major hazard that was found in a check that is entered."""
    _, enterprise = locked(uow, me, number, Act.RECORD_ACTION, RECORDED)
    talks.begin_report(uow, me, enterprise, check=number)


# Taken back


def begin_take_back(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """冲销 what was entered."""
    check, enterprise = locked(uow, me, number, Act.RECORD_ACTION, RECORDED)
    flow.begin(uow, me, TakeBackCheckBrief(check=number, name=enterprise.name, day=check.day or date.min))


def taken_back(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: TakeBackCheckBrief, why: str) -> None:
    """A counter-entry for all that was entered, with the reason; and the enterprise is told."""
    del talk
    number = brief.check
    _, enterprise = locked(uow, me, number, Act.RECORD_ACTION, RECORDED)
    for entry in checks.entries(uow.conn, [number])[number]:
        entered = annex.action(uow.conn, entry.action)
        if entered is not None and entered.taken_back is None:
            records.take_back(uow, me, entry.action, why)
    checks.change(uow.conn, number, state=TAKEN_BACK, ended_at=uow.now, ended_by=me.person, why=why)
    uow.note("check-taken-back", f"check/{number}")
    after = _again_of(uow, number)
    _tell(uow, after, enterprise, cards.result(uow, after, enterprise), "taken-back")
    send(uow, me, cards.card(uow, me.person, after, enterprise))


def _again_of(uow: UnitOfWork, number: int) -> Check:
    check = checks.get(uow.conn, number)
    if check is None:
        raise LookupError(number)
    return check


def _tell(uow: UnitOfWork, check: Check, enterprise: Enterprise, draft: Draft, what: str) -> int:
    """Tell the principal and the safety officer; how many of them could be."""
    readers = dict.fromkeys(
        person for role in (PRINCIPAL, OFFICER) for person in people.holders(uow.conn, role, enterprise.code)
    )
    return sum(tell(uow, person, draft, kind="check", dedupe=f"check/{check.id}/{what}/{person}") for person in readers)
