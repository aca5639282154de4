"""A notice of a bureau: written, previewed, confirmed once, sent at most once to each person, stopped, reminded of."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from campaign.duties import DAY_ENDS, title_of
from campaign.notices import ROLES, STAFF, Audience, Written
from service import talks
from service.letters import Draft, answer, send, tell
from service.notices import cards as notice_cards
from service.notices.audience import Meant, Scope, digest, may_speak, meant, own_scopes, scope_of
from service.permissions import Act
from service.work import Speaker, Talking, Work
from storage import audit, duties, notices, outbox, people
from storage.notices import DRAFT, PREVIEWED, QUEUED, STOPPED, TO_REMIND, Notice, Recipient, Standing
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


def begin(work: Work, me: Speaker, wanted: str) -> None:
    """/notice: the city speaks for the city, a clerk for the district; who serves several names one
    (`/notice 浑南区`).
    """
    scopes = own_scopes(work, me.person, Act.SEND_NOTICE)
    if not scopes:
        answer(work, me, Say("not-allowed"))
        return
    named = work.pack.district_by_name(wanted) if wanted and not scopes[0].is_city else None
    scope = next((one for one in scopes if named is not None and one.place == named.name), scopes[0])
    talks.begin(work, me, WRITE, _brief(work, scope, None))


def rewrite(work: Work, me: Speaker, number: int) -> None:
    """修改: the answers are offered again; until they are confirmed anew the notice is a draft."""
    notice = _own(work, me, number)
    if notice is None or notice.state not in (DRAFT, PREVIEWED):
        _moved_on(work, me, notice)
        return
    notices.change(work.conn, number, state=DRAFT)
    brief = _brief(work, scope_of(work, notice.place), number)
    talks.begin(work, me, WRITE, brief, correcting=notice.conversation)


def written(work: Work, me: Speaker, talk: Talking, result: Written) -> None:
    """The talk is over: keep the notice, and show whom it would reach."""
    place, number = str(talk.brief["place"]), talk.brief["notice"]
    if not may_speak(work, me.person, Act.SEND_NOTICE, place):
        # The role ended while the notice was being written.
        answer(work, me, Say("not-allowed"))
        return
    values: dict[str, Any] = {
        "conversation": talk.id,
        "state": PREVIEWED,
        "text": result.text,
        "files": [[file.sha256, file.name, file.mime, file.size] for file in result.files],
        "audience": result.audience.as_json(),
        "until": result.until,
        "form": result.form,
        "written_at": work.now,
    }
    if number is None:
        who = {"place": place, "by": me.person, "responsible": me.person, "digest": ""}
        number = notices.add(work.conn, **who, **values)
    else:
        before = _own(work, me, int(number))
        if before is None or before.state not in (DRAFT, PREVIEWED):
            _moved_on(work, me, before)
            return
        notices.change(work.conn, int(number), **values)
    _preview(work, me, int(number))


def drop(work: Work, me: Speaker, number: int) -> None:
    """不发了: before it was confirmed."""
    notice = _own(work, me, number)
    if notice is None or notice.state not in (DRAFT, PREVIEWED):
        _moved_on(work, me, notice)
        return
    notices.change(work.conn, number, state=STOPPED)
    answer(work, me, Say("notice-dropped", number=number))


def confirm(work: Work, me: Speaker, number: int, shown: str) -> None:
    """确认发送 under what was shown: once, whoever taps how often, and never something else."""
    notice = _own(work, me, number)
    if notice is None or notice.state in (QUEUED, STOPPED):
        _moved_on(work, me, notice)
        return
    scope = scope_of(work, notice.place)
    found = meant(work, scope, Audience.stored(notice.audience))
    if notice.state == DRAFT or shown != _digest(notice, found) or not _in_force(work, notice):
        answer(work, me, Say("notice-changed", number=number))
        if notice.state == PREVIEWED:
            _preview(work, me, number)
        return
    audit.note(
        work.conn, work.now, "notice-sent", me.person, f"notice/{number}", digest=shown, people=len(found.people)
    )
    notices.change(work.conn, number, state=QUEUED, confirmed_at=work.now, round=1)
    keys = _queue(work, notice, [one.person for one in found.people if one.person is not None], BROADCAST, "1")
    notices.add_recipients(
        work.conn,
        number,
        [
            *(Recipient(one.person, one.enterprise, one.role, one.district, _key(keys, one)) for one in found.people),
            *found.missing,
        ],
    )
    show(work, me, number, CONFIRMED)


def stop(work: Work, me: Speaker, number: int) -> None:
    """停止发送: nothing leaves any more but what is on its way this second."""
    notice = _ours(work, me, number)
    if notice is None:
        answer(work, me, Say("not-allowed"))
        return
    if notice.state == QUEUED and notices.tallies(work.conn, [number])[number][Standing.QUEUED]:
        halted = _halt(work, notice, me.person)
        answer(work, me, Say("notice-stopped", number=number, halted=halted))
    show(work, me, number)


def resume(work: Work, me: Speaker, number: int) -> None:
    """继续发送: to those whom it had not left for when it was stopped; whoever says so is responsible from now on."""
    notice = _ours(work, me, number)
    if notice is None:
        answer(work, me, Say("not-allowed"))
        return
    if notice.state == STOPPED and notice.confirmed_at is not None and _in_force(work, notice):
        left = _standing(work, number, Standing.HALTED)
        again = notice.round + 1
        audit.note(work.conn, work.now, "notice-resumed", me.person, f"notice/{number}", people=len(left))
        notices.change(work.conn, number, state=QUEUED, responsible=me.person, round=again, told_at=None)
        notices.written_to(work.conn, number, _queue(work, notice, left, BROADCAST, str(again)))
    show(work, me, number)


def remind(work: Work, me: Speaker, number: int) -> None:
    """催办: those who have not acknowledged, once a day."""
    notice = _ours(work, me, number)
    if notice is None or notice.state != QUEUED or not _in_force(work, notice):
        answer(work, me, Say("not-allowed"))
        return
    today = work.now.date()
    if notice.reminded_on == today:
        answer(work, me, Say("notice-reminded-today", number=number))
        return
    left = _standing(work, number, *TO_REMIND)
    keys = _queue(work, notice, left, REMINDER, f"again/{today}")
    if not keys:
        answer(work, me, Say("notice-nobody-to-remind", number=number))
        return
    notices.change(work.conn, number, reminded_on=today)
    notices.reminded(work.conn, number, keys)
    audit.note(work.conn, work.now, "notice-reminded", me.person, f"notice/{number}", people=len(keys))
    answer(work, me, Say("notice-reminded", number=number, people=len(keys)))


def show(work: Work, me: Speaker, number: int, shown: str = "") -> None:
    """The card of a notice: how far it has come for those who may see that, its text for those who got it. `shown`
    is the showing that is renewed.
    """
    notice = notices.get(work.conn, number)
    if notice is not None and may_speak(work, me.person, Act.SEE_NOTICE, notice.place):
        send(work, me, notice_cards.progress(work, me.person, notice, shown or work.fresh.letters(SHOWN)))
    elif notice is not None and notices.is_recipient(work.conn, number, me.person):
        send(work, me, notice_cards.letter(work, notice))
    else:
        answer(work, me, Say("not-allowed"))


def deliver(work: Work, notice: Notice, one: Recipient) -> None:
    """Somebody who joined while it is in force gets it too."""
    if one.person is None or notices.is_recipient(work.conn, notice.id, one.person):
        return
    notices.take_place(work.conn, notice.id, one)
    notices.add_recipients(work.conn, notice.id, [one])
    deliver_again(work, notice, one.person, "joined")


def deliver_again(work: Work, notice: Notice, person: int, occasion: str) -> None:
    """A recipient whom no letter reached gets one of their own; `occasion` makes that once."""
    notices.written_to(work.conn, notice.id, _queue(work, notice, [person], JOINER, occasion))


def before_leaving(work: Work, letters: Sequence[outbox.Claimed]) -> dict[int, Outbound | datetime | None]:
    """Look at notices once more in the transaction that claims them: what was stopped does not leave, nor a reminder
    after the acknowledgement, nor a broadcast whose sender has no right to it any more.
    """
    mine = [letter for letter in letters if letter.kind in KINDS]
    known = {number: notices.get(work.conn, number) for number in sorted({one.about[0] for one in mine})}
    halted = {number for number, one in known.items() if one is None or one.state != QUEUED}
    for number in {one.about[0] for one in mine if one.kind == BROADCAST} - halted:
        notice = known[number]
        if notice is not None and not may_speak(work, notice.responsible, Act.SEND_NOTICE, notice.place):
            _halt(work, notice, None)
            _tell_colleagues(work, notice)
            halted.add(number)
    pairs = [(one.about[0], one.person) for one in mine if one.kind == REMINDER and one.person is not None]
    noted = notices.acknowledged(work.conn, pairs) if pairs else set[tuple[int, int]]()
    kept = {one.id: None for one in mine if one.about[0] in halted or (one.about[0], one.person) in noted}
    leaving = [(one.about[0], one.person) for one in mine if one.id not in kept and one.person is not None]
    notices.leaves(work.conn, leaving, work.now)
    return dict(kept)


def tell_done(work: Work) -> int:
    """Tell whoever sent a notice once that nothing of it is on its way any more; how many notices."""
    told = 0
    waiting = notices.untold(work.conn)
    tallies = notices.tallies(work.conn, [one.id for one in waiting])
    for notice in waiting:
        if tallies[notice.id][Standing.QUEUED]:
            continue
        notices.change(work.conn, notice.id, told_at=work.now)
        if may_speak(work, notice.responsible, Act.SEE_NOTICE, notice.place):
            draft = notice_cards.progress(work, notice.responsible, notice, work.fresh.letters(SHOWN))
            tell(work, notice.responsible, draft, kind="notice-done", dedupe=f"notice/{notice.id}/done/{notice.round}")
            told += 1
    return told


def _brief(work: Work, scope: Scope, number: int | None) -> dict[str, Any]:
    pack, today = work.pack, work.now.date()
    rows = duties.progress(work.conn, district=None if scope.is_city else scope.place, now=work.now)
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
        "usual": _usual(work, today).isoformat(),
        "latest": (today + LATEST).isoformat(),
    }


def _line(id_: str, name: Mapping[str, str | None]) -> dict[str, Any]:
    return {"id": id_, "name": dict(name)}


def _usual(work: Work, today: date) -> date:
    """The end of the campaign's phase, or 30 days."""
    ends = (one.last for one in work.pack.phase_periods if one.first <= today <= one.last - SHORTEST)
    return next(ends, today + USUAL)


