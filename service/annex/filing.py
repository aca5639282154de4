"""The way of an annex table: draft, 填报, 审核 or back, 报出; what is filed never changes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from campaign.annex import Changed, is_sound
from campaign.periods import Period, shown
from campaign.roles import CITY, CLERK, LEADER
from campaign.talks.annex import OverrideBrief, ReturnBrief
from campaign.workdays import working_moment_after
from service.annex import cards, tables
from service.annex.cards import figures_digest, may_fill
from service.annex.sheet import AnnexPaper
from service.annex.tables import Table, drafted_from, snapshot, table
from service.core import papers
from service.core.letters import Draft, answer, send, tell
from service.core.permissions import Act, Area, require
from service.core.refusal import RefusedError, existing, not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import closing
from service.talks import flow
from storage import annex, duties, people
from storage.annex import AnnexVersion, Override
from storage.conversations import Conversation
from storage.duties import Duty
from storage.engine import apart
from talk.texts import Say

DRAFT_FOR = timedelta(days=7)
"""So long after its day a draft is still sent, by a replica that slept."""
_DRAFT: Mapping[str, Any] = {
    "state": "draft",
    "cells": None,
    "submitted_at": None,
    "submitted_by": None,
    "approved_at": None,
    "approved_by": None,
}


def open_of(uow: UnitOfWork, me: Speaker, duty: Duty) -> None:
    """现在填报 of the duty to report the table: its draft."""
    month = existing(tables.months(uow).get(duty.period))
    _show(uow, me, month, duty.district)


def submit(uow: UnitOfWork, me: Speaker, month: Period, column: str, seen: str) -> None:
    """填报: the figures that were shown (by their digest) go to the leader."""
    cards.require_fill(uow, me, column)
    if uow.now < drafted_from(uow, month):
        raise RefusedError(Say("annex-early", month=shown(month.name), day=drafted_from(uow, month).date()))
    kept = _locked(uow, month, column, "draft")
    found = table(uow, month, column, filing=True)
    if not _is_as_seen(uow, me, found, seen):
        return
    if fell := tables.unexplained(found):
        send(uow, me, cards.unexplained(uow, found, fell[0]))
        return
    if kept is None:
        annex.begin(uow.conn, month.name, column, None)
        kept = annex.newest(uow.conn, month.name, column)
    annex.change(
        uow.conn,
        _existing(kept).id,
        state="submitted",
        submitted_at=uow.now,
        submitted_by=me.person,
        cells=snapshot(found),
        remark=None,
        remark_row=None,
        remark_by=None,
    )
    uow.note("annex-submitted", _subject(month, column))
    handed_in = table(uow, month, column)
    leaders = [leader for leader in _reviewers(uow, column) if leader != me.person]
    reached = _tell_all(uow, leaders, handed_in, Say("annex-to-review", who=me.name))
    if column == uow.pack.annex.city_column:
        send(uow, me, cards.card(uow, me.person, handed_in))
    else:
        answer(uow, me, Say("annex-submitted" if reached else "annex-nobody-reviews", month=shown(month.name)))


def approve(uow: UnitOfWork, me: Speaker, month: Period, column: str, seen: str) -> None:
    """审核通过: the leader's one tap, good for the figures that were shown (by their digest)."""
    cards.require_review(uow, me, column)
    kept = _existing(_locked(uow, month, column, "submitted"))
    if not _is_as_seen(uow, me, table(uow, month, column), seen):
        return
    annex.change(uow.conn, kept.id, state="approved", approved_at=uow.now, approved_by=me.person)
    uow.note("annex-approved", _subject(month, column))
    approved = table(uow, month, column)
    clerks = [clerk for clerk in _fillers(uow, column) if clerk != me.person]
    _tell_all(uow, clerks, approved, Say("annex-approved-told", who=me.name))
    if may_fill(uow, me.person, column):
        send(uow, me, cards.card(uow, me.person, approved))
    else:
        answer(uow, me, Say("annex-approved", month=shown(month.name)))


def begin_return(uow: UnitOfWork, me: Speaker, month: Period, column: str, row: str) -> None:
    """退回: a leader the table that waits for review, the city one cell (`row`) of a filed one; with a sentence."""
    _returnable(uow, me, month, column, row)
    known = uow.pack.annex.row(row)
    label = "" if known is None else known.quoted
    brief = ReturnBrief(month=month.name, title=shown(month.name), column=column, row=row, label=label)
    flow.begin(uow, me, brief)


def returned(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: ReturnBrief, remark: str) -> None:
    """The sentence is there: back to whoever fills it in. A filed table stays as it is, and gets a next version."""
    del talk
    column, row, month = brief.column, brief.row, tables.months(uow)[brief.month]
    kept = _returnable(uow, me, month, column, row)
    said: dict[str, Any] = {"remark": remark, "remark_row": row or None, "remark_by": me.person}
    if row:
        annex.begin(uow.conn, month.name, column, kept, drafted_at=uow.now, **said)
    else:
        annex.change(uow.conn, kept.id, **_DRAFT, **said)
    uow.note("annex-returned", _subject(month, column), row=row, remark=uow.fingerprint(remark))
    draft = table(uow, month, column, filing=True)
    _tell_all(uow, _fillers(uow, column), draft, Say("annex-returned-told", who=me.name))
    answer(uow, me, Say("annex-returned-done", month=shown(month.name), place=column))


