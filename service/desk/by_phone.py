"""电话代录: staff enter what an enterprise answered by phone; it counts at once, and its principal confirms it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from campaign.forms import Form, PhotoAsk
from campaign.periods import HAZARD, PERMIT
from service import cards, duties, talks
from service.desk import phone_mark
from service.hazards.ledger import judged
from service.letters import Draft, Tap, answer, send, signature, tell
from service.lists import Entry, screen
from service.mine import Mine, may_confirm, mine_of
from service.permissions import Act, may
from service.work import Speaker, Talking, Work
from storage import audit, by_phone, conversations, owes, people, registry
from storage import duties as stored
from storage.conversations import Conversation
from storage.owes import LEFT
from storage.registry import Enterprise
from talk.texts import DayAndWeekday, Phrase, Say

SAID: Final = "phone/"
"""How the keys of what only the call knows begin; the principal's own word is kept under the key without it."""
TO_TAKE: Final = ("open", "returned", "explained")
NAMES: Final = 4
"""People of an enterprise who are offered by name: beside them a button leads back."""
TALK_LASTS: Final = timedelta(days=7)
"""How long a talk may lie begun and still be about a call of that day."""


def can_be_taken(work: Work, mine: Mine) -> bool:
    """Whether a duty can be answered by phone: by a form, the plain one, or as a dispatch. Not what walks through the
    criteria or the ledger, and not where a photo or a signed page is the answer.
    """
    duty, asked = mine.duty, mine.rule.form
    if duty.enterprise is None or duty.status not in TO_TAKE or duty.opens > work.now:
        return False
    if duty.period.startswith((HAZARD, PERMIT)):
        return False
    if asked in (duties.DISPATCH, duties.PLAIN, "plain"):
        return True
    form = next((one for one in work.pack.forms if one.id == asked), None)
    return form is not None and all(one.nothing is not None for one in form.fields if isinstance(one, PhotoAsk))


def of_enterprise(work: Work, code: str) -> list[Mine]:
    """What of an enterprise's duties can be taken by phone now, or entered anew, the earliest due first."""
    rows = owes.listed(work.conn, work.now, None, enterprise=code)
    found = [mine_of(work, row.duty) for row in rows if row.stand in LEFT or row.by_phone]
    return [one for one in found if can_be_taken(work, one) or _to_correct(work, one) is not None]


def _to_correct(work: Work, mine: Mine) -> int | None:
    """The answer that staff entered and may enter anew: until the principal has confirmed it."""
    phone = by_phone.of(work.conn, mine.duty.conversation) if mine.duty.status == "answered" else None
    talk = None if phone is None or phone.confirmed_at else conversations.by_id(work.conn, phone.conversation)
    return talk.id if talk is not None and talk.duty == mine.duty.id else None


def choose(work: Work, me: Speaker, code: str, page: int) -> None:
    """电话代录 on the card of an enterprise: which duty was answered; a single one is begun at once."""
    enterprise = registry.enterprise(work.conn, code)
    if enterprise is None or not may(work, me.person, Act.ENTER_BY_PHONE, judged(enterprise)):
        answer(work, me, Say("not-allowed"))
        return
    found = of_enterprise(work, code)
    if len(found) == 1:
        begin(work, me, found[0].duty.id)
        return
    marks = by_phone.among(work.conn, [one.duty.conversation for one in found if one.duty.conversation is not None])
    entries = [
        Entry(
            one.title,
            phone_mark.after(cards.state_line(work, one.duty), marks.get(one.duty.conversation or 0)),
            f"a:by-phone:{one.duty.id}",
        )
        for one in found
    ]
    heading = Say("by-phone-which", place=enterprise.name) if found else Say("by-phone-none", place=enterprise.name)
    send(work, me, screen([heading], entries, page, f"a:phone-duties:{code}"))


def begin(work: Work, me: Speaker, number: int) -> None:
    """Start the talk. Nobody else's is touched by it: who answers meanwhile in person goes on."""
    duty = stored.get(work.conn, number)
    enterprise = None if duty is None or duty.enterprise is None else registry.enterprise(work.conn, duty.enterprise)
    if duty is None or enterprise is None or not may(work, me.person, Act.ENTER_BY_PHONE, judged(enterprise)):
        answer(work, me, Say("not-allowed"))
        return
    mine = mine_of(work, duty)
    former = _to_correct(work, mine)
    if former is None and not can_be_taken(work, mine):
        why = Say("by-phone-done-before", title=mine.title) if duty.status == "answered" else Say("by-phone-cannot")
        answer(work, me, why)
        return
    today = work.now.date()
    brief = duties.brief_of(work, mine, delegated=False) | {
        "duty": duty.id,
        "corrects": former,
        "dialog": duties.dialog_of(mine),
        "place": enterprise.name,
        "names": _names(work, enterprise),
        "call_first": min(duty.opens.astimezone(work.house.zone).date(), today).isoformat(),
        "call_last": (today + TALK_LASTS).isoformat(),
    }
    talks.begin(work, me, duties.BY_PHONE, brief, correcting=former)


