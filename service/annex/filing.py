"""The way of an annex table: draft, 填报, 审核 or back, 报出; what is filed never changes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from campaign.annex import Changed
from campaign.periods import Period, shown
from campaign.workdays import working_moment_after
from service import papers, talks
from service.actions import sound, target_of
from service.annex import cards as annex_cards
from service.annex import tables as annex
from service.annex.cards import mark, may_fill, may_review
from service.annex.tables import Table, columns, drafted_from, rule, snapshot, table
from service.letters import Draft, answer, send, tell
from service.permissions import Act, may
from service.work import Paper, PaperKind, Speaker, Talking, Work
from storage import annex as storage
from storage import audit, duties, people
from storage.annex import Kept, Override
from storage.duties import Duty
from storage.engine import apart
from talk.texts import Say

OVERRIDE = "annex-override"
RETURN = "annex-return"
DRAFT_FOR = timedelta(days=7)
"""So long after its day a draft is still sent, by a replica that slept."""


def open_of(work: Work, me: Speaker, duty: Duty) -> None:
    """现在填报 of the duty to report the table: its draft."""
    month = annex.months(work).get(duty.period)
    if month is None:
        answer(work, me, Say("not-allowed"))
    else:
        send(work, me, annex_cards.card(work, me.person, table(work, month, duty.district, filing=True)))


def submit(work: Work, me: Speaker, month: Period, column: str, seen: str) -> None:
    """填报: the figures that were shown go to the leader."""
    if not may_fill(work, me.person, column):
        answer(work, me, Say("not-allowed"))
        return
    kept = storage.newest(work.conn, month.name, column, lock=True)
    if work.now < drafted_from(work, month):
        answer(work, me, Say("annex-early", month=shown(month.name), day=drafted_from(work, month).date()))
        return
    if kept is not None and kept.state != "draft":
        _say_state(work, me, month, kept)
        return
    found = table(work, month, column, filing=True)
    if not _as_seen(work, me, found, seen):
        return
    if fell := annex.unexplained(found):
        send(work, me, annex_cards.unexplained(work, found, fell[0]))
        return
    if kept is None:
        storage.begin(work.conn, month.name, column, None)
        kept = storage.newest(work.conn, month.name, column)
    storage.change(
        work.conn,
        _id(kept),
        state="submitted",
        submitted_at=work.now,
        submitted_by=me.person,
        cells=snapshot(found),
        remark=None,
        remark_row=None,
        remark_by=None,
    )
    audit.note(work.conn, work.now, "annex-submitted", me.person, _subject(month, column))
    handed_in = table(work, month, column)
    reached = [
        tell(
            work,
            leader,
            annex_cards.card(work, leader, handed_in, told=Say("annex-to-review", who=me.name)),
            kind="annex",
            dedupe=f"{work.cause}/annex/{leader}",
        )
        for leader in _reviewers(work, column)
        if leader != me.person
    ]
    if column == work.pack.annex.city_column:
        send(work, me, annex_cards.card(work, me.person, handed_in))
    else:
        answer(work, me, Say("annex-submitted" if any(reached) else "annex-nobody-reviews", month=shown(month.name)))


def approve(work: Work, me: Speaker, month: Period, column: str, seen: str) -> None:
    """审核通过: the leader's one tap, good for the figures that were shown."""
    kept = storage.newest(work.conn, month.name, column, lock=True)
    if not may_review(work, me.person, column):
        answer(work, me, Say("not-allowed"))
        return
    if kept is None or kept.state != "submitted":
        _say_state(work, me, month, kept)
        return
    found = table(work, month, column)
    if not _as_seen(work, me, found, seen):
        return
    storage.change(work.conn, kept.id, state="approved", approved_at=work.now, approved_by=me.person)
    audit.note(work.conn, work.now, "annex-approved", me.person, _subject(month, column))
    approved = table(work, month, column)
    for clerk in fillers(work, column):
        if clerk != me.person:
            told = annex_cards.card(work, clerk, approved, told=Say("annex-approved-told", who=me.name))
            tell(work, clerk, told, kind="annex", dedupe=f"{work.cause}/annex/{clerk}")
    if may_fill(work, me.person, column):
        send(work, me, annex_cards.card(work, me.person, approved))
    else:
        answer(work, me, Say("annex-approved", month=shown(month.name)))


def begin_return(work: Work, me: Speaker, month: Period, column: str, row: str) -> None:
    """退回: a leader the table that waits for review, the city one cell (`row`) of a filed one; with a sentence."""
    kept = storage.newest(work.conn, month.name, column)
    if not _may_return(work, me.person, column, row):
        answer(work, me, Say("not-allowed"))
    elif kept is None or kept.state != ("filed" if row else "submitted"):
        _say_state(work, me, month, kept)
    else:
        known = work.pack.annex.row(row)
        brief = {
            "month": month.name,
            "title": shown(month.name).as_json(),
            "column": column,
            "row": row,
            "label": "" if known is None else known.quoted,
        }
        talks.begin(work, me, RETURN, brief)


