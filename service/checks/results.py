"""Spot checks (抽查): shown, entered by who checked, taken back with a reason.

Nothing of a check reaches an enterprise before its result is entered (四不两直): a plan writes to nobody but whoever
planned it.
"""

from typing import Any, Final

from campaign.annex import AnnexRow
from campaign.checks import INSPECTORS, Checked
from campaign.roles import OFFICER, PRINCIPAL
from service.checks import cards as check_cards
from service.checks.places import reaches
from service.core.letters import Draft, answer, send, tell
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import Speaker, UnitOfWork
from service.enforcement import records
from service.hazards import talks
from service.talks import flow
from storage import annex, audit, checks, people, registry
from storage.checks import PLANNED, RECORDED, Check, CheckEntry
from storage.conversations import Conversation
from storage.registry import Enterprise
from talk.texts import CHINESE, Say, render

RECORD: Final = "check-record"
TAKE_BACK: Final = "check-take-back"
CHECKED: Final = "enterprises-checked"
"""The figure of the row that counts what was checked."""


def row_of_all(uow: UnitOfWork) -> AnnexRow:
    """The row that counts the enterprises that were checked (B1); LookupError where the pack has none."""
    for row in uow.pack.annex.rows:
        if CHECKED in row.counts.spot_check:
            return row
    raise LookupError(CHECKED)


def rows_of_findings(uow: UnitOfWork) -> list[AnnexRow]:
    """The rows that count what was found (B2 to B8)."""
    return [row for row in uow.pack.annex.rows if row.counts.spot_check and CHECKED not in row.counts.spot_check]


def show(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """The card of a check for its bureau; for the enterprise what came of it, once that is entered."""
    check = checks.get(uow.conn, number)
    enterprise = None if check is None else registry.enterprise(uow.conn, check.enterprise)
    if check is None or enterprise is None:
        answer(uow, me, Say("not-allowed"))
    elif may(uow, me.person, Act.SEE_CHECK, Target.of_column(uow.pack, check.place)):
        send(uow, me, check_cards.card(uow, me.person, check, enterprise))
    elif check.recorded_at is not None and may(uow, me.person, Act.SEE_CHECK_RESULT, Target.of(enterprise)):
        send(uow, me, check_cards.result(uow, check, enterprise))
    else:
        answer(uow, me, Say("not-allowed"))


def held(uow: UnitOfWork, me: Speaker, number: int, act: Act, state: str) -> tuple[Check, Enterprise] | None:
    """A check, locked, with its enterprise, where somebody may do this to it (numbers can be guessed) and it is in the
    state for it: where a colleague was first, its card is shown.
    """
    check = checks.get(uow.conn, number, lock=True)
    enterprise = None if check is None else registry.enterprise(uow.conn, check.enterprise)
    if check is None or enterprise is None or not may(uow, me.person, act, Target.of_column(uow.pack, check.place)):
        answer(uow, me, Say("not-allowed"))
        return None
    if check.state != state:
        show(uow, me, number)
        return None
    return check, enterprise


# Entered


def begin_record(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """登记结果, on the phone."""
    found = held(uow, me, number, Act.RECORD_ACTION, PLANNED)
    if found is None:
        return
    check, enterprise = found
    if not reaches(uow, check.place, enterprise):
        answer(uow, me, Say("check-moved", name=enterprise.name))
    else:
        flow.begin_old(uow, me, RECORD, _brief(uow, check, enterprise))


def _brief(uow: UnitOfWork, check: Check, enterprise: Enterprise) -> dict[str, Any]:
    serving = checks.serving(uow.conn, check.place)
    serving.sort(key=lambda one: one.id not in check.assigned)
    present = {one.id for one in serving}
    return {
        "check": check.id,
        "name": enterprise.name,
        "first": uow.pack.start.isoformat(),
        "last": uow.pack.end.isoformat(),
        "today": uow.now.date().isoformat(),
        "inspectors": [{"id": one.id, "name": one.name} for one in serving],
        # Who has gone since the draw is not offered.
        "drawn": list(check.assigned) if present.issuperset(check.assigned) else [],
        "rows": [{"row": row.name, "label": row.label, "figure": row.counts.named[0]} for row in rows_of_findings(uow)],
    }


def recorded(uow: UnitOfWork, me: Speaker, talk: Conversation, said: Checked) -> None:
    """What was found is entered, all of it or nothing: the check, who signed, the actions that the annex counts; and
    the enterprise is told.
    """
    number = int(talk.brief["check"])
    found = held(uow, me, number, Act.RECORD_ACTION, PLANNED)
    if found is None:
        return
    check, enterprise = found
    if not reaches(uow, check.place, enterprise):
        answer(uow, me, Say("check-moved", name=enterprise.name))
        return
    note = render(Say("check-action", number=number), CHINESE)
    first = records.enter(uow, me, check.place, row_of_all(uow).name, said.day, note=note, enterprise=enterprise.code)
    signed = dict.fromkeys(said.inspectors)
    signed |= dict.fromkeys(checks.name_inspector(uow.conn, check.place, name, uow.now) for name in said.others)
    if len(signed) < INSPECTORS:
        raise ValueError(signed)
    checks.enter(uow.conn, number, CheckEntry(row_of_all(uow).name, first, "", []))
    for one in said.findings:
        what = render(Say("check-action-found", number=number, note=one.note), CHINESE)
        action = records.enter(uow, me, check.place, one.row, said.day, note=what, enterprise=enterprise.code)
        checks.enter(uow.conn, number, CheckEntry(one.row, action, one.note, [photo.as_json() for photo in one.photos]))
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
    audit.note(
        uow.conn,
        uow.now,
        "check-recorded",
        me.person,
        f"check/{number}",
        day=str(said.day),
        rows=[one.row for one in said.findings],
        inspectors=list(signed),
    )
    after = _again_of(uow, number)
    told = _tell(uow, after, enterprise, check_cards.result(uow, after, enterprise), "result")
    send(uow, me, check_cards.entered(uow, me.person, after, enterprise, told))


def begin_hazard(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """录入隐患: a major hazard that was found in a check that is entered."""
    found = held(uow, me, number, Act.RECORD_ACTION, RECORDED)
    if found is not None:
        _, enterprise = found
        talks.begin_report(uow, me, enterprise, check=number)


# Taken back


def begin_take_back(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """冲销 what was entered."""
    found = held(uow, me, number, Act.RECORD_ACTION, RECORDED)
    if found is not None:
        check, enterprise = found
        flow.begin_old(uow, me, TAKE_BACK, {"check": number, "name": enterprise.name, "day": str(check.day)})


def taken_back(uow: UnitOfWork, me: Speaker, talk: Conversation, why: str) -> None:
    """A counter-entry for all that was entered, with the reason; and the enterprise is told."""
    number = int(talk.brief["check"])
    found = held(uow, me, number, Act.RECORD_ACTION, RECORDED)
    if found is None:
        return
    _, enterprise = found
    for one in checks.entries(uow.conn, [number])[number]:
        entered = annex.action(uow.conn, one.action)
        if entered is not None and entered.taken_back is None:
            records.take_back(uow, me, one.action, why)
    checks.change(uow.conn, number, state=checks.TAKEN_BACK, ended_at=uow.now, ended_by=me.person, why=why)
    audit.note(uow.conn, uow.now, "check-taken-back", me.person, f"check/{number}")
    after = _again_of(uow, number)
    _tell(uow, after, enterprise, check_cards.result(uow, after, enterprise), "taken-back")
    send(uow, me, check_cards.card(uow, me.person, after, enterprise))


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