def entered(work: Work, me: Speaker, talk: Talking, who: str, day: date) -> None:
    """What was said by phone counts, unless the enterprise has answered meanwhile: nothing of its own is replaced."""
    mine, enterprise = _of_talk(work, talk)
    if not may(work, me.person, Act.ENTER_BY_PHONE, judged(enterprise)):
        answer(work, me, Say("not-allowed"))
        return
    former = _to_correct(work, mine)
    if mine.duty.status not in TO_TAKE and (former is None or former != talk.brief["corrects"]):
        answer(work, me, Say("by-phone-too-late", title=mine.title, place=enterprise.name))
        return
    by_phone.attach(work.conn, talk.id, mine.duty.id)
    by_phone.add(
        work.conn,
        conversation=talk.id,
        told_by=who,
        told_on=day,
        entered_by=me.person,
        entered_at=work.now,
    )
    result = {key.removeprefix(SAID): value for key, value in conversations.result(work.conn, talk.id).items()}
    receipts = duties.let_count(work, me, talk, mine, result)
    audit.note(work.conn, work.now, "answer-by-phone", me.person, f"duty/{mine.duty.id}", conversation=talk.id)
    reached = [
        tell(
            work,
            principal,
            card(work, talk.id),
            kind="by-phone",
            dedupe=f"by-phone/{talk.id}/{principal}",
        )
        for principal in people.holders(work.conn, "principal", enterprise.code)
    ]
    lines = [
        Say("by-phone-entered", place=enterprise.name, title=one.title, code=one.code, who=who, day=day)
        for one in receipts
    ]
    answer(work, me, *lines, Say("by-phone-told") if any(reached) else Say("by-phone-untold"))


def planned(work: Work, me: Speaker, talk: Talking, day: date) -> None:
    """Not yet: the duty stays open, and its people are reminded on the day that was named."""
    mine, enterprise = _of_talk(work, talk)
    if not may(work, me.person, Act.ENTER_BY_PHONE, judged(enterprise)):
        answer(work, me, Say("not-allowed"))
    elif mine.duty.status not in stored.UNDONE:
        answer(work, me, Say("by-phone-too-late", title=mine.title, place=enterprise.name))
    else:
        duties.put_off(work, mine, day)
        audit.note(work.conn, work.now, "planned-by-phone", me.person, f"duty/{mine.duty.id}", day=day.isoformat())
        answer(work, me, Say("by-phone-planned", title=mine.title, day=DayAndWeekday(day)))


def to_explain(work: Work, me: Speaker) -> None:
    """Why a duty is not done, an enterprise says itself."""
    answer(work, me, Say("by-phone-to-explain"))


def card(work: Work, conversation: int) -> Draft:
    """What the principal is asked to confirm: the answers, who gave them when, and that they count already."""
    talk, phone = conversations.by_id(work.conn, conversation), by_phone.of(work.conn, conversation)
    duty = None if talk is None or talk.duty is None else stored.get(work.conn, talk.duty)
    if talk is None or phone is None or duty is None:
        raise LookupError(conversation)
    mine = mine_of(work, duty)
    lines: list[Phrase | None] = [
        Say("by-phone-card", signature=signature(cards.bureau(work, duty)), title=mine.title),
        phone_mark.full(work, phone),
        # Who said it and when stands in the line before.
        *talks.told(work, _talking(talk))[2:],
        Say("by-phone-no-photos") if _wants_photos(talk.brief) else None,
        Say("by-phone-ask"),
    ]
    receipt = stored.receipt_for(work.conn, duty.id, conversation)
    if receipt is not None:
        lines.append(Say("by-phone-receipt", code=receipt.code))
    return Draft(tuple(lines), phone_mark.asks(phone))


def show(work: Work, me: Speaker, conversation: int) -> None:
    """The card once more, from a list of several."""
    if _for_principal(work, me, conversation) is not None:
        send(work, me, card(work, conversation))


def confirm(work: Work, me: Speaker, conversation: int) -> None:
    """属实: one tap."""
    found = _for_principal(work, me, conversation)
    if found is None:
        return
    mine, talk = found
    if by_phone.confirm(work.conn, conversation, me.person, work.now):
        audit.note(
            work.conn, work.now, "phone-answer-confirmed", me.person, f"duty/{mine.duty.id}", conversation=conversation
        )
    missing = [Tap(Say("option-add-photos"), f"a:fill:{mine.duty.id}")] if _wants_photos(talk.brief) else []
    answer(work, me, Say("by-phone-confirmed", title=mine.title), taps=missing)


