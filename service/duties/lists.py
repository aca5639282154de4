"""How several duties look: /tasks, a bundle, a digest. A screen at a time, a button for each line."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from campaign.identity import normalise_code
from service.core import whose
from service.core.duty_talk import OwnedDuty
from service.core.letters import Draft, signature
from service.core.listing import SCREEN, Entry, by_place, screen
from service.core.shared_actions import HAZARDS, OPEN_HAZARDS
from service.core.unit_of_work import UnitOfWork
from service.duties import actions, cards, phone_mark
from service.duties.actions import TaskPage
from service.duties.owned import bureau, due_day, owed, own_subjects
from storage import registry
from storage.duties import UNDONE, Duty
from talk.actions import Tap
from talk.texts import Listed, Phrase, Say

SOON = 3
"""Days before the end at which a reminder looks urgent."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The open major hazards of one of somebody's enterprises, counted for the desk."""

    open: int
    overdue: int


def tasks(
    uow: UnitOfWork,
    person: int,
    undone: Sequence[OwnedDuty],
    explained: Sequence[OwnedDuty],
    done: int,
    ledger: Mapping[str, Ledger],
    page: TaskPage,
) -> Draft:
    """/tasks, the desk: what is overdue, what the week asks, what has time, what is answered and not met, what staff
    are to decide; below them the ledger, and what is done. Whoever answers for several reads it by enterprise, and can
    choose one.
    """
    found = [(first.duty.subject, replace(line, group=_group(uow, first))) for first, line in _entries(uow, undone)]
    order = ("tasks-overdue", "tasks-unmet", "tasks-week", "tasks-later")
    found.sort(key=lambda line: order.index(line[1].group.id) if isinstance(line[1].group, Say) else 0)
    found += [(own.duty.subject, replace(entry(uow, own), group=Say("tasks-waiting"))) for own in explained]
    owed = sum(own.duty.is_owed(uow.now.date()) for own in undone)
    heading = Say("tasks-heading", number=owed) if owed else Say("tasks-none")
    below, ways = _below(uow, person, ledger, done, page.of)
    if len({subject for subject, _ in found}) > 1:
        ways.append(actions.DESK.tap(Say("option-choose-place"), TaskPage(choosing=True)))
    placed = by_place(uow, person, found)
    draft = screen(
        [heading], placed, page.number, lambda number: actions.DESK.data(TaskPage(number, of=page.of)), opening=ways
    )
    shown = sum(isinstance(line, Say) and line.id == "task-line" for line in draft.lines)
    below = [*([today_line(uow, undone)] if any(map(_is_today, placed[shown:])) else ()), *below]
    lines = (*draft.lines, *below) if page.number <= 1 else draft.lines
    return replace(draft, lines=lines, of=page.of or None)


def named(uow: UnitOfWork, person: int, words: str) -> TaskPage:
    """Return the desk of that one of somebody's enterprises or districts which they name after /tasks, by a piece of
    its name or by its code; where none or several are meant, the desk of all.
    """
    subjects = own_subjects(uow, person)
    names = registry.names(uow.conn, subjects)
    code = normalise_code(words)
    meant = [subject for subject in subjects if subject == code or words in names.get(subject, subject)]
    return TaskPage(of=meant[0]) if len(meant) == 1 else TaskPage()


def places(uow: UnitOfWork, person: int, undone: Sequence[OwnedDuty], page: int) -> Draft:
    """Return the enterprises and districts for which somebody owes something, to choose one."""
    owed = Counter(owned.duty.subject for owned in undone)
    entries = [
        Entry(name, Say("tasks-owed", number=owed[subject]), actions.DESK.data(TaskPage(of=subject)))
        for subject, name in whose.labels(uow, person, owed).items()
    ]
    return screen(
        [Say("tasks-which")], entries, page, lambda number: actions.DESK.data(TaskPage(number, choosing=True))
    )


def _below(
    uow: UnitOfWork, person: int, ledger: Mapping[str, Ledger], done: int, of: str
) -> tuple[list[Phrase], list[Tap]]:
    """Return what stands below the tasks, each line with its button."""
    lines: list[Phrase] = []
    taps: list[Tap] = []
    names = whose.labels(uow, person, ledger) if whose.stands_for_several(uow, person) else {}
    for code, counted in ledger.items():
        line = Say("tasks-hazards", number=counted.open)
        if counted.overdue:
            line = Say("tasks-hazards-overdue", number=counted.open, overdue=counted.overdue)
        lines.append(Say("group-at-place", place=names[code], group=line) if names else line)
    if ledger:
        taps.append(HAZARDS.tap(Say("option-hazards"), OPEN_HAZARDS, 1, of))
    if done:
        lines.append(Say("tasks-done", number=done))
        taps.append(actions.DESK.tap(Say("option-done-tasks"), TaskPage(done=True, of=of)))
    return lines, taps