def returned(work: Work, me: Speaker, talk: Talking, remark: str) -> None:
    """The sentence is there: back to whoever fills it in. A filed table stays as it is, and gets a next version."""
    column, row = str(talk.brief["column"]), str(talk.brief["row"])
    month = annex.months(work)[str(talk.brief["month"])]
    kept = storage.newest(work.conn, month.name, column, lock=True)
    if not _may_return(work, me.person, column, row):
        answer(work, me, Say("not-allowed"))
        return
    if kept is None or kept.state != ("filed" if row else "submitted"):
        _say_state(work, me, month, kept)
        return
    said: dict[str, Any] = {"remark": remark, "remark_row": row or None, "remark_by": me.person}
    if row:
        storage.begin(work.conn, month.name, column, kept, drafted_at=work.now, **said)
    else:
        storage.change(work.conn, kept.id, **_DRAFT, **said)
    audit.note(work.conn, work.now, "annex-returned", me.person, _subject(month, column), row=row, remark=remark)
    again = table(work, month, column, filing=True)
    for clerk in fillers(work, column):
        tell(
            work,
            clerk,
            annex_cards.card(work, clerk, again, told=Say("annex-returned-told", who=me.name)),
            kind="annex",
            dedupe=f"{work.cause}/annex/{clerk}",
        )
    answer(work, me, Say("annex-returned-done", month=shown(month.name), place=column))


_DRAFT: Mapping[str, Any] = {
    "state": "draft",
    "cells": None,
    "submitted_at": None,
    "submitted_by": None,
    "approved_at": None,
    "approved_by": None,
}


def withdraw(work: Work, me: Speaker, month: Period, column: str) -> None:
    """撤回: what waits for review, or was reviewed and not filed, is a draft again."""
    kept = storage.newest(work.conn, month.name, column, lock=True)
    if not may_fill(work, me.person, column):
        answer(work, me, Say("not-allowed"))
        return
    if kept is None or kept.state not in ("submitted", "approved"):
        _say_state(work, me, month, kept)
        return
    storage.change(work.conn, kept.id, **_DRAFT)
    audit.note(work.conn, work.now, "annex-withdrawn", me.person, _subject(month, column))
    send(work, me, annex_cards.card(work, me.person, table(work, month, column, filing=True)))


def file(work: Work, me: Speaker, month: Period, column: str, seen: str, *, sure: bool) -> None:
    """报出, asked once more since it cannot be undone. What was recorded since the review and changes a figure must be
    reviewed first: nothing is filed that the leader has not seen.
    """
    kept = storage.newest(work.conn, month.name, column, lock=True)
    if not may_fill(work, me.person, column):
        answer(work, me, Say("not-allowed"))
        return
    if kept is None or kept.state != "approved":
        _say_state(work, me, month, kept)
        return
    reviewed = table(work, month, column)
    if not _as_seen(work, me, reviewed, seen):
        return
    now = annex.counted(work, month, column)
    moved = [
        cell.row.name
        for cell, then in zip(now.cells, reviewed.cells, strict=True)
        if (cell.values, cell.counted) != (then.values, then.counted)
    ]
    if moved:
        storage.change(work.conn, kept.id, **_DRAFT)
        audit.note(work.conn, work.now, "annex-moved", me.person, _subject(month, column), rows=moved)
        answer(work, me, Say("annex-moved-since", rows="、".join(moved)))
        send(work, me, annex_cards.card(work, me.person, now))
        return
    if not sure:
        send(work, me, annex_cards.sure(work, reviewed))
        return
    cells = snapshot(now)
    storage.change(work.conn, kept.id, state="filed", filed_at=work.now, filed_by=me.person, cells=cells)
    audit.note(
        work.conn,
        work.now,
        "annex-filed",
        me.person,
        _subject(month, column),
        version=kept.version,
        values={one["row"]: one["values"] for one in cells["cells"]},
    )
    _answer_duty(work, me, month, column)
    answer(work, me, Say("annex-filed", month=shown(month.name), at=work.now))


def _answer_duty(work: Work, me: Speaker, month: Period, column: str) -> None:
    found = rule(work)
    duty = None if found is None else duties.one(work.conn, found.id, column, month.name)
    if duty is not None and duty.status in duties.UNANSWERED:
        duties.answered(work.conn, duty.id, None, work.now)
        audit.note(work.conn, work.now, "duty-answered", me.person, f"duty/{duty.id}", annex=_subject(month, column))


def print_(work: Work, me: Speaker, month: Period, column: str | None) -> None:
    """下载表格: the official table as .docx and .xlsx; of the city (None) with every column."""
    if papers.too_many(work, me):
        answer(work, me, Say("file-pause"))
        return
    ready = Say("annex-paper-ready", month=shown(month.name), place=column or work.pack.city)
    work.papers.append(Paper(PaperKind.ANNEX, "", ((me.person, ready),), annex=(month.name, column or "")))
    answer(work, me, Say("file-making"))


