"""What recipients do with a notice (已知悉, an answer), who joins later, and who is to be telephoned."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from campaign.notices import Audience
from service import answers, evidence, talks
from service.evidence import Shown
from service.letters import Tap, answer, send
from service.notices import cards as notice_cards
from service.notices.audience import joins, may_speak, scope_of
from service.notices.broadcast import deliver, deliver_again
from service.permissions import Act
from service.work import Paper, PaperKind, Speaker, Talking, Work
from storage import audit, conversations, notices
from storage.notices import UNREACHED, Notice, Receipt
from talk.texts import CHINESE, Say, Words, render

ANSWER: Final = "notice-answer"
"""The talk in which a notice is answered."""


@dataclass(frozen=True, slots=True)
class Line:
    """A recipient as a workbook lists them, in Chinese; instants are in the house's zone."""

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


@dataclass(frozen=True, slots=True)
class Receipts:
    """What a notice came to, to be handed on: everybody, and those to be telephoned."""

    number: int
    title: str
    at: datetime
    everybody: tuple[Line, ...]
    unreached: tuple[Line, ...]
    rehearsal: bool


def acknowledge(work: Work, me: Speaker, number: int) -> None:
    """已知悉: said once, on record once."""
    notice = _got(work, me, number)
    if notice is None:
        answer(work, me, Say("not-allowed"))
    elif notices.acknowledge(work.conn, number, me.person, work.now):
        answer_with = [] if notice.form is None else [Tap(Say("option-respond"), f"a:notice-answer:{number}")]
        answer(work, me, Say("notice-acknowledged", at=work.now), taps=answer_with)


def begin_answer(work: Work, me: Speaker, number: int) -> None:
    """填写答复, or a correction of it."""
    notice = _got(work, me, number)
    if notice is None or notice.form is None:
        answer(work, me, Say("not-allowed"))
    elif work.now.date() > notice.until:
        answer(work, me, Say("notice-past", until=notice.until))
    else:
        before = notices.answer_of(work.conn, number, me.person)
        talks.begin(work, me, ANSWER, _brief(work, me, notice, notice.form), correcting=before)


def answered(work: Work, me: Speaker, talk: Talking) -> None:
    """The answer is confirmed; whoever answers has taken note."""
    number = int(talk.brief["notice"])
    if not notices.is_recipient(work.conn, number, me.person):
        answer(work, me, Say("not-allowed"))
        return
    notices.acknowledge(work.conn, number, me.person, work.now)
    notices.answered(work.conn, number, me.person, talk.id, work.now)
    audit.note(work.conn, work.now, "notice-answered", me.person, f"notice/{number}", conversation=talk.id)
    answer(work, me, Say("notice-answered", number=number))


def phones(work: Work, me: Speaker, number: int) -> None:
    """电话名单, in the chat."""
    notice = _seen(work, me, number)
    if notice is None:
        answer(work, me, Say("not-allowed"))
        return
    found = notices.receipts(work.conn, number)
    evidence.shown(work, me.person, Shown.PHONE_LIST, f"notice/{number}", people=len(found))
    send(work, me, notice_cards.phones(notice, found))


def export(work: Work, me: Speaker, number: int) -> None:
    """The same and all receipts as a workbook."""
    if _seen(work, me, number) is None:
        answer(work, me, Say("not-allowed"))
        return
    line = Say("notice-export-ready", number=number, at=work.now)
    work.papers.append(Paper(PaperKind.RECEIPTS, "", ((me.person, line),), notice=number))
    answer(work, me, Say("notice-export-making"))


def gathered(work: Work, paper: Paper) -> Receipts:
    """What the workbook of a notice says."""
    notice = None if paper.notice is None else notices.get(work.conn, paper.notice)
    if notice is None:
        raise LookupError(paper.notice)
    found = notices.receipts(work.conn, notice.id)
    return Receipts(
        notice.id,
        notice_cards.title_of(notice),
        work.now,
        tuple(_line(work, one) for one in found),
        tuple(_line(work, one) for one in found if one.standing in UNREACHED),
        work.rehearsal,
    )


def welcome(work: Work, person: int) -> None:
    """Somebody has joined, or been accepted: they get the notices still in force that are meant for them."""
    for notice in notices.in_force(work.conn, work.now.date()):
        one = joins(work, scope_of(work, notice.place), Audience.stored(notice.audience), person)
        if one is not None:
            deliver(work, notice, one)


def welcome_back(work: Work, person: int, refused_at: datetime) -> None:
    """Somebody writes again whom the platform refused since an instant: they get the notices still in force that did
    not reach them for that.
    """
    for notice in notices.missed(work.conn, person, work.now.date()):
        if joins(work, scope_of(work, notice.place), Audience.stored(notice.audience), person) is not None:
            deliver_again(work, notice, person, f"back/{refused_at.isoformat()}")


def _got(work: Work, me: Speaker, number: int) -> Notice | None:
    """A notice that was sent to somebody: ids can be guessed."""
    return notices.get(work.conn, number) if notices.is_recipient(work.conn, number, me.person) else None


def _seen(work: Work, me: Speaker, number: int) -> Notice | None:
    """A notice that was sent, if somebody may see what came of it."""
    notice = notices.get(work.conn, number)
    if notice is None or notice.confirmed_at is None:
        return None
    return notice if may_speak(work, me.person, Act.SEE_NOTICE, notice.place) else None


def _brief(work: Work, me: Speaker, notice: Notice, form: str) -> dict[str, Any]:
    """As for a duty that is answered by a form: asked of one person, and owed by nobody."""
    today = work.now.date().isoformat()
    title = Words(notice_cards.title_of(notice))
    return {
        "notice": notice.id,
        "form": work.pack.form(form).as_json(),
        "title": title.as_json(),
        "period": "once",
        "first": today,
        "last": today,
        "due": notice.until.isoformat(),
        "enterprise": None,
        "delegated": False,
        "principal_name": me.name,
        "presence": None,
        "employees": None,
        "usual": {},
    }


def _line(work: Work, one: Receipt) -> Line:
    zone = work.house.zone
    return Line(
        one.enterprise_name or "",
        one.enterprise or "",
        one.district,
        one.name,
        render(Say("role", role=one.role), CHINESE),
        render(Say("notice-standing", standing=one.standing), CHINESE),
        one.sent_at and one.sent_at.astimezone(zone),
        one.acknowledged_at and one.acknowledged_at.astimezone(zone),
        one.answered_at and one.answered_at.astimezone(zone),
        "" if one.answer is None else _told(work, one.answer),
    )


def _told(work: Work, conversation: int) -> str:
    talk = conversations.by_id(work.conn, conversation)
    if talk is None:
        return ""
    said, _ = answers.told(work, talk)
    return "；".join(render(Say("notice-answer-line", asked=one.asked, answer=one.answer), CHINESE) for one in said)
