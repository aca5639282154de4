"""A notice of a bureau: written, previewed, confirmed once, sent at most once to each person, stopped, reminded of."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from campaign.duties import DAY_ENDS, title_of
from campaign.notices import ROLES, STAFF, Audience, Written
from service.core.letters import Draft, answer, send, tell
from service.core.permissions import Act
from service.core.second_looks import SecondLook
from service.core.ticking import Tick
from service.core.unit_of_work import Speaker, UnitOfWork
from service.notices import cards as notice_cards
from service.notices.audience import Meant, Scope, digest, may_speak, meant, own_scopes, scope_of
from service.talks import flow
from storage import audit, duties, notices, outbox, people
from storage.conversations import Conversation
from storage.notices import DRAFT, PREVIEWED, QUEUED, STOPPED, TO_REMIND, Notice, NoticeStanding, Recipient
from storage.outbox import Letter
from talk.messages import Outbound
from talk.texts import Say

WRITE: Final = "notice"
"""The talk in which a notice is written."""
BROADCAST: Final = "notice"
"""The kinds of letters: it stops with its sender's role; the other two are the bureau's."""
REMINDER: Final = "notice-reminder"
JOINER: Final = "notice-joiner"
KINDS: Final = (BROADCAST, REMINDER, JOINER)

USUAL: Final = timedelta(days=30)
"""How long a notice is in force where the campaign's phase does not say."""
SHORTEST: Final = timedelta(days=7)
"""A phase that ends sooner does not say."""
LATEST: Final = timedelta(days=366)
OFFERED: Final = 20
"""Duties from which "who has not answered" is chosen, those due soonest."""
SHOWN: Final = 4
"""Letters that name a showing of a card."""
CONFIRMED: Final = "confirmed"
"""The showing under 确认发送: tapped twice, it is one card."""
REMINDED_FOR: Final = timedelta(days=1)
"""A reminder that could not leave until then is not worth it any more."""


def begin(uow: UnitOfWork, me: Speaker, wanted: str) -> None:
    """/notice: the city speaks for the city, a clerk for the district; who serves several names one
    (`/notice 浑南区`).
    """
    scopes = own_scopes(uow, me.person, Act.SEND_NOTICE)
    if not scopes:
        answer(uow, me, Say("not-allowed"))
        return
    named = uow.pack.district_by_name(wanted) if wanted and not scopes[0].is_city else None
    scope = next((one for one in scopes if named is not None and one.place == named.name), scopes[0])
    flow.begin_old(uow, me, WRITE, _brief(uow, scope, None))