def begin_override(work: Work, me: Speaker, month: Period, column: str, row: str) -> None:
    """改数: what is reported in the place of what was counted, with a reason."""
    known = work.pack.annex.row(row)
    kept = storage.newest(work.conn, month.name, column)
    if known is None or not may_fill(work, me.person, column):
        answer(work, me, Say("not-allowed"))
        return
    if kept is not None and kept.state != "draft":
        _say_state(work, me, month, kept)
        return
    cell = table(work, month, column, filing=True).cell(row)
    brief = {
        "month": month.name,
        "title": shown(month.name).as_json(),
        "column": column,
        "row": row,
        "label": known.quoted,
        "figures": list(known.counts.named),
        "counted": [f"{number:f}" for number in cell.counted],
        "overridden": cell.override is not None,
    }
    talks.begin(work, me, OVERRIDE, brief)


def overridden(work: Work, me: Speaker, talk: Talking, changed: Changed) -> None:
    """A figure is changed in a draft; what was counted stays beside it."""
    column, row = str(talk.brief["column"]), str(talk.brief["row"])
    month = annex.months(work)[str(talk.brief["month"])]
    kept = storage.newest(work.conn, month.name, column, lock=True)
    known = work.pack.annex.row(row)
    values, reason = changed.values, changed.reason
    if known is None or not may_fill(work, me.person, column) or (values is not None and not sound(known, values)):
        answer(work, me, Say("not-allowed"))
        return
    if kept is not None and kept.state != "draft":
        _say_state(work, me, month, kept)
        return
    storage.override(work.conn, month.name, column, Override(row, values, reason, me.person, work.now))
    audit.note(
        work.conn,
        work.now,
        "annex-override",
        me.person,
        _subject(month, column),
        row=row,
        values=None if values is None else [f"{number:f}" for number in values],
        reason=reason,
    )
    send(work, me, annex_cards.cell(work, me.person, table(work, month, column, filing=True), row))


def drafts(work: Work, holders: Mapping[tuple[str, str], Sequence[int]]) -> dict[int, tuple[str, Draft]]:
    """On the day of a draft: every column's, once, for whoever fills it in, with the name by which it is sent once."""
    found: dict[int, tuple[str, Draft]] = {}
    for month in annex.months(work).values():
        start = drafted_from(work, month)
        if not start <= work.now < start + DRAFT_FOR:
            continue
        begun = storage.states(work.conn, month.name)
        left = [column for column in columns(work) if column not in begun]
        for drafted in apart(work.conn, [partial(_drafted, work, month, column, holders) for column in left]):
            found |= drafted
    return found


def _drafted(
    work: Work, month: Period, column: str, holders: Mapping[tuple[str, str], Sequence[int]]
) -> dict[int, tuple[str, Draft]]:
    """The draft of one column, begun and made."""
    storage.begin(work.conn, month.name, column, None, drafted_at=work.now)
    city = column == work.pack.annex.city_column
    people_ = holders.get(("city", work.pack.city) if city else ("clerk", column), ())
    if not people_:
        return {}
    filled = table(work, month, column, filing=True)
    return {
        person: (f"annex-draft/{month.name}/{column}/{person}", annex_cards.card(work, person, filled))
        for person in people_
    }


def send_draft(work: Work, person: int, draft: Draft, dedupe: str) -> bool:
    """Send it, in working hours."""
    wait = working_moment_after(work.now) - work.now
    return tell(work, person, draft, kind="annex", dedupe=dedupe, not_before=work.wall + wait)


def _as_seen(work: Work, me: Speaker, found: Table, seen: str) -> bool:
    """Whether the figures are still those under the button that was tapped; where not, they are shown anew."""
    if mark(found) == seen:
        return True
    answer(work, me, Say("annex-moved"))
    send(work, me, annex_cards.card(work, me.person, found))
    return False


def _say_state(work: Work, me: Speaker, month: Period, kept: Kept | None) -> None:
    """Why something is not possible now: where the table stands."""
    state = "draft" if kept is None else kept.state
    at = None if kept is None else kept.filed_at or kept.submitted_at
    local = work.now if at is None else at.astimezone(work.house.zone)
    answer(work, me, Say("annex-stands", month=shown(month.name), state=state, at=local))


def _may_return(work: Work, person: int, column: str, row: str) -> bool:
    if row:
        return work.pack.annex.row(row) is not None and may(
            work, person, Act.RETURN_ANNEX_CELL, target_of(work, column)
        )
    return may_review(work, person, column)


def _reviewers(work: Work, column: str) -> list[int]:
    city = column == work.pack.annex.city_column
    return people.holders(work.conn, "city", work.pack.city) if city else people.holders(work.conn, "leader", column)


def fillers(work: Work, column: str) -> list[int]:
    """Who fills in a column: the clerks of its district, or the city's staff."""
    city = column == work.pack.annex.city_column
    return people.holders(work.conn, "city", work.pack.city) if city else people.holders(work.conn, "clerk", column)


def _subject(month: Period, column: str) -> str:
    return f"annex/{month.name}/{column}"


def _id(kept: Kept | None) -> int:
    if kept is None:
        raise LookupError("a table that was begun is there")
    return kept.id
