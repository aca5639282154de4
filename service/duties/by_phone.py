"""电话代录: staff enter what an enterprise answered by phone; it counts at once, and its principal confirms it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Final

import msgspec

from campaign.periods import HAZARD, PERMIT
from campaign.roles import OFFICER, PRINCIPAL
from campaign.talks.duties import ByPhoneBrief, DutyBrief, PlannedFor, Taken, ToExplain
from service.core.duty_talk import OwnedDuty
from service.core.letters import Draft, answer, send, signature, tell
from service.core.listing import Entry, LazyEntries, screen
from service.core.permissions import Act, Needed, may, needed, require
from service.core.refusal import RefusedError, existing, not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import actions, admissions, cards, filling, forms, phone_mark, promises
from service.duties.owned import allows_confirming, bureau, duty_talk, with_rule
from service.talks import flow
from storage import conversations, duties, people, phone_answers, progress, registry
from storage.conversations import Conversation
from storage.progress import LEFT
from storage.registry import Enterprise
from talk.texts import DayAndWeekday, Phrase, Say

TO_TAKE: Final = ("open", "returned", "explained")
NAMES: Final = 4
"""People of an enterprise who are offered by name: beside them a button leads back."""
TALK_LASTS: Final = timedelta(days=7)
"""How long a talk may lie begun and still be about a call of that day."""


def can_be_taken(uow: UnitOfWork, owned: OwnedDuty) -> bool:
    """Return whether a duty can be answered by phone: one of an enterprise that time has made, whose talk allows it."""
    duty = owned.duty
    if duty.enterprise is None or not (duty.unmet or duty.status in TO_TAKE) or duty.opens > uow.now:
        return False
    capable = None if duty.period.startswith((HAZARD, PERMIT)) else duty_talk(uow, owned)
    return capable is not None and capable.by_phone(uow, owned)


def of_enterprise(uow: UnitOfWork, code: str) -> list[OwnedDuty]:
    """Return the duties of an enterprise that can be taken by phone now, or entered anew, the earliest due first."""
    rows = progress.listed(uow.conn, uow.now, None, enterprise=code)
    found = [with_rule(uow, row.duty) for row in rows if row.standing in LEFT or row.by_phone]
    return [owned for owned in found if can_be_taken(uow, owned) or _to_correct(uow, owned) is not None]


def _to_correct(uow: UnitOfWork, owned: OwnedDuty) -> int | None:
    """The answer that staff entered and may enter anew: until the principal has confirmed it."""
    phone = phone_answers.of(uow.conn, owned.duty.conversation) if owned.duty.status == "answered" else None
    talk = None if phone is None or phone.confirmed_at else conversations.by_id(uow.conn, phone.conversation)
    return talk.id if talk is not None and talk.duty == owned.duty.id else None


def choose(uow: UnitOfWork, me: Speaker, code: str, page: int) -> None:
    """电话代录 on the card of an enterprise: which duty was answered; a single one is begun at once."""
    enterprise = existing(registry.enterprise(uow.conn, code))
    require(uow, me, Act.ENTER_BY_PHONE, enterprise)
    found = of_enterprise(uow, code)
    if len(found) == 1:
        begin(uow, me, found[0].duty.id)
        return
    marks = phone_mark.among(uow, [owned.duty for owned in found])
    entries = [
        Entry(
            owned.title,
            phone_mark.after(cards.state_line(uow, owned.duty), marks.get(owned.duty.id)),
            actions.BY_PHONE.data(owned.duty.id),
        )
        for owned in found
    ]
    heading = Say("by-phone-which", place=enterprise.name) if found else Say("by-phone-none", place=enterprise.name)
    send(uow, me, screen([heading], entries, page, partial(actions.PHONE_DUTIES.data, code)))


def begin(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """Start the talk. Nobody else's is touched by it: who answers meanwhile in person goes on."""
    duty = duties.get(uow.conn, number)
    enterprise = None if duty is None or duty.enterprise is None else registry.enterprise(uow.conn, duty.enterprise)
    if duty is None or enterprise is None or not may(uow, me.person, Act.ENTER_BY_PHONE, enterprise):
        raise not_allowed()
    owned = with_rule(uow, duty)
    former = _to_correct(uow, owned)
    if former is None and not can_be_taken(uow, owned):
        done = Say("by-phone-done-before", title=owned.title)
        raise RefusedError(done if duty.status == "answered" else Say("by-phone-cannot"))
    today = uow.now.date()
    own = filling.brief_of(uow, owned, delegated=False)
    brief = ByPhoneBrief(
        own=own.as_json(),
        dialog=own.talk,
        duty=duty.id,
        corrects=former,
        title=own.title,
        place=enterprise.name,
        names=_names(uow, enterprise),
        principal_name=own.principal_name,
        call_first=min(duty.opens.astimezone(uow.context.zone).date(), today),
        call_last=today + TALK_LASTS,
    )
    flow.begin(uow, me, brief, correcting=former)


