"""What recipients do with a notice (已知悉, an answer), who joins later, and who is to be telephoned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from campaign.notices import Audience
from campaign.talks.duties import Filled
from campaign.talks.notices import NoticeAnswerBrief
from service.core import access_log
from service.core.access_log import Access
from service.core.letters import Draft, answer, send
from service.core.papers import Paper
from service.core.permissions import Act, Needed, Permission, grants
from service.core.refusal import RefusedError, existing, not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import answers
from service.notices import actions, cards
from service.notices.audience import area_of, reaches_as, require_speaking, scope_of, to_receive
from service.notices.broadcast import deliver, deliver_again
from service.registry import phone_numbers
from service.talks import flow
from storage import conversations, notices
from storage.conversations import Conversation
from storage.notices import UNREACHED, Notice, Receipt
from storage.unreadable import Unreadable
from talk.texts import CHINESE, Say, Words, render


@dataclass(frozen=True, slots=True)
class Line:
    """A recipient as a workbook lists them, in Chinese; instants are in the zone of the settings."""

    enterprise: str
    code: str
    district: str
    name: str
    role: str
    standing: str
    sent_at: datetime | None
    acknowledged_at: datetime | None
    answered_at: datetime | None
    answer: str
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Receipts:
    """The receipts of a notice, to be handed on: of everybody, and of those to be telephoned."""

    number: int
    title: str
    at: datetime
    everybody: tuple[Line, ...]
    unreached: tuple[Line, ...]
    rehearsal: bool


@dataclass(frozen=True, slots=True)
class ReceiptsPaper(Paper[Receipts]):
    """Everybody's receipt of a notice, and who is to be telephoned, as a workbook."""

    kind: ClassVar[str] = "receipts"
    notice: int

    @property
    def subject(self) -> str:
        return f"notice/{self.notice}"

    def permission(self, uow: UnitOfWork, person: int) -> Permission:
        del person
        notice = notices.get(uow.conn, self.notice)
        return None if notice is None else Needed(area_of(uow, notice.place), (Act.SEE_NOTICE,))

    def gather(self, uow: UnitOfWork) -> Receipts:
        notice = notices.get(uow.conn, self.notice)
        if notice is None:
            raise LookupError(self.notice)
        found = notices.receipts(uow.conn, notice.id)
        return Receipts(
            notice.id,
            cards.title_of(notice),
            uow.now,
            tuple(_line(uow, receipt) for receipt in found),
            tuple(_with_numbers(uow, [receipt for receipt in found if receipt.standing in UNREACHED])),
            uow.rehearsal,
        )

    def people(self, uow: UnitOfWork, facts: Receipts) -> int:
        return len(facts.everybody)