def _returnable(uow: UnitOfWork, me: Speaker, month: Period, column: str, row: str) -> AnnexVersion:
    """The version, locked, that this person may send back, as a whole or (`row`) for one cell."""
    if row:
        existing(uow.pack.annex.row(row))
        require(uow, me, Act.RETURN_ANNEX_CELL, Area.of_column(uow.pack, column))
    else:
        cards.require_review(uow, me, column)
    return _existing(_locked(uow, month, column, "filed" if row else "submitted"))


def withdraw(uow: UnitOfWork, me: Speaker, month: Period, column: str) -> None:
    """撤回: what waits for review, or was reviewed and not filed, is a draft again."""
    cards.require_fill(uow, me, column)
    kept = _existing(_locked(uow, month, column, "submitted", "approved"))
    annex.change(uow.conn, kept.id, **_DRAFT)
    uow.note("annex-withdrawn", _subject(month, column))
    _show(uow, me, month, column)


def ask_before_filing(uow: UnitOfWork, me: Speaker, month: Period, column: str, seen: str) -> None:
    """报出, of the figures that were shown (by their digest): asked once more since it cannot be undone."""
    ready = _to_file(uow, me, month, column, seen)
    if ready is not None:
        _, reviewed, _ = ready
        send(uow, me, cards.ask_before_filing(uow, reviewed))


def file(uow: UnitOfWork, me: Speaker, month: Period, column: str, seen: str) -> None:
    """确认报出: the table is filed, and answers its duty."""
    ready = _to_file(uow, me, month, column, seen)
    if ready is None:
        return
    kept, _, now = ready
    cells = snapshot(now)
    annex.change(uow.conn, kept.id, state="filed", filed_at=uow.now, filed_by=me.person, cells=cells)
    uow.note(
        "annex-filed",
        _subject(month, column),
        version=kept.version,
        values={cell["row"]: cell["values"] for cell in cells["cells"]},
    )
    _answer_duty(uow, me, month, column)
    answer(uow, me, Say("annex-filed", month=shown(month.name), at=uow.now))


def _to_file(
    uow: UnitOfWork, me: Speaker, month: Period, column: str, seen: str
) -> tuple[AnnexVersion, Table, Table] | None:
    """The reviewed version, locked; the table as it was reviewed, and as it is counted now. What was recorded since the
    review and changes a figure must be reviewed first: nothing is filed that the leader has not seen. None: the person
    was told why the table is not filed.
    """
    cards.require_fill(uow, me, column)
    kept = _existing(_locked(uow, month, column, "approved"))
    reviewed = table(uow, month, column)
    if not _is_as_seen(uow, me, reviewed, seen):
        return None
    now = tables.counted(uow, month, column)
    moved = [
        cell.row.name
        for cell, then in zip(now.cells, reviewed.cells, strict=True)
        if (cell.values, cell.counted) != (then.values, then.counted)
    ]
    if not moved:
        return kept, reviewed, now
    annex.change(uow.conn, kept.id, **_DRAFT)
    uow.note("annex-moved", _subject(month, column), rows=moved)
    answer(uow, me, Say("annex-moved-since", rows="、".join(moved)))
    send(uow, me, cards.card(uow, me.person, now))
    return None


def _answer_duty(uow: UnitOfWork, me: Speaker, month: Period, column: str) -> None:
    rule = tables.rule(uow)
    duty = None if rule is None else duties.of_period(uow.conn, rule.id, column, month.name)
    if duty is not None and duty.status in duties.UNANSWERED:
        closing.close(uow, duty, by=me.person, annex=_subject(month, column))


def order_paper(uow: UnitOfWork, me: Speaker, month: Period, column: str | None) -> None:
    """下载表格: the official table as .docx and .xlsx; of the city (None) with every column."""
    ready = Say("annex-paper-ready", month=shown(month.name), place=column or uow.pack.city)
    papers.order(uow, me, AnnexPaper(((me.person, ready),), month.name, column), Say("annex-making"))


def begin_override(uow: UnitOfWork, me: Speaker, month: Period, column: str, row: str) -> None:
    """改数: what is reported in the place of what was counted, with a reason."""
    known = uow.pack.annex.row(row)
    if known is None or not may_fill(uow, me.person, column):
        raise not_allowed()
    _locked(uow, month, column, "draft")
    cell = table(uow, month, column, filing=True).cell(row)
    brief = OverrideBrief(
        month=month.name,
        title=shown(month.name),
        column=column,
        row=row,
        label=known.quoted,
        figures=known.counts.named,
        counted=cell.counted,
        overridden=cell.override is not None,
    )
    flow.begin(uow, me, brief)