def to_enter(uow: UnitOfWork, talk: Conversation, brief: ByPhoneBrief) -> Needed | None:
    """Return what somebody needs who enters what an enterprise answers by phone."""
    del talk
    return needed(duties.get(uow.conn, brief.duty), Act.ENTER_BY_PHONE)


def renewed(uow: UnitOfWork, talk: Conversation, brief: ByPhoneBrief) -> ByPhoneBrief:
    """Return the brief of a talk with that of the duty's own talk as it would be made now."""
    spec = uow.context.talks[brief.dialog]
    if spec.renew is None:
        return brief
    own = spec.renew(uow, replace(talk, duty=brief.duty), spec.read(brief.own))
    return msgspec.structs.replace(brief, own=own.as_json())


def finished(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: ByPhoneBrief, taken: Taken) -> None:
    """Enter what was said by phone: it counts, or tells when the duty will be done; unless something is asked again."""
    if filling.asks_again(uow, me, talk):
        return
    match taken.result:
        case PlannedFor(day):
            _planned(uow, me, brief, day)
        case ToExplain():
            # Why a duty is not done, an enterprise says itself.
            answer(uow, me, Say("by-phone-to-explain"))
        case _:
            _entered(uow, me, talk, brief, taken)


def _entered(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: ByPhoneBrief, taken: Taken) -> None:
    """Let what was said by phone count, unless the enterprise has answered meanwhile: its own word is not replaced."""
    owned, enterprise = _of_talk(uow, me, brief)
    former = _to_correct(uow, owned)
    if not (owned.duty.unmet or owned.duty.status in TO_TAKE) and (former is None or former != brief.corrects):
        raise RefusedError(Say("by-phone-too-late", title=owned.title, place=enterprise.name))
    phone_answers.attach(uow.conn, talk.id, owned.duty.id)
    phone_answers.add(
        uow.conn,
        conversation=talk.id,
        told_by=taken.who,
        told_on=taken.day,
        entered_by=me.person,
        entered_at=uow.now,
    )
    receipts = filling.let_count(uow, me, talk, owned, taken.result)
    uow.note("answer-by-phone", f"duty/{owned.duty.id}", conversation=talk.id)
    reached = [
        tell(
            uow,
            principal,
            card(uow, talk.id),
            kind="by-phone",
            dedupe=f"by-phone/{talk.id}/{principal}",
        )
        for principal in people.holders(uow.conn, PRINCIPAL, enterprise.code)
    ]
    lines = [
        Say(
            "by-phone-entered",
            place=enterprise.name,
            title=receipt.title,
            code=receipt.code,
            who=taken.who,
            day=taken.day,
        )
        for receipt in receipts
    ]
    not_met = [line for receipt in receipts if receipt.owned.duty.unmet for line in promises.why(receipt.owned.duty)]
    unmet: list[Phrase] = [Say("by-phone-unmet"), *not_met] if not_met else []
    unmet += [admissions.line_for_staff(told) for receipt in receipts for told in receipt.admitted if told.missing]
    answer(uow, me, *lines, *unmet, Say("by-phone-told") if any(reached) else Say("by-phone-untold"))
    promises.ask(uow, me, [receipt.owned for receipt in receipts], by_phone=True)