def acknowledge(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """已知悉: said once, on record once."""
    notice = _received(uow, me, number)
    if notices.acknowledge(uow.conn, number, me.person, uow.now):
        answering = [] if notice.form is None else [actions.ANSWER.tap(Say("option-respond"), number, "")]
        answer(uow, me, Say("notice-acknowledged", at=uow.now), taps=answering)


def begin_answer(uow: UnitOfWork, me: Speaker, number: int, place: str) -> None:
    """填写答复 for one enterprise or district, or a correction of it; who stands for several and names none chooses."""
    notice = _received(uow, me, number, place)
    form = existing(notice.form)
    if not cards.is_in_force(uow, notice):
        raise RefusedError(Say("notice-past", until=notice.until))
    own = [one for one in notices.received(uow.conn, number, me.person) if place in ("", one.place)]
    if len(own) > 1:
        send(uow, me, cards.to_answer(uow, me.person, notice, 1))
    else:
        flow.begin(uow, me, _brief(uow, me, notice, form, own[0].place), correcting=own[0].answer)


def which_answer(uow: UnitOfWork, me: Speaker, number: int, page: int) -> Draft:
    """Return a page of the enterprises or districts for which somebody may answer a notice."""
    return cards.to_answer(uow, me.person, _received(uow, me, number), page)


def to_answer(uow: UnitOfWork, talk: Conversation, brief: NoticeAnswerBrief) -> Needed | None:
    """Return what somebody needs who answers a notice."""
    return to_receive(uow, talk.person, brief.notice, brief.place)


def answered(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: NoticeAnswerBrief, result: Filled) -> None:
    """Keep the answer that was confirmed; whoever answers has taken note."""
    del result
    number = brief.notice
    notice = _received(uow, me, number, brief.place)
    notices.acknowledge(uow.conn, number, me.person, uow.now)
    notices.answered(uow.conn, number, me.person, brief.place, talk.id, uow.now)
    uow.note("notice-answered", f"notice/{number}", conversation=talk.id)
    send(uow, me, cards.answered(uow, me.person, notice))


def phones(uow: UnitOfWork, me: Speaker, number: int) -> Draft:
    """电话名单, in the chat."""
    notice = _sent(uow, me, number)
    found = notices.receipts(uow.conn, number)
    access_log.record(uow, Access.PHONE_LIST, f"notice/{number}", people=len(found))
    return cards.phones(notice, found)


def export(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """The same and all receipts as a workbook."""
    _sent(uow, me, number)
    line = Say("notice-export-ready", number=number, at=uow.now)
    uow.papers.append(ReceiptsPaper(((me.person, line),), number))
    answer(uow, me, Say("notice-export-making"))


def _known(found: Sequence[Notice]) -> list[Notice]:
    """The notices of which it can be read for whom they are and what comes with them: nobody's joining fails of one."""
    return [one for one in found if not isinstance(one.audience, Unreadable) and not isinstance(one.files, Unreadable)]


def welcome(uow: UnitOfWork, person: int) -> None:
    """Send somebody who has joined, or was accepted, the notices still in force that are meant for them."""
    for notice in _known(notices.in_force(uow.conn, uow.now.date())):
        found = reaches_as(uow, scope_of(uow, notice.place), Audience.stored(notice.audience), person)
        with uow.following():
            deliver(uow, notice, person, found)


def welcome_back(uow: UnitOfWork, person: int, refused_at: datetime) -> None:
    """Send somebody who writes again, and whom the platform refused since an instant, the notices still in force that
    did not reach them for that.
    """
    for notice in _known(notices.missed(uow.conn, person, uow.now.date())):
        if reaches_as(uow, scope_of(uow, notice.place), Audience.stored(notice.audience), person):
            with uow.following():
                deliver_again(uow, notice, person, f"back/{refused_at.isoformat()}")


def _received(uow: UnitOfWork, me: Speaker, number: int, place: str = "") -> Notice:
    """Return a notice that was sent to this person, for this enterprise or district, who is still what it was sent to:
    ids can be guessed.
    """
    notice = existing(notices.get(uow.conn, number))
    if not grants(uow, me, to_receive(uow, me.person, number, place)):
        raise not_allowed()
    return notice


def _sent(uow: UnitOfWork, me: Speaker, number: int) -> Notice:
    """Return a notice that was sent and of which this person may see what came of it."""
    notice = existing(notices.get(uow.conn, number))
    if notice.confirmed_at is None:
        raise not_allowed()
    require_speaking(uow, me, Act.SEE_NOTICE, notice.place)
    return notice


def _brief(uow: UnitOfWork, me: Speaker, notice: Notice, form: str, place: str) -> NoticeAnswerBrief:
    today = uow.now.date()
    return NoticeAnswerBrief(
        notice=notice.id,
        place=place,
        form=uow.pack.form(form).as_json(),
        title=Words(cards.title_of(notice)),
        period="once",
        first=today,
        last=today,
        due=notice.until,
        enterprise=None,
        delegated=False,
        principal_name=me.name,
        employees=None,
        usual={},
    )


def _with_numbers(uow: UnitOfWork, found: Sequence[Receipt]) -> Iterator[Line]:
    """Yield recipients who are to be telephoned, with the numbers that the registry has of them."""
    known = phone_numbers.of_several(uow, (receipt.enterprise for receipt in found if receipt.enterprise is not None))
    for receipt in found:
        numbers = known.get(receipt.enterprise or "", {})
        yield replace(_line(uow, receipt), telephone=phone_numbers.chosen(numbers, receipt.role))


def _line(uow: UnitOfWork, receipt: Receipt) -> Line:
    zone = uow.context.zone
    return Line(
        receipt.enterprise_name or "",
        receipt.enterprise or "",
        receipt.district,
        receipt.name,
        render(Say("role", role=receipt.role), CHINESE),
        render(Say("notice-standing", standing=receipt.standing), CHINESE),
        receipt.sent_at and receipt.sent_at.astimezone(zone),
        receipt.acknowledged_at and receipt.acknowledged_at.astimezone(zone),
        receipt.answered_at and receipt.answered_at.astimezone(zone),
        "" if receipt.answer is None else _told(uow, receipt.answer),
    )


def _told(uow: UnitOfWork, conversation: int) -> str:
    talk = conversations.by_id(uow.conn, conversation)
    if talk is None:
        return ""
    said, _ = answers.told(uow, talk)
    return "；".join(render(Say("notice-answer-line", asked=line.asked, answer=line.answer), CHINESE) for line in said)