def _group(uow: UnitOfWork, owned: OwnedDuty) -> Say:
    last, today = due_day(uow, owned.duty), uow.now.date()
    if owned.duty.unmet:
        return Say("tasks-unmet")
    if owned.duty.overdue(uow.now):
        return Say("tasks-overdue")
    sunday = today + timedelta(days=6 - today.weekday())
    return Say("tasks-week") if last is not None and last <= sunday else Say("tasks-later")


def done(
    uow: UnitOfWork,
    person: int,
    owned: Sequence[OwnedDuty],
    receipts: Mapping[int, str],
    page: TaskPage,
    *,
    nothing_left: bool,
) -> Draft:
    """Return a page of what was handed in, the latest first, each with its receipt."""
    phoned = phone_mark.among(uow, [own.duty for own in owned])
    ordered = sorted(owned, key=lambda own: (own.duty.answered_at or own.duty.opens, own.duty.id), reverse=True)
    entries = []
    for own in ordered:
        line, code = entry(uow, own), receipts.get(own.duty.id)
        when = line.when if code is None else Say("state-receipt", code=code, state=line.when)
        entries.append((own.duty.subject, replace(line, when=phone_mark.after(when, phoned.get(own.duty.id)))))
    heading: list[Phrase] = [Say("tasks-none")] if nothing_left else []
    heading.append(Say("tasks-done-heading", number=len(owned)))
    draft = screen(
        heading,
        by_place(uow, person, entries),
        page.number,
        lambda number: actions.DESK.data(TaskPage(number, done=True, of=page.of)),
    )
    return replace(draft, of=page.of or None)


def digest(uow: UnitOfWork, person: int, own: Sequence[OwnedDuty], watched: Sequence[OwnedDuty]) -> Draft:
    """A reminder of several duties: all that is overdue by name, then what it is about, and how many are owed besides;
    those of others that were escalated are counted.
    """
    heading: list[Phrase] = []
    if watched:
        heading.append(Say("escalation-intro"))
        heading.extend(escalation_lines(watched))
    every = owed(uow, person) if own else []
    if own:
        heading.append(_digest_heading(uow, own, every))
    return pressing(uow, person, heading, every, own, SCREEN)


def beside(uow: UnitOfWork, person: int, draft: Draft, own: OwnedDuty) -> Draft:
    """The reminder of one duty, and below it by name what else is overdue, due today, or not met by the promised day;
    what is owed besides is counted.
    """
    others = [one for one in owed(uow, person) if one.duty.id != own.duty.id]
    if not others:
        return draft
    late, today = [one for one in others if one.duty.overdue(uow.now)], due_today(uow, others)
    unmet = [one for one in others if one.duty.unmet]
    lines = [Say("remind-beside", number=len(late), names=_names(uow, late))] if late else []
    lines += [Say("remind-beside-today", number=len(today), names=_names(uow, today))] if today else []
    lines += [Say("remind-beside-unmet", number=len(unmet), names=_names(uow, unmet))] if unmet else []
    if unnamed := len(others) - len(late) - len(today) - len(unmet):
        lines.append(Say("digest-rest", number=unnamed))
    taps = (*draft.taps[: SCREEN - 1], actions.DESK.tap(Say("option-all-tasks"), TaskPage()))
    return replace(draft, lines=(*draft.lines, *lines), taps=taps)


def due_today(uow: UnitOfWork, every: Sequence[OwnedDuty]) -> list[OwnedDuty]:
    """Return which of these duties are to be answered today at the latest."""
    return [own for own in every if own.duty.status in UNDONE and cards.days_left(uow, own.duty) == 0]


def today_line(uow: UnitOfWork, every: Sequence[OwnedDuty]) -> Say:
    """Return the line with what of these duties is due today, for where some of it is named without its day."""
    today = due_today(uow, every)
    return Say("digest-today", day=uow.now.date(), number=len(today), names=_names(uow, today))


def _names(uow: UnitOfWork, owned: Sequence[OwnedDuty]) -> Listed:
    return Listed(tuple(line.title for _, line in _entries(uow, owned)))


def _is_today(line: Entry) -> bool:
    return isinstance(line.when, Say) and line.when.id == "when-today"


def _with_its_day(line: Entry) -> Phrase:
    ahead = isinstance(line.when, Say) and line.when.id == "when-left-short"
    return Say("digest-ahead", title=line.title, when=line.when) if ahead else line.title


def joined(uow: UnitOfWork, person: int) -> Draft | None:
    """What somebody owes who has just joined: the overdue by name, and how many there are; None: nothing."""
    every = owed(uow, person)
    if not every:
        return None
    days = [last for own in every if (last := due_day(uow, own.duty)) is not None and last >= uow.now.date()]
    late = overdue(uow, every)
    heading = Say("join-owed-overdue", number=len(every), overdue=late) if late else Say("join-owed", number=len(every))
    following = [Say("join-owed-next", due=min(days))] if days else []
    return pressing(uow, person, [heading, *following], every, every[:SCREEN], SCREEN)