def overridden(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: OverrideBrief, changed: Changed) -> None:
    """A figure is changed in a draft; what was counted stays beside it."""
    del talk
    column, row, month = brief.column, brief.row, tables.months(uow)[brief.month]
    known = uow.pack.annex.row(row)
    values, reason = changed.values, changed.reason
    if known is None or (values is not None and not is_sound(known, values)):
        raise not_allowed()
    cards.require_fill(uow, me, column)
    _locked(uow, month, column, "draft")
    annex.override(uow.conn, column, Override(month.name, row, values, reason, me.person, uow.now))
    uow.note(
        "annex-override",
        _subject(month, column),
        row=row,
        values=None if values is None else [f"{number:f}" for number in values],
        reason=uow.fingerprint(reason),
    )
    send(uow, me, cards.cell(uow, me.person, table(uow, month, column, filing=True), row))


def drafts(uow: UnitOfWork, holders: Mapping[tuple[str, str], Sequence[int]]) -> dict[int, tuple[str, Draft]]:
    """Begin the drafts whose day has come, each column's once. Return, by person, the card for whoever fills the column
    in, with the dedupe key under which it leaves.
    """
    found: dict[int, tuple[str, Draft]] = {}
    for month in tables.months(uow).values():
        start = drafted_from(uow, month)
        if not start <= uow.now < start + DRAFT_FOR or not tables.is_owed(uow, month):
            continue
        begun = annex.states(uow.conn, month.name)
        left = [column for column in uow.pack.columns if column not in begun]
        for drafted in apart(uow.conn, [partial(_drafted, uow, month, column, holders) for column in left]):
            found |= drafted
    return found


def _drafted(
    uow: UnitOfWork, month: Period, column: str, holders: Mapping[tuple[str, str], Sequence[int]]
) -> dict[int, tuple[str, Draft]]:
    """The draft of one column, begun and made."""
    annex.begin(uow.conn, month.name, column, None, drafted_at=uow.now)
    fillers = holders.get(_filled_by(uow, column), ())
    if not fillers:
        return {}
    filled = table(uow, month, column, filing=True)
    return {
        person: (f"annex-draft/{month.name}/{column}/{person}", cards.card(uow, person, filled)) for person in fillers
    }


def send_draft(uow: UnitOfWork, person: int, draft: Draft, dedupe: str) -> bool:
    """Send it, in working hours."""
    wait = working_moment_after(uow.now) - uow.now
    return tell(uow, person, draft, kind="annex", dedupe=dedupe, not_before=uow.wall + wait)


def _show(uow: UnitOfWork, me: Speaker, month: Period, column: str) -> None:
    send(uow, me, cards.card(uow, me.person, table(uow, month, column, filing=True)))


def _is_as_seen(uow: UnitOfWork, me: Speaker, found: Table, seen: str) -> bool:
    """Whether the figures are still those under the button that was tapped; where not, they are shown anew."""
    if figures_digest(found) == seen:
        return True
    answer(uow, me, Say("annex-moved"))
    send(uow, me, cards.card(uow, me.person, found))
    return False


def _locked(uow: UnitOfWork, month: Period, column: str, *states: str) -> AnnexVersion | None:
    """The newest version of a table, locked, where it stands in one of these states; None is a draft that nobody has
    begun. RefusedError tells where it stands instead.
    """
    kept = annex.newest(uow.conn, month.name, column, lock=True)
    state = "draft" if kept is None else kept.state
    if state not in states:
        at = None if kept is None else kept.filed_at or kept.submitted_at
        local = uow.now if at is None else at.astimezone(uow.context.zone)
        raise RefusedError(Say("annex-stands", month=shown(month.name), state=state, at=local))
    return kept


def _existing(kept: AnnexVersion | None) -> AnnexVersion:
    if kept is None:
        raise LookupError("a table that was begun is there")
    return kept


def _tell_all(uow: UnitOfWork, readers: Sequence[int], found: Table, told: Say) -> bool:
    """Tell people of a table with its card, under a line of its own; whether that reached any of them."""
    reached = [
        tell(
            uow,
            person,
            cards.card(uow, person, found, told=told),
            kind="annex",
            dedupe=f"{uow.cause}/annex/{person}",
        )
        for person in readers
    ]
    return any(reached)


def _filled_by(uow: UnitOfWork, column: str) -> tuple[str, str]:
    """The role, and of which place, that fills in a column: the clerks of its district, or the city's staff."""
    return (CITY, uow.pack.city) if column == uow.pack.annex.city_column else (CLERK, column)


def _fillers(uow: UnitOfWork, column: str) -> list[int]:
    return people.holders(uow.conn, *_filled_by(uow, column))


def _reviewers(uow: UnitOfWork, column: str) -> list[int]:
    """The leaders of a column's district, or the city's staff."""
    if column == uow.pack.annex.city_column:
        return people.holders(uow.conn, CITY, uow.pack.city)
    return people.holders(uow.conn, LEADER, column)


def _subject(month: Period, column: str) -> str:
    return f"annex/{month.name}/{column}"
