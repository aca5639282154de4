"""What is shown of a notice: to those whom it reaches, and to those who send it. Never 已读, never 已送达."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

from campaign.notices import Audience
from campaign.roles import OFFICER
from service.core import whose
from service.core.letters import Draft, signature
from service.core.listing import Entry, LazyEntries, by_place, screen
from service.core.permissions import Act
from service.core.unit_of_work import Speaker, UnitOfWork
from service.notices import actions
from service.notices.audience import Meant, Scope, described, may_speak, own_scopes, reaches_as, scope_of
from storage import notices, people, registry
from storage.notices import UNREACHED, Notice, NoticeStanding, Receipt, Recipient, Tally
from talk.actions import Tap
from talk.messages import FileRef
from talk.texts import Phrase, Say, listed, shortened

SAMPLE: Final = 3
"""People whom a preview names."""
NAMES: Final = 20
"""People whom a list in the chat names; the file names all."""
TITLE: Final = 20
_LINK: Final = re.compile(r"(https?://|www\.)\S", re.IGNORECASE)


def files_of(notice: Notice) -> tuple[FileRef, ...]:
    """Return the files that go out with a notice."""
    return tuple(FileRef.from_json(parts) for parts in notice.files)


def title_of(notice: Notice) -> str:
    """Return what a notice is called in lists: the beginning of its first line."""
    first = notice.text.strip().partition("\n")[0].rstrip("。：:；;，, ")
    return shortened(first, TITLE)


def letter(uow: UnitOfWork, notice: Notice, person: int | None, *, again: bool = False) -> Draft:
    """Return the letter that a recipient gets; `again`: for those who have not acknowledged it, without its files. To
    whoever stands for several (`person`; None: to nobody who does) it says which of them it is for.
    """
    signed = signature(scope_of(uow, notice.place).bureau)
    lines = (
        Say("notice-reminder-heading" if again else "notice-heading", signature=signed),
        None if person is None else _for_which(uow, notice, person),
        notice.text,
        Say("notice-in-force", until=notice.until),
        Say("notice-asks" if notice.form is None else "notice-asks-answer"),
    )
    taps = [actions.NOTED.tap(Say("option-noted"), notice.id)]
    if notice.form is not None:
        taps.append(actions.ANSWER.tap(Say("option-respond"), notice.id, ""))
    return Draft(lines, tuple(taps), others=() if again else files_of(notice))


def to_answer(uow: UnitOfWork, person: int, notice: Notice, page: int) -> Draft:
    """Return for which of somebody's enterprises or districts a notice is to be answered: each gets one of its own."""
    own = notices.received(uow.conn, notice.id, person)
    names = whose.labels(uow, person, (one.place for one in own))
    entries = [
        Entry(
            names[one.place],
            Say("notice-standing", standing="answered") if one.answer else Say("notice-to-answer"),
            actions.ANSWER.data(notice.id, one.place),
        )
        for one in sorted(own, key=lambda one: one.answer is not None)
    ]
    heading = Say("notice-answer-which", title=title_of(notice), number=len(own))
    return screen([heading], entries, page, partial(actions.ANSWERS.data, notice.id))


def answered(uow: UnitOfWork, person: int, notice: Notice) -> Draft:
    """Return what is said of an answer that was kept, and for which others of theirs one is still to be given."""
    left = [one for one in notices.received(uow.conn, notice.id, person) if one.answer is None]
    said = Say("notice-answered", number=notice.id)
    if not left:
        return Draft((said,))
    names = whose.labels(uow, person, (one.place for one in left))
    tap = actions.ANSWER.tap(Say("option-respond-next"), notice.id, left[0].place)
    return Draft((said, Say("notice-answers-left", places=listed(names.values()))), (tap,))


def _for_which(uow: UnitOfWork, notice: Notice, person: int) -> Say | None:
    """Return the line that says for which of somebody's enterprises a notice is; None where they have just one."""
    if not whose.stands_for_several(uow, person):
        return None
    found = reaches_as(uow, scope_of(uow, notice.place), Audience.stored(notice.audience), person)
    names = whose.labels(uow, person, (recipient.enterprise or recipient.district for recipient in found))
    return Say("notice-for", places=listed(names.values())) if names else None


def is_in_force(uow: UnitOfWork, notice: Notice) -> bool:
    """Return whether the last day of a notice is not over."""
    return uow.now.date() <= notice.until