def _preview(work: Work, me: Speaker, number: int) -> None:
    notice = notices.get(work.conn, number)
    if notice is None:
        return
    scope = scope_of(work, notice.place)
    found = meant(work, scope, Audience.stored(notice.audience))
    if not found.people or not _in_force(work, notice):
        # What reaches nobody cannot be confirmed.
        notices.change(work.conn, number, state=DRAFT)
        send(work, me, notice_cards.empty(work, notice, scope, found))
        return
    shown = _digest(notice, found)
    notices.change(work.conn, number, digest=shown)
    audit.note(work.conn, work.now, "notice-previewed", me.person, f"notice/{number}", people=len(found.people))
    # First exactly what they will read, then whom it reaches.
    send(work, me, Draft(notice_cards.letter(work, notice).lines, files=notice_cards.files_of(notice)))
    send(work, me, notice_cards.preview(work, notice, scope, found, shown))


def _digest(notice: Notice, found: Meant) -> str:
    people = sorted(one.person for one in found.people if one.person is not None)
    return digest(notice.text, notice.files, notice.audience, notice.until.isoformat(), notice.form, people)


def _in_force(work: Work, notice: Notice) -> bool:
    return work.now.date() <= notice.until


def _own(work: Work, me: Speaker, number: int) -> Notice | None:
    """A notice that somebody wrote themselves and may still send, locked."""
    notice = _ours(work, me, number)
    return notice if notice is not None and notice.by == me.person else None


