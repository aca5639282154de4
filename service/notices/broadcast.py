"""A notice that was confirmed: sent at most once to each person, stopped, gone on with, reminded of, shown."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from campaign.notation import DAY_ENDS
from service.core.letters import Draft, answer, rendered, tell
from service.core.permissions import Act, holds
from service.core.refusal import RefusedError, existing, not_allowed
from service.core.second_looks import SecondLook
from service.core.supervision import staff_of
from service.core.ticking import Tick
from service.core.unit_of_work import Speaker, UnitOfWork
from service.notices import actions, cards
from service.notices.audience import Meant, may_speak, require_speaking, to_receive
from storage import notices, outbox, people
from storage.engine import apart
from storage.notices import QUEUED, STOPPED, TO_REMIND, Notice, NoticeStanding, Recipient
from storage.outbox import Letter
from talk.messages import Outbound
from talk.texts import Say

BROADCAST: Final = "notice"
"""The kinds of letters: it stops with its sender's role; the other two are the bureau's."""
REMINDER: Final = "notice-reminder"
JOINER: Final = "notice-joiner"
KINDS: Final = (BROADCAST, REMINDER, JOINER)

SHOWN: Final = 4
"""Letters that name a showing of a card."""
CONFIRMED: Final = "confirmed"
"""The showing under 确认发送: tapped twice, it is one card."""
REMINDED_FOR: Final = timedelta(days=1)
"""A reminder that could not leave until then is not worth it any more."""


def to_send(uow: UnitOfWork, me: Speaker, number: int) -> Notice:
    """Return a notice of a place for which somebody may send, locked. RefusedError: there is none such."""
    notice = existing(notices.get(uow.conn, number, lock=True))
    require_speaking(uow, me, Act.SEND_NOTICE, notice.place)
    return notice


def start(uow: UnitOfWork, notice: Notice, found: Meant) -> None:
    """Queue the first letters of a notice, and write down to whom it goes."""
    notices.change(uow.conn, notice.id, state=QUEUED, confirmed_at=uow.now, round=1)
    reached = [recipient.person for recipient in found.people if recipient.person is not None]
    keys = _queue(uow, notice, reached, BROADCAST, "1")
    recipients = [
        replace(recipient, letter=None if recipient.person is None else keys.get(recipient.person))
        for recipient in found.each
    ]
    notices.add_recipients(uow.conn, notice.id, [*recipients, *found.missing])


def stop(uow: UnitOfWork, me: Speaker, number: int) -> Draft:
    """停止发送: nothing leaves any more but what is on its way this second."""
    notice = to_send(uow, me, number)
    if notice.state == QUEUED and notices.tallies(uow.conn, [number])[number][NoticeStanding.QUEUED]:
        halted = _halt(uow, notice, me.person)
        answer(uow, me, Say("notice-stopped", number=number, halted=halted))
    return show(uow, me, number)


def resume(uow: UnitOfWork, me: Speaker, number: int) -> Draft:
    """继续发送: to those whom it had not left for when it was stopped; whoever says so is responsible from now on."""
    notice = to_send(uow, me, number)
    if notice.state == STOPPED and notice.confirmed_at is not None and cards.is_in_force(uow, notice):
        left = _people_at(uow, number, NoticeStanding.HALTED)
        again = notice.round + 1
        uow.note("notice-resumed", f"notice/{number}", people=len(left))
        notices.change(uow.conn, number, state=QUEUED, responsible=me.person, round=again, told_at=None)
        notices.written_to(uow.conn, number, _queue(uow, notice, left, BROADCAST, str(again)))
    return show(uow, me, number)


def remind(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """催办: those who have not acknowledged, once a day."""
    notice = to_send(uow, me, number)
    if notice.state != QUEUED or not cards.is_in_force(uow, notice):
        raise not_allowed()
    today = uow.now.date()
    if notice.reminded_on == today:
        raise RefusedError(Say("notice-reminded-today", number=number))
    left = _people_at(uow, number, *TO_REMIND)
    keys = _queue(uow, notice, left, REMINDER, f"again/{today}")
    if not keys:
        raise RefusedError(Say("notice-nobody-to-remind", number=number))
    notices.change(uow.conn, number, reminded_on=today)
    notices.reminded(uow.conn, number, keys)
    uow.note("notice-reminded", f"notice/{number}", people=len(keys))
    answer(uow, me, Say("notice-reminded", number=number, people=len(keys)))


def show(uow: UnitOfWork, me: Speaker, number: int, shown: str = "") -> Draft:
    """Return the card of a notice: how far it has come for those who may see that, its text for those who got it.
    `shown` is the showing that is renewed.
    """
    notice = existing(notices.get(uow.conn, number))
    if may_speak(uow, me.person, Act.SEE_NOTICE, notice.place):
        return cards.progress(uow, me.person, notice, shown or uow.fresh.letters(SHOWN))
    if holds(uow, me.person, to_receive(uow, me.person, number)):
        return cards.letter(uow, notice, me.person)
    raise not_allowed()


def deliver(uow: UnitOfWork, notice: Notice, person: int, found: Sequence[Recipient]) -> None:
    """Send it to somebody who joined while it is in force, unless they got it already for each of their places."""
    got = {one.place for one in notices.as_recipients(uow.conn, notice.id, person)}
    fresh = {one.place: one for one in found if one.place not in got}
    if not fresh:
        return
    for one in fresh.values():
        notices.take_place(uow.conn, notice.id, one)
    notices.add_recipients(uow.conn, notice.id, list(fresh.values()))
    deliver_again(uow, notice, person, f"joined/{'+'.join(fresh)}")


def deliver_again(uow: UnitOfWork, notice: Notice, person: int, occasion: str) -> None:
    """Send a letter of their own to a recipient whom none reached; `occasion` makes that once."""
    notices.written_to(uow.conn, notice.id, _queue(uow, notice, [person], JOINER, occasion))


def look_again(uow: UnitOfWork, owned: Sequence[outbox.Claimed]) -> dict[int, Draft | None]:
    """Return the letters that do not leave: of what was stopped, reminders after the acknowledgement, broadcasts whose
    sender has no right to them any more.
    """
    sent = [(letter.about[0], letter) for letter in owned]
    known = {number: notices.get(uow.conn, number) for number in sorted({number for number, _ in sent})}
    halted = {number for number, notice in known.items() if notice is None or notice.state != QUEUED}
    for number in {number for number, letter in sent if letter.kind == BROADCAST} - halted:
        notice = known[number]
        if notice is not None and not may_speak(uow, notice.responsible, Act.SEND_NOTICE, notice.place):
            _halt(uow, notice, None)
            _tell_colleagues(uow, notice)
            halted.add(number)
    reminders = [(number, letter.person) for number, letter in sent if letter.kind == REMINDER and letter.person]
    noted = notices.acknowledged(uow.conn, reminders) if reminders else set[tuple[int, int]]()
    kept = {letter.id for number, letter in sent if number in halted or (number, letter.person) in noted}
    leaving = [(number, letter.person) for number, letter in sent if letter.id not in kept and letter.person]
    notices.leaves(uow.conn, leaving, uow.now)
    return dict.fromkeys(kept)


SECOND_LOOK: Final = SecondLook(frozenset(KINDS), look_again, patient=False)


def tell_done(uow: UnitOfWork, _: Tick) -> int:
    """Tell whoever sent a notice once that nothing of it is on its way any more. Return 0: it reminds nobody."""
    waiting = notices.untold(uow.conn)
    tallies = notices.tallies(uow.conn, [notice.id for notice in waiting])
    done = [notice for notice in waiting if not tallies[notice.id][NoticeStanding.QUEUED]]
    apart(uow.conn, [partial(_tell_done, uow, notice) for notice in done])
    return 0


def _tell_done(uow: UnitOfWork, notice: Notice) -> None:
    notices.change(uow.conn, notice.id, told_at=uow.now)
    if may_speak(uow, notice.responsible, Act.SEE_NOTICE, notice.place):
        draft = cards.progress(uow, notice.responsible, notice, uow.fresh.letters(SHOWN))
        tell(uow, notice.responsible, draft, kind="notice-done", dedupe=f"notice/{notice.id}/done/{notice.round}")


def _people_at(uow: UnitOfWork, number: int, *standings: NoticeStanding) -> list[int]:
    receipts = notices.receipts(uow.conn, number)
    found = (receipt.person for receipt in receipts if receipt.standing in standings)
    return list(dict.fromkeys(person for person in found if person is not None))


def _queue(uow: UnitOfWork, notice: Notice, to: Sequence[int], kind: str, run: str) -> dict[int, str]:
    """Queue letters to all who have an address, in one statement; return their keys by person."""
    addresses = people.reachable(uow.conn)
    # Most of them stand for one enterprise, and get the very same words.
    draft = cards.letter(uow, notice, None, again=kind == REMINDER)
    several = _of_several(uow)
    bodies: dict[str, Outbound] = {}
    end = datetime.combine(notice.until, DAY_ENDS, uow.context.zone) - uow.now
    keys: dict[int, str] = {}
    letters: list[Letter] = []
    for person in to:
        if person not in addresses:
            continue
        address, language = addresses[person]
        body = bodies.setdefault(language, rendered(uow, draft, None, language))
        if person in several:
            own = cards.letter(uow, notice, person, again=kind == REMINDER)
            body = rendered(uow, own, person, language)
        keys[person] = f"notice/{notice.id}/{person}/{run}"
        letters.append(
            Letter(
                dedupe=keys[person],
                priority=outbox.NOTICE,
                address=address,
                person=person,
                kind=kind,
                duty=None,
                message=body,
                not_before=uow.wall,
                expires_at=uow.wall + (min(end, REMINDED_FOR) if kind == REMINDER else end),
                about=(notice.id,),
            )
        )
    outbox.put_all(uow.conn, letters, uow.wall)
    return keys


def _of_several(uow: UnitOfWork) -> set[int]:
    """Return the people who hold roles for several enterprises or districts."""
    subjects: defaultdict[int, set[str]] = defaultdict(set)
    for (_, subject), holders in people.all_holders(uow.conn).items():
        for person in holders:
            subjects[person].add(subject)
    return {person for person, held in subjects.items() if len(held) > 1}


def _halt(uow: UnitOfWork, notice: Notice, by: int | None) -> int:
    """Stop a notice; return how many letters were taken back."""
    halted = notices.halt(uow.conn, notice.id)
    notices.change(uow.conn, notice.id, state=STOPPED)
    uow.note("notice-stopped", f"notice/{notice.id}", actor=uow.acting(by), people=halted)
    return halted


def _tell_colleagues(uow: UnitOfWork, notice: Notice) -> None:
    """Tell whoever may go on with a notice that nobody is responsible for it any more."""
    told = Say("notice-orphaned", number=notice.id, title=cards.title_of(notice))
    draft = Draft((told,), (actions.SHOW.tap(Say("notice-look"), notice.id),))
    for person in staff_of(uow, None if notice.place == uow.pack.city else notice.place):
        dedupe = f"notice/{notice.id}/orphaned/{notice.round}/{person}"
        tell(uow, person, draft, kind="notice-orphaned", dedupe=dedupe)