def preview(uow: UnitOfWork, notice: Notice, scope: Scope, found: Meant, digest: str) -> Draft:
    """Return the preview: whom it would reach, whom not, and what it is not. Its button is good for just this."""
    lines: list[Phrase | None] = [
        Say(
            "notice-preview-heading", number=notice.id, audience=described(uow, scope, Audience.stored(notice.audience))
        ),
        Say(
            "notice-preview-count",
            people=len(found.people),
            enterprises=found.enterprises,
            sample=_named(uow, found.people, SAMPLE),
        ),
        *_not_reached(uow, found),
        Say("notice-preview-until", until=notice.until),
        Say("notice-preview-link") if _LINK.search(notice.text) else None,
        Say("notice-not-served"),
    ]
    confirm = actions.CONFIRM.tap(Say("notice-send"), notice.id, digest)
    return Draft(tuple(lines), (confirm, *_changes(notice)))


def empty(uow: UnitOfWork, notice: Notice, scope: Scope, found: Meant) -> Draft:
    """Return what is shown where nobody can be reached by it, or it is not in force any more."""
    why = Say("notice-past", until=notice.until)
    if is_in_force(uow, notice):
        why = Say("notice-empty", audience=described(uow, scope, Audience.stored(notice.audience)))
    return Draft((why, *_not_reached(uow, found)), _changes(notice))


def _changes(notice: Notice) -> tuple[Tap, ...]:
    return (
        actions.REWRITE.tap(Say("option-edit"), notice.id),
        actions.DROP.tap(Say("notice-drop"), notice.id),
    )


def _not_reached(uow: UnitOfWork, found: Meant) -> list[Phrase]:
    """Return the lines that say who is not among them, with the reason."""
    lines: list[Phrase] = []
    addresses = people.reachable(uow.conn)
    blocked = [recipient for recipient in found.people if recipient.person not in addresses]
    if found.missing:
        lines.append(
            Say("notice-missing", people=len(found.missing), names=_named(uow, found.missing, NAMES, also=True))
        )
    if blocked:
        lines.append(Say("notice-blocked", people=len(blocked), names=_named(uow, blocked, NAMES, also=True)))
    if found.left_out:
        lines.append(Say("notice-left-out", number=found.left_out))
    if found.unknown:
        lines.append(Say("notice-unknown", number=len(found.unknown), codes=listed(found.unknown[:NAMES])))
    return lines


def _named(uow: UnitOfWork, found: Sequence[Recipient], most: int, *, also: bool = False) -> Phrase:
    """The first of them by name and enterprise; `also`: how many more there are."""
    names: list[Phrase] = []
    for recipient in found[:most]:
        enterprise = None if recipient.enterprise is None else registry.enterprise(uow.conn, recipient.enterprise)
        person = None if recipient.person is None else people.person(uow.conn, recipient.person)
        if enterprise is None:
            name: Phrase = Say("role", role=recipient.role) if person is None else person.name
            names.append(Say("notice-person", name=name, place=recipient.district))
            continue
        registered = enterprise.officer_name if recipient.role == OFFICER else enterprise.principal_name
        names.append(Say("notice-person", name=registered if person is None else person.name, place=enterprise.name))
    if also and len(found) > most:
        names.append(Say("notice-more-people", number=len(found) - most))
    return listed(names)


def progress(uow: UnitOfWork, person: int, notice: Notice, shown: str) -> Draft:
    """Return how far it has come, for its bureau. `shown` names this showing: 刷新 under it renews it in place, while
    asked for anew it comes anew.
    """
    tally = notices.tallies(uow.conn, [notice.id])[notice.id]
    state, halted = notices.state_of(notice, tally), tally[NoticeStanding.HALTED]
    lines: list[Phrase | None] = [
        Say("notice-progress-heading", number=notice.id, title=title_of(notice), state=Say("notice-state", state=state))
    ]
    if notice.confirmed_at is None:
        lines.append(Say("notice-not-confirmed"))
    else:
        lines += [
            Say(
                "notice-progress",
                total=tally.total(),
                queued=tally[NoticeStanding.QUEUED],
                accepted=tally.reached,
                acknowledged=tally.acknowledged,
                unreached=tally.unreached,
                at=uow.now,
            ),
            Say("notice-progress-answered", answered=tally[NoticeStanding.ANSWERED]) if notice.form else None,
            Say("notice-progress-halted", halted=halted) if halted else None,
            Say("notice-preview-until", until=notice.until),
        ]
    return Draft(
        tuple(lines),
        _steps(uow, person, notice, state, tally, shown),
        card=f"notice/{notice.id}/{shown}",
        of=notice.place,
    )