def _ours(work: Work, me: Speaker, number: int) -> Notice | None:
    """A notice of a place for which somebody may send, locked."""
    notice = notices.get(work.conn, number, lock=True)
    allowed = notice is not None and may_speak(work, me.person, Act.SEND_NOTICE, notice.place)
    return notice if allowed else None


def _moved_on(work: Work, me: Speaker, notice: Notice | None) -> None:
    """An old button: how it stands now."""
    if notice is None:
        answer(work, me, Say("not-allowed"))
    else:
        show(work, me, notice.id, CONFIRMED)


def _standing(work: Work, number: int, *standings: Standing) -> list[int]:
    return [
        one.person
        for one in notices.receipts(work.conn, number)
        if one.person is not None and one.standing in standings
    ]


def _key(keys: Mapping[int, str], one: Recipient) -> str | None:
    return None if one.person is None else keys.get(one.person)


def _queue(work: Work, notice: Notice, to: Sequence[int], kind: str, run: str) -> dict[int, str]:
    """Letters to all who have an address, in one statement; their keys by person."""
    addresses = people.reachable(work.conn)
    draft = notice_cards.reminder(work, notice) if kind == REMINDER else notice_cards.letter(work, notice)
    bodies: dict[str, Outbound] = {}
    end = datetime.combine(notice.until, DAY_ENDS, work.house.zone) - work.now
    keys: dict[int, str] = {}
    letters: list[Letter] = []
    for person in to:
        if person not in addresses:
            continue
        address, language = addresses[person]
        body = bodies.setdefault(language, draft.rendered(language, rehearsal=work.rehearsal))
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
                not_before=work.wall,
                expires_at=work.wall + (min(end, REMINDED_FOR) if kind == REMINDER else end),
                about=(notice.id,),
            )
        )
    outbox.put_all(work.conn, letters, work.wall)
    return keys


def _halt(work: Work, notice: Notice, by: int | None) -> int:
    halted = notices.halt(work.conn, notice.id)
    notices.change(work.conn, notice.id, state=STOPPED)
    audit.note(work.conn, work.now, "notice-stopped", by, f"notice/{notice.id}", people=halted)
    return halted


def _tell_colleagues(work: Work, notice: Notice) -> None:
    """Nobody is responsible for it any more: whoever may go on with it hears so."""
    for person in notice_cards.staff_of(work, notice.place):
        tell(
            work,
            person,
            notice_cards.orphaned(notice),
            kind="notice-orphaned",
            dedupe=f"notice/{notice.id}/orphaned/{notice.round}/{person}",
        )