def _planned(uow: UnitOfWork, me: Speaker, brief: ByPhoneBrief, day: date) -> None:
    """Not yet: the duty stays open, and its people are reminded on the day that was named."""
    owned, enterprise = _of_talk(uow, me, brief)
    if owned.duty.status not in duties.UNDONE:
        raise RefusedError(Say("by-phone-too-late", title=owned.title, place=enterprise.name))
    filling.put_off(uow, owned, day)
    uow.note("planned-by-phone", f"duty/{owned.duty.id}", day=day.isoformat())
    answer(uow, me, Say("by-phone-planned", title=owned.title, day=DayAndWeekday(day)))


def card(uow: UnitOfWork, conversation: int) -> Draft:
    """Return the card by which the principal is asked to confirm: the answers, who gave them when, and that they count
    already.
    """
    talk, phone = conversations.by_id(uow.conn, conversation), phone_answers.of(uow.conn, conversation)
    duty = None if talk is None or talk.duty is None else duties.get(uow.conn, talk.duty)
    if talk is None or phone is None or duty is None:
        raise LookupError(conversation)
    owned = with_rule(uow, duty)
    lines: list[Phrase | None] = [
        Say("by-phone-card", signature=signature(bureau(uow, duty)), title=owned.title),
        phone_mark.full(uow, phone),
        # Who said it and when stands in the line before.
        *flow.told(uow, talk)[2:],
        Say("by-phone-no-photos") if _wants_photos(uow, talk) else None,
        Say("by-phone-ask"),
    ]
    receipt = duties.receipt_for(uow.conn, duty.id, conversation)
    if receipt is not None:
        lines.append(Say("by-phone-receipt", code=receipt.code))
    return Draft(tuple(lines), phone_mark.asks(phone), of=duty.subject)


def show(uow: UnitOfWork, me: Speaker, conversation: int) -> None:
    """The card once more, from a list of several."""
    _for_principal(uow, me, conversation)
    send(uow, me, card(uow, conversation))


def confirm(uow: UnitOfWork, me: Speaker, conversation: int) -> None:
    """属实: one tap."""
    owned, talk = _for_principal(uow, me, conversation)
    if phone_answers.confirm(uow.conn, conversation, me.person, uow.now):
        uow.note("phone-answer-confirmed", f"duty/{owned.duty.id}", conversation=conversation)
    missing = [actions.FILL.tap(Say("option-add-photos"), owned.duty.id, "")] if _wants_photos(uow, talk) else []
    answer(uow, me, Say("by-phone-confirmed", title=owned.title), taps=missing)


def dispute(uow: UnitOfWork, me: Speaker, conversation: int) -> None:
    """有误: on to the usual correction; until that is confirmed the answer says that it is disputed."""
    owned, _ = _for_principal(uow, me, conversation)
    phone = phone_answers.of(uow.conn, conversation)
    if phone is not None and phone.state == "waiting":
        phone_answers.dispute(uow.conn, conversation, uow.now)
        uow.note("phone-answer-disputed", f"duty/{owned.duty.id}", conversation=conversation)
        enterprise = registry.enterprise(uow.conn, owned.duty.subject)
        told = Say("by-phone-disputed", place=enterprise.name if enterprise else owned.duty.subject, title=owned.title)
        tell(
            uow,
            phone.entered_by,
            Draft((told,), of=owned.duty.subject),
            kind="by-phone",
            dedupe=f"by-phone/{conversation}/disputed",
        )
    filling.fill(uow, me, owned)


def welcome(uow: UnitOfWork, person: int) -> None:
    """A principal has joined: what was taken by phone before is theirs to confirm."""
    for role in people.roles(uow.conn, person):
        if (role.role, role.state) != (PRINCIPAL, "active"):
            continue
        waiting = phone_answers.unconfirmed(uow.conn, role.subject)
        if not waiting:
            continue
        draft = card(uow, waiting[0]) if len(waiting) == 1 else _list(uow, role.subject, waiting, 1)
        tell(uow, person, draft, kind="by-phone", dedupe=f"by-phone/joined/{role.id}")