def _steps(uow: UnitOfWork, person: int, notice: Notice, state: str, tally: Tally, shown: str) -> tuple[Tap, ...]:
    number = notice.id
    may_send = may_speak(uow, person, Act.SEND_NOTICE, notice.place)
    taps: list[Tap] = []
    if state in (notices.DRAFT, notices.PREVIEWED):
        return _changes(notice) if may_send and notice.by == person else ()
    taps.append(actions.REFRESH.tap(Say("notice-refresh"), number, shown))
    if may_send and state in (notices.QUEUED, notices.SENDING):
        taps.append(actions.STOP.tap(Say("notice-stop"), number))
    in_force = is_in_force(uow, notice)
    if may_send and state == notices.STOPPED and tally[NoticeStanding.HALTED] and in_force:
        taps.append(actions.RESUME.tap(Say("notice-resume"), number))
    if may_send and state == notices.DONE and tally.to_remind and in_force:
        taps.append(actions.REMIND.tap(Say("notice-remind"), number))
    if tally.unreached:
        taps.append(actions.PHONES.tap(Say("notice-phones"), number))
    if notice.confirmed_at is not None:
        taps.append(actions.EXPORT.tap(Say("notice-export"), number))
    return tuple(taps)


def listing(uow: UnitOfWork, me: Speaker, page: int) -> Draft:
    """/notices: what somebody got and is in force, what is still to be noted first; for staff also those of their
    bureau, the newest first.
    """
    received = notices.of_person(uow.conn, me.person, uow.now.date())
    received.sort(key=lambda pair: (pair[1], -pair[0].id))
    places = [scope.place for scope in own_scopes(uow, me.person, Act.SEE_NOTICE)]
    sent: list[Entry] = []
    heading, ways = [] if received else [Say("notices-none-got")], list[Tap]()
    if places:
        sent = by_place(uow, me.person, _sent(uow, places))
        heading = [] if sent else [Say("notices-none-sent")]
        ways = [actions.WRITE.tap(Say("notice-write"))] if own_scopes(uow, me.person, Act.SEND_NOTICE) else []

    def entries(part: Sequence[Entry | tuple[Notice, bool]]) -> list[Entry]:
        return [one if isinstance(one, Entry) else _got(uow, *one, me.person) for one in part]

    return screen(heading, LazyEntries([*received, *sent], entries), page, actions.LIST.data, ways)


def _got(uow: UnitOfWork, notice: Notice, noted: bool, person: int) -> Entry:  # as the database pairs them
    state = Say("notice-noted") if noted else Say("notice-to-note")
    meant_for = _for_which(uow, notice, person)
    when = state if meant_for is None else Say("notice-got-for", state=state, places=meant_for)
    return Entry(title_of(notice), when, actions.SHOW.data(notice.id), Say("notices-got"))


def _sent(uow: UnitOfWork, places: Sequence[str]) -> list[tuple[str, Entry]]:
    found = notices.find(uow.conn, places)
    tallies = notices.tallies(uow.conn, [notice.id for notice in found])
    return [
        (
            notice.place,
            Entry(
                title_of(notice),
                _standing(notice, tallies[notice.id]),
                actions.SHOW.data(notice.id),
                Say("notices-sent", number=len(found)),
            ),
        )
        for notice in found
    ]


def _standing(notice: Notice, tally: Tally) -> Say:
    state = Say("notice-state", state=notices.state_of(notice, tally))
    if notice.confirmed_at is None:
        return state
    return Say("notice-line", state=state, acknowledged=tally.acknowledged, total=tally.total())


def phones(notice: Notice, found: Sequence[Receipt]) -> Draft:
    """电话名单: whom it has not reached, by name and enterprise, with the reason."""
    unreached = [receipt for receipt in found if receipt.standing in UNREACHED]
    if not unreached:
        return Draft((Say("notice-phones-none", number=notice.id),))
    lines: list[Phrase] = [Say("notice-phones-heading", number=notice.id, people=len(unreached))]
    lines += [
        Say(
            "notice-phones-line",
            name=receipt.name or Say("role", role=receipt.role),
            place=receipt.enterprise_name or receipt.district,
            reason=Say("notice-standing", standing=receipt.standing),
        )
        for receipt in unreached[:NAMES]
    ]
    if len(unreached) > NAMES:
        lines.append(Say("notice-phones-more", number=len(unreached) - NAMES))
    return Draft(tuple(lines), (actions.EXPORT.tap(Say("notice-export"), notice.id),))