def dispute(work: Work, me: Speaker, conversation: int) -> None:
    """有误: on to the usual correction; until that is confirmed the answer says that it is disputed."""
    found = _for_principal(work, me, conversation)
    if found is None:
        return
    mine, _ = found
    phone = by_phone.of(work.conn, conversation)
    if phone is not None and phone.state == "waiting":
        by_phone.dispute(work.conn, conversation, work.now)
        audit.note(
            work.conn, work.now, "phone-answer-disputed", me.person, f"duty/{mine.duty.id}", conversation=conversation
        )
        enterprise = registry.enterprise(work.conn, mine.duty.subject)
        told = Say("by-phone-disputed", place=enterprise.name if enterprise else mine.duty.subject, title=mine.title)
        tell(work, phone.entered_by, Draft((told,)), kind="by-phone", dedupe=f"by-phone/{conversation}/disputed")
    duties.fill(work, me, mine)


def welcome(work: Work, person: int) -> None:
    """A principal has joined: what was taken by phone before is theirs to confirm."""
    for role in people.roles(work.conn, person):
        if (role.role, role.state) != ("principal", "active"):
            continue
        waiting = by_phone.unconfirmed(work.conn, role.subject)
        if not waiting:
            continue
        draft = card(work, waiting[0]) if len(waiting) == 1 else _list(work, role.subject, waiting, 1)
        tell(work, person, draft, kind="by-phone", dedupe=f"by-phone/joined/{role.id}")


def listing(work: Work, me: Speaker, code: str, page: int) -> None:
    """What of an enterprise waits for its principal's word."""
    enterprise = registry.enterprise(work.conn, code)
    waiting = by_phone.unconfirmed(work.conn, code)
    whose = None if enterprise is None else judged(enterprise)
    if whose is None or not waiting or not may(work, me.person, Act.CONFIRM_ENTERPRISE_DUTY, whose):
        answer(work, me, Say("not-allowed"))
    else:
        send(work, me, _list(work, code, waiting, page))


def _list(work: Work, code: str, waiting: list[int], page: int) -> Draft:
    entries = []
    for number in waiting:
        talk, phone = conversations.by_id(work.conn, number), by_phone.of(work.conn, number)
        duty = None if talk is None or talk.duty is None else stored.get(work.conn, talk.duty)
        if duty is not None and phone is not None:
            entries.append(Entry(mine_of(work, duty).title, phone_mark.state(phone), f"a:phone-card:{number}"))
    return screen([Say("by-phone-list", number=len(entries))], entries, page, f"a:phone-cards:{code}")


def _for_principal(work: Work, me: Speaker, conversation: int) -> tuple[Mine, Conversation] | None:
    """An answer by phone that still counts, for the principal whose it is; else it is said why not."""
    talk, phone = conversations.by_id(work.conn, conversation), by_phone.of(work.conn, conversation)
    duty = None if talk is None or talk.duty is None else stored.get(work.conn, talk.duty, lock=True)
    mine = None if duty is None else mine_of(work, duty)
    if talk is None or phone is None or mine is None or not may_confirm(work, me.person, mine.duty):
        answer(work, me, Say("not-allowed"))
        return None
    if mine.duty.conversation != conversation:
        answer(work, me, Say("by-phone-replaced", title=mine.title))
        return None
    return mine, talk


def _of_talk(work: Work, talk: Talking) -> tuple[Mine, Enterprise]:
    duty = stored.get(work.conn, int(talk.brief["duty"]), lock=True)
    enterprise = None if duty is None or duty.enterprise is None else registry.enterprise(work.conn, duty.enterprise)
    if duty is None or enterprise is None:
        raise LookupError(f"conversation {talk.id} is about no duty of an enterprise")
    return mine_of(work, duty), enterprise


def _talking(talk: Conversation) -> Talking:
    return Talking(talk.id, talk.dialog, talk.duty, talk.person, talk.started_by, talk.brief)


def _names(work: Work, enterprise: Enterprise) -> list[str]:
    """Who may have answered: those who joined; where nobody has, whom the registry names."""
    found: list[str] = []
    for role, registered in (("principal", enterprise.principal_name), ("officer", enterprise.officer_name)):
        held = [people.person(work.conn, one) for one in people.holders(work.conn, role, enterprise.code)]
        found += [one.name for one in held if one is not None] or [registered]
    return [name for name in dict.fromkeys(found) if name][:NAMES]


def _wants_photos(brief: Mapping[str, Any]) -> bool:
    return "form" in brief and any(isinstance(one, PhotoAsk) for one in Form.stored(brief["form"]).fields)