def pressing(
    uow: UnitOfWork,
    person: int,
    heading: Sequence[Phrase],
    every: Sequence[OwnedDuty],
    about: Sequence[OwnedDuty],
    room: int,
) -> Draft:
    """Return a message that names of `every` duty that somebody owes what is overdue, due today, or not met by the
    promised day, then what it is `about`. `room`: buttons at the most; what has none is named all the same, with its
    day where that lies ahead, and what is not named is counted.
    """
    first = [own for own in every if _is_pressing(uow, own.duty)]
    known = {own.duty.id for own in first}
    named = [*first, *(own for own in about if own.duty.id not in known)]
    placed = by_place(uow, person, [(one.duty.subject, line) for one, line in _entries(uow, named)])
    unnamed = len({own.duty.id for own in every} - {own.duty.id for own in named})
    whole = len(placed) <= room and not unnamed
    shown = placed if whole else placed[: max(room - 1, 0)]
    draft = screen(heading, shown, 1, lambda number: actions.DESK.data(TaskPage(number)))
    lines: list[Phrase | None] = list(draft.lines)
    rest = placed[len(shown) :]
    if not shown:
        lines += [Say("digest-line", title=line.title, when=line.when) for line in rest]
    elif rest:
        if any(map(_is_today, rest)):
            lines.append(today_line(uow, named))
        if others := tuple(map(_with_its_day, (line for line in rest if not _is_today(line)))):
            lines.append(Say("digest-others", names=Listed(others)))
    if unnamed:
        lines.append(Say("digest-rest", number=unnamed))
    taps = draft.taps if whole else (*draft.taps, actions.DESK.tap(Say("option-all-tasks"), TaskPage()))
    return replace(draft, lines=tuple(lines), taps=taps)


def _is_pressing(uow: UnitOfWork, duty: Duty) -> bool:
    left = cards.days_left(uow, duty)
    return duty.unmet or (left is not None and left <= 0)


def overdue(uow: UnitOfWork, every: Sequence[OwnedDuty]) -> int:
    """Return how many of these duties are overdue."""
    return sum(own.duty.overdue(uow.now) for own in every)


def _digest_heading(uow: UnitOfWork, own: Sequence[OwnedDuty], every: Sequence[OwnedDuty]) -> Say:
    if late := overdue(uow, every):
        return Say("digest-overdue", number=len(every), overdue=late)
    left = [days for owned in own if (days := cards.days_left(uow, owned.duty)) is not None]
    if left and min(left) <= SOON:
        return Say("digest-soon", number=len(every))
    return Say("digest-opened", signature=signature(bureau(uow, own[0].duty)), number=len(every))


def bundle_id(uow: UnitOfWork, owned: OwnedDuty) -> str:
    """The id of the bundle that takes in a duty, or nothing."""
    bundle = uow.pack.bundle_of(owned.duty.obligation, owned.duty.period)
    return "" if bundle is None else bundle.id


def _entries(uow: UnitOfWork, owned: Sequence[OwnedDuty]) -> list[tuple[OwnedDuty, Entry]]:
    """Duties in their order, each entry with its first duty; what belongs to a bundle stands together as one, but what
    of it is due today apart from the rest.
    """
    several = len({own.duty.subject for own in owned}) > 1
    groups: dict[object, list[OwnedDuty]] = {}
    for own in owned:
        name, today = bundle_id(uow, own), cards.days_left(uow, own.duty) == 0
        alone = not name or own.duty.unmet
        groups.setdefault(own.duty.id if alone else (name, own.duty.subject, today), []).append(own)
    found: list[tuple[OwnedDuty, Entry]] = []
    for own, *others in groups.values():
        bundle = uow.pack.bundle_of(own.duty.obligation, own.duty.period)
        if bundle is None or not others:
            found.append((own, entry(uow, own)))
            continue
        title = Say("bundle-title", title=bundle.title, number=1 + len(others))
        data = actions.BUNDLE.data(bundle.id, 1, own.duty.subject if several else "")
        found.append((own, Entry(title, cards.state_line(uow, own.duty), data)))
    return found


def entry(uow: UnitOfWork, owned: OwnedDuty) -> Entry:
    """A duty as a line of a list."""
    return Entry(owned.title, cards.state_line(uow, owned.duty), actions.SHOW.data(owned.duty.id))


def escalation_lines(watched: Sequence[OwnedDuty]) -> list[Phrase]:
    """Return what others owe, a line each: of enterprises by district and duty with the number, of districts with their
    names.
    """
    enterprises = Counter((owned.duty.district, owned.title) for owned in watched if owned.duty.enterprise is not None)
    lines: list[Phrase] = [
        Say("escalation-line", district=district, title=title, number=number)
        for (district, title), number in sorted(enterprises.items(), key=lambda item: (item[0][0], -item[1]))
    ]
    districts: dict[Phrase, list[str]] = {}
    for owned in watched:
        if owned.duty.enterprise is None:
            districts.setdefault(owned.title, []).append(owned.duty.district)
    lines += [
        Say("escalation-districts", title=title, districts=Listed(tuple(named)), number=len(named))
        for title, named in districts.items()
    ]
    return lines