def listing(uow: UnitOfWork, me: Speaker, code: str, page: int) -> None:
    """Show the answers by phone of an enterprise that wait for its principal's word."""
    enterprise = registry.enterprise(uow.conn, code)
    waiting = phone_answers.unconfirmed(uow.conn, code)
    if enterprise is None or not waiting or not may(uow, me.person, Act.CONFIRM_ENTERPRISE_DUTY, enterprise):
        raise not_allowed()
    send(uow, me, _list(uow, code, waiting, page))


def _list(uow: UnitOfWork, code: str, waiting: Sequence[int], page: int) -> Draft:
    heading = Say("by-phone-list", number=len(waiting))
    return screen(
        [heading], LazyEntries(waiting, partial(_entries, uow)), page, partial(actions.PHONE_CARDS.data, code)
    )


def _entries(uow: UnitOfWork, conversations_: Sequence[int]) -> list[Entry]:
    entries = []
    for number in conversations_:
        talk, phone = conversations.by_id(uow.conn, number), phone_answers.of(uow.conn, number)
        duty = None if talk is None or talk.duty is None else duties.get(uow.conn, talk.duty)
        if duty is not None and phone is not None:
            entries.append(Entry(with_rule(uow, duty).title, phone_mark.state(phone), actions.PHONE_CARD.data(number)))
    return entries


def _for_principal(uow: UnitOfWork, me: Speaker, conversation: int) -> tuple[OwnedDuty, Conversation]:
    """Return an answer by phone that still counts, for the principal whose it is; RefusedError says why not."""
    talk, phone = conversations.by_id(uow.conn, conversation), phone_answers.of(uow.conn, conversation)
    duty = None if talk is None or talk.duty is None else duties.get(uow.conn, talk.duty, lock=True)
    owned = None if duty is None else with_rule(uow, duty)
    if talk is None or phone is None or owned is None or not allows_confirming(uow, me, owned.duty):
        raise not_allowed()
    if owned.duty.conversation != conversation:
        raise RefusedError(Say("by-phone-replaced", title=owned.title))
    return owned, talk


def _of_talk(uow: UnitOfWork, me: Speaker, brief: ByPhoneBrief) -> tuple[OwnedDuty, Enterprise]:
    """The duty of a talk, locked, with its enterprise; RefusedError: not this person's to enter."""
    duty = duties.get(uow.conn, brief.duty, lock=True)
    enterprise = None if duty is None or duty.enterprise is None else registry.enterprise(uow.conn, duty.enterprise)
    if duty is None or enterprise is None:
        raise LookupError(f"duty {brief.duty} is none of an enterprise")
    require(uow, me, Act.ENTER_BY_PHONE, enterprise)
    return with_rule(uow, duty), enterprise


def _own_brief(uow: UnitOfWork, brief: ByPhoneBrief) -> DutyBrief:
    """The brief of the duty's own talk."""
    own: DutyBrief = uow.context.talks[brief.dialog].read(brief.own)
    return own


def _names(uow: UnitOfWork, enterprise: Enterprise) -> tuple[str, ...]:
    """Return who may have answered: those who joined; where nobody has, whom the registry names."""
    found: list[str] = []
    for role, registered in ((PRINCIPAL, enterprise.principal_name), (OFFICER, enterprise.officer_name)):
        held = [people.person(uow.conn, holder) for holder in people.holders(uow.conn, role, enterprise.code)]
        found += [person.name for person in held if person is not None] or [registered]
    return tuple(name for name in dict.fromkeys(found) if name)[:NAMES]


def _wants_photos(uow: UnitOfWork, talk: Conversation) -> bool:
    return forms.wants_photos(_own_brief(uow, ByPhoneBrief.from_json(talk.brief)))