def rewrite(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """修改: the answers are offered again; until they are confirmed anew the notice is a draft."""
    notice = _own(uow, me, number)
    if notice is None or notice.state not in (DRAFT, PREVIEWED):
        _moved_on(uow, me, notice)
        return
    notices.change(uow.conn, number, state=DRAFT)
    brief = _brief(uow, scope_of(uow, notice.place), number)
    flow.begin_old(uow, me, WRITE, brief, correcting=notice.conversation)


def written(uow: UnitOfWork, me: Speaker, talk: Conversation, result: Written) -> None:
    """The talk is over: keep the notice, and show whom it would reach."""
    place, number = str(talk.brief["place"]), talk.brief["notice"]
    if not may_speak(uow, me.person, Act.SEND_NOTICE, place):
        # The role ended while the notice was being written.
        answer(uow, me, Say("not-allowed"))
        return
    values: dict[str, Any] = {
        "conversation": talk.id,
        "state": PREVIEWED,
        "text": result.text,
        "files": [file.as_json() for file in result.files],
        "audience": result.audience.as_json(),
        "until": result.until,
        "form": result.form,
        "written_at": uow.now,
    }
    if number is None:
        who = {"place": place, "by": me.person, "responsible": me.person, "digest": ""}
        number = notices.add(uow.conn, **who, **values)
    else:
        before = _own(uow, me, int(number))
        if before is None or before.state not in (DRAFT, PREVIEWED):
            _moved_on(uow, me, before)
            return
        notices.change(uow.conn, int(number), **values)
    _preview(uow, me, int(number))


def drop(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """不发了: before it was confirmed."""
    notice = _own(uow, me, number)
    if notice is None or notice.state not in (DRAFT, PREVIEWED):
        _moved_on(uow, me, notice)
        return
    notices.change(uow.conn, number, state=STOPPED)
    answer(uow, me, Say("notice-dropped", number=number))


def confirm(uow: UnitOfWork, me: Speaker, number: int, shown: str) -> None:
    """确认发送 under what was shown: once, whoever taps how often, and never something else."""
    notice = _own(uow, me, number)
    if notice is None or notice.state in (QUEUED, STOPPED):
        _moved_on(uow, me, notice)
        return
    scope = scope_of(uow, notice.place)
    found = meant(uow, scope, Audience.stored(notice.audience))
    if notice.state == DRAFT or shown != _digest(notice, found) or not _in_force(uow, notice):
        answer(uow, me, Say("notice-changed", number=number))
        if notice.state == PREVIEWED:
            _preview(uow, me, number)
        return
    audit.note(uow.conn, uow.now, "notice-sent", me.person, f"notice/{number}", digest=shown, people=len(found.people))
    notices.change(uow.conn, number, state=QUEUED, confirmed_at=uow.now, round=1)
    keys = _queue(uow, notice, [one.person for one in found.people if one.person is not None], BROADCAST, "1")
    notices.add_recipients(
        uow.conn,
        number,
        [
            *(Recipient(one.person, one.enterprise, one.role, one.district, _key(keys, one)) for one in found.people),
            *found.missing,
        ],
    )
    show(uow, me, number, CONFIRMED)


def stop(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """停止发送: nothing leaves any more but what is on its way this second."""
    notice = _ours(uow, me, number)
    if notice is None:
        answer(uow, me, Say("not-allowed"))
        return
    if notice.state == QUEUED and notices.tallies(uow.conn, [number])[number][NoticeStanding.QUEUED]:
        halted = _halt(uow, notice, me.person)
        answer(uow, me, Say("notice-stopped", number=number, halted=halted))
    show(uow, me, number)


def resume(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """继续发送: to those whom it had not left for when it was stopped; whoever says so is responsible from now on."""
    notice = _ours(uow, me, number)
    if notice is None:
        answer(uow, me, Say("not-allowed"))
        return
    if notice.state == STOPPED and notice.confirmed_at is not None and _in_force(uow, notice):
        left = _standing(uow, number, NoticeStanding.HALTED)
        again = notice.round + 1
        audit.note(uow.conn, uow.now, "notice-resumed", me.person, f"notice/{number}", people=len(left))
        notices.change(uow.conn, number, state=QUEUED, responsible=me.person, round=again, told_at=None)
        notices.written_to(uow.conn, number, _queue(uow, notice, left, BROADCAST, str(again)))
    show(uow, me, number)


def remind(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """催办: those who have not acknowledged, once a day."""
    notice = _ours(uow, me, number)
    if notice is None or notice.state != QUEUED or not _in_force(uow, notice):
        answer(uow, me, Say("not-allowed"))
        return
    today = uow.now.date()
    if notice.reminded_on == today:
        answer(uow, me, Say("notice-reminded-today", number=number))
        return
    left = _standing(uow, number, *TO_REMIND)
    keys = _queue(uow, notice, left, REMINDER, f"again/{today}")
    if not keys:
        answer(uow, me, Say("notice-nobody-to-remind", number=number))
        return
    notices.change(uow.conn, number, reminded_on=today)
    notices.reminded(uow.conn, number, keys)
    audit.note(uow.conn, uow.now, "notice-reminded", me.person, f"notice/{number}", people=len(keys))
    answer(uow, me, Say("notice-reminded", number=number, people=len(keys)))


def show(uow: UnitOfWork, me: Speaker, number: int, shown: str = "") -> None:
    """The card of a notice: how far it has come for those who may see that, its text for those who got it. `shown`
    is the showing that is renewed.
    """
    notice = notices.get(uow.conn, number)
    if notice is not None and may_speak(uow, me.person, Act.SEE_NOTICE, notice.place):
        send(uow, me, notice_cards.progress(uow, me.person, notice, shown or uow.fresh.letters(SHOWN)))
    elif notice is not None and notices.is_recipient(uow.conn, number, me.person):
        send(uow, me, notice_cards.letter(uow, notice))
    else:
        answer(uow, me, Say("not-allowed"))


def deliver(uow: UnitOfWork, notice: Notice, one: Recipient) -> None:
    """Somebody who joined while it is in force gets it too."""
    if one.person is None or notices.is_recipient(uow.conn, notice.id, one.person):
        return
    notices.take_place(uow.conn, notice.id, one)
    notices.add_recipients(uow.conn, notice.id, [one])
    deliver_again(uow, notice, one.person, "joined")


def deliver_again(uow: UnitOfWork, notice: Notice, person: int, occasion: str) -> None:
    """A recipient whom no letter reached gets one of their own; `occasion` makes that once."""
    notices.written_to(uow.conn, notice.id, _queue(uow, notice, [person], JOINER, occasion))


def look_again(uow: UnitOfWork, owned: Sequence[outbox.Claimed]) -> dict[int, Draft | None]:
    """Return the letters that do not leave: of what was stopped, reminders after the acknowledgement, broadcasts whose
    sender has no right to them any more.
    """
    known = {number: notices.get(uow.conn, number) for number in sorted({one.about[0] for one in owned})}
    halted = {number for number, one in known.items() if one is None or one.state != QUEUED}
    for number in {one.about[0] for one in owned if one.kind == BROADCAST} - halted:
        notice = known[number]
        if notice is not None and not may_speak(uow, notice.responsible, Act.SEND_NOTICE, notice.place):
            _halt(uow, notice, None)
            _tell_colleagues(uow, notice)
            halted.add(number)
    pairs = [(one.about[0], one.person) for one in owned if one.kind == REMINDER and one.person is not None]
    noted = notices.acknowledged(uow.conn, pairs) if pairs else set[tuple[int, int]]()
    kept: dict[int, Draft | None] = {
        one.id: None for one in owned if one.about[0] in halted or (one.about[0], one.person) in noted
    }
    leaving = [(one.about[0], one.person) for one in owned if one.id not in kept and one.person is not None]
    notices.leaves(uow.conn, leaving, uow.now)
    return kept


SECOND_LOOK: Final = SecondLook(frozenset(KINDS), look_again, patient=False)


def tell_done(uow: UnitOfWork, _: Tick) -> int:
    """Tell whoever sent a notice once that nothing of it is on its way any more. Return 0: it reminds nobody."""
    waiting = notices.untold(uow.conn)
    tallies = notices.tallies(uow.conn, [one.id for one in waiting])
    for notice in waiting:
        if tallies[notice.id][NoticeStanding.QUEUED]:
            continue
        notices.change(uow.conn, notice.id, told_at=uow.now)
        if may_speak(uow, notice.responsible, Act.SEE_NOTICE, notice.place):
            draft = notice_cards.progress(uow, notice.responsible, notice, uow.fresh.letters(SHOWN))
            tell(uow, notice.responsible, draft, kind="notice-done", dedupe=f"notice/{notice.id}/done/{notice.round}")
    return 0


def _brief(uow: UnitOfWork, scope: Scope, number: int | None) -> dict[str, Any]:
    pack, today = uow.pack, uow.now.date()
    rows = duties.progress(uow.conn, district=None if scope.is_city else scope.place, now=uow.now)
    owed = [
        row
        for row in rows
        # Duties by event are one enterprise's each.
        if row.answered < row.total and "/" not in row.period and pack.obligation(row.obligation).subject != "district"
    ]
    owed.sort(key=lambda row: (row.due is None, row.due, row.obligation))
    return {
        "notice": number,
        "place": scope.place,
        "districts": [_line(one.name, {"zh": one.name, "en": None}) for one in pack.districts] if scope.is_city else [],
        "sectors": [_line(one.id, one.name.as_json()) for one in pack.sectors],
        "tags": [_line(one.id, one.name.as_json()) for one in pack.tags],
        "unanswered": [
            _line(f"{row.obligation}|{row.period}", title_of(pack.obligation(row.obligation), row.period).as_json())
            for row in owed[:OFFERED]
        ],
        "roles": [*ROLES, STAFF] if scope.is_city else list(ROLES),
        "forms": [_line(one.form, one.title.as_json()) for one in pack.notices],
        "today": today.isoformat(),
        "usual": _usual(uow, today).isoformat(),
        "latest": (today + LATEST).isoformat(),
    }


def _line(id_: str, name: Mapping[str, str | None]) -> dict[str, Any]:
    return {"id": id_, "name": dict(name)}


def _usual(uow: UnitOfWork, today: date) -> date:
    """The end of the campaign's phase, or 30 days."""
    ends = (one.last for one in uow.pack.phase_periods if one.first <= today <= one.last - SHORTEST)
    return next(ends, today + USUAL)


def _preview(uow: UnitOfWork, me: Speaker, number: int) -> None:
    notice = notices.get(uow.conn, number)
    if notice is None:
        return
    scope = scope_of(uow, notice.place)
    found = meant(uow, scope, Audience.stored(notice.audience))
    if not found.people or not _in_force(uow, notice):
        # What reaches nobody cannot be confirmed.
        notices.change(uow.conn, number, state=DRAFT)
        send(uow, me, notice_cards.empty(uow, notice, scope, found))
        return
    shown = _digest(notice, found)
    notices.change(uow.conn, number, digest=shown)
    audit.note(uow.conn, uow.now, "notice-previewed", me.person, f"notice/{number}", people=len(found.people))
    # First exactly what they will read, then whom it reaches.
    send(uow, me, Draft(notice_cards.letter(uow, notice).lines, files=notice_cards.files_of(notice)))
    send(uow, me, notice_cards.preview(uow, notice, scope, found, shown))


def _digest(notice: Notice, found: Meant) -> str:
    people = sorted(one.person for one in found.people if one.person is not None)
    return digest(notice.text, notice.files, notice.audience, notice.until.isoformat(), notice.form, people)


def _in_force(uow: UnitOfWork, notice: Notice) -> bool:
    return uow.now.date() <= notice.until


def _own(uow: UnitOfWork, me: Speaker, number: int) -> Notice | None:
    """A notice that somebody wrote themselves and may still send, locked."""
    notice = _ours(uow, me, number)
    return notice if notice is not None and notice.by == me.person else None


def _ours(uow: UnitOfWork, me: Speaker, number: int) -> Notice | None:
    """A notice of a place for which somebody may send, locked."""
    notice = notices.get(uow.conn, number, lock=True)
    allowed = notice is not None and may_speak(uow, me.person, Act.SEND_NOTICE, notice.place)
    return notice if allowed else None


def _moved_on(uow: UnitOfWork, me: Speaker, notice: Notice | None) -> None:
    """An old button: how it stands now."""
    if notice is None:
        answer(uow, me, Say("not-allowed"))
    else:
        show(uow, me, notice.id, CONFIRMED)


def _standing(uow: UnitOfWork, number: int, *standings: NoticeStanding) -> list[int]:
    return [
        one.person for one in notices.receipts(uow.conn, number) if one.person is not None and one.standing in standings
    ]


def _key(keys: Mapping[int, str], one: Recipient) -> str | None:
    return None if one.person is None else keys.get(one.person)


def _queue(uow: UnitOfWork, notice: Notice, to: Sequence[int], kind: str, run: str) -> dict[int, str]:
    """Letters to all who have an address, in one statement; their keys by person."""
    addresses = people.reachable(uow.conn)
    draft = notice_cards.reminder(uow, notice) if kind == REMINDER else notice_cards.letter(uow, notice)
    bodies: dict[str, Outbound] = {}
    end = datetime.combine(notice.until, DAY_ENDS, uow.context.zone) - uow.now
    keys: dict[int, str] = {}
    letters: list[Letter] = []
    for person in to:
        if person not in addresses:
            continue
        address, language = addresses[person]
        body = bodies.setdefault(language, draft.rendered(language, rehearsal=uow.rehearsal))
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


def _halt(uow: UnitOfWork, notice: Notice, by: int | None) -> int:
    halted = notices.halt(uow.conn, notice.id)
    notices.change(uow.conn, notice.id, state=STOPPED)
    audit.note(uow.conn, uow.now, "notice-stopped", by, f"notice/{notice.id}", people=halted)
    return halted


def _tell_colleagues(uow: UnitOfWork, notice: Notice) -> None:
    """Nobody is responsible for it any more: whoever may go on with it hears so."""
    for person in notice_cards.staff_of(uow, notice.place):
        tell(
            uow,
            person,
            notice_cards.orphaned(notice),
            kind="notice-orphaned",
            dedupe=f"notice/{notice.id}/orphaned/{notice.round}/{person}",
        )
