"""The way of an annex table: draft, 填报, 审核 or back, 报出; what is filed never changes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from campaign.annex import Changed, is_sound
from campaign.periods import Period, shown
from campaign.workdays import working_moment_after
from service.annex import cards as annex_cards
from service.annex import tables as annex_tables
from service.annex.cards import mark, may_fill, may_review
from service.annex.sheet import AnnexPaper
from service.annex.tables import Table, drafted_from, rule, snapshot, table
from service.core import papers
from service.core.letters import Draft, answer, send, tell
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import Speaker, UnitOfWork
from service.talks import flow
from storage import annex, audit, duties, people
from storage.annex import Kept, Override
from storage.conversations import Conversation
from storage.duties import Duty
from storage.engine import apart
from talk.texts import Say

OVERRIDE = "annex-override"
RETURN = "annex-return"
DRAFT_FOR = timedelta(days=7)
"""So long after its day a draft is still sent, by a replica that slept."""


def open_of(uow: UnitOfWork, me: Speaker, duty: Duty) -> None:
    """现在填报 of the duty to report the table: its draft."""
    month = annex_tables.months(uow).get(duty.period)
    if month is None:
        answer(uow, me, Say("not-allowed"))
    else:
        send(uow, me, annex_cards.card(uow, me.person, table(uow, month, duty.district, filing=True)))


def submit(uow: UnitOfWork, me: Speaker, month: Period, column: str, seen: str) -> None:
    """填报: the figures that were shown go to the leader."""
    if not may_fill(uow, me.person, column):
        answer(uow, me, Say("not-allowed"))
        return
    kept = annex.newest(uow.conn, month.name, column, lock=True)
    if uow.now < drafted_from(uow, month):
        answer(uow, me, Say("annex-early", month=shown(month.name), day=drafted_from(uow, month).date()))
        return
    if kept is not None and kept.state != "draft":
        _say_state(uow, me, month, kept)
        return
    found = table(uow, month, column, filing=True)
    if not _as_seen(uow, me, found, seen):
        return
    if fell := annex_tables.unexplained(found):
        send(uow, me, annex_cards.unexplained(uow, found, fell[0]))
        return
    if kept is None:
        annex.begin(uow.conn, month.name, column, None)
        kept = annex.newest(uow.conn, month.name, column)
    annex.change(
        uow.conn,
        _id(kept),
        state="submitted",
        submitted_at=uow.now,
        submitted_by=me.person,
        cells=snapshot(found),
        remark=None,
        remark_row=None,
        remark_by=None,
    )
    audit.note(uow.conn, uow.now, "annex-submitted", me.person, _subject(month, column))
    handed_in = table(uow, month, column)
    reached = [
        tell(
            uow,
            leader,
            annex_cards.card(uow, leader, handed_in, told=Say("annex-to-review", who=me.name)),
            kind="annex",
            dedupe=f"{uow.cause}/annex/{leader}",
        )
        for leader in _reviewers(uow, column)
        if leader != me.person
    ]
    if column == uow.pack.annex.city_column:
        send(uow, me, annex_cards.card(uow, me.person, handed_in))
    else:
        answer(uow, me, Say("annex-submitted" if any(reached) else "annex-nobody-reviews", month=shown(month.name)))


def approve(uow: UnitOfWork, me: Speaker, month: Period, column: str, seen: str) -> None:
    """审核通过: the leader's one tap, good for the figures that were shown."""
    kept = annex.newest(uow.conn, month.name, column, lock=True)
    if not may_review(uow, me.person, column):
        answer(uow, me, Say("not-allowed"))
        return
    if kept is None or kept.state != "submitted":
        _say_state(uow, me, month, kept)
        return
    found = table(uow, month, column)
    if not _as_seen(uow, me, found, seen):
        return
    annex.change(uow.conn, kept.id, state="approved", approved_at=uow.now, approved_by=me.person)
    audit.note(uow.conn, uow.now, "annex-approved", me.person, _subject(month, column))
    approved = table(uow, month, column)
    for clerk in fillers(uow, column):
        if clerk != me.person:
            told = annex_cards.card(uow, clerk, approved, told=Say("annex-approved-told", who=me.name))
            tell(uow, clerk, told, kind="annex", dedupe=f"{uow.cause}/annex/{clerk}")
    if may_fill(uow, me.person, column):
        send(uow, me, annex_cards.card(uow, me.person, approved))
    else:
        answer(uow, me, Say("annex-approved", month=shown(month.name)))


def begin_return(uow: UnitOfWork, me: Speaker, month: Period, column: str, row: str) -> None:
    """退回: a leader the table that waits for review, the city one cell (`row`) of a filed one; with a sentence."""
    kept = annex.newest(uow.conn, month.name, column)
    if not _may_return(uow, me.person, column, row):
        answer(uow, me, Say("not-allowed"))
    elif kept is None or kept.state != ("filed" if row else "submitted"):
        _say_state(uow, me, month, kept)
    else:
        known = uow.pack.annex.row(row)
        brief = {
            "month": month.name,
            "title": shown(month.name).as_json(),
            "column": column,
            "row": row,
            "label": "" if known is None else known.quoted,
        }
        flow.begin_old(uow, me, RETURN, brief)


def returned(uow: UnitOfWork, me: Speaker, talk: Conversation, remark: str) -> None:
    """The sentence is there: back to whoever fills it in. A filed table stays as it is, and gets a next version."""
    column, row = str(talk.brief["column"]), str(talk.brief["row"])
    month = annex_tables.months(uow)[str(talk.brief["month"])]
    kept = annex.newest(uow.conn, month.name, column, lock=True)
    if not _may_return(uow, me.person, column, row):
        answer(uow, me, Say("not-allowed"))
        return
    if kept is None or kept.state != ("filed" if row else "submitted"):
        _say_state(uow, me, month, kept)
        return
    said: dict[str, Any] = {"remark": remark, "remark_row": row or None, "remark_by": me.person}
    if row:
        annex.begin(uow.conn, month.name, column, kept, drafted_at=uow.now, **said)
    else:
        annex.change(uow.conn, kept.id, **_DRAFT, **said)
    audit.note(uow.conn, uow.now, "annex-returned", me.person, _subject(month, column), row=row, remark=remark)
    again = table(uow, month, column, filing=True)
    for clerk in fillers(uow, column):
        tell(
            uow,
            clerk,
            annex_cards.card(uow, clerk, again, told=Say("annex-returned-told", who=me.name)),
            kind="annex",
            dedupe=f"{uow.cause}/annex/{clerk}",
        )
    answer(uow, me, Say("annex-returned-done", month=shown(month.name), place=column))


_DRAFT: Mapping[str, Any] = {
    "state": "draft",
    "cells": None,
    "submitted_at": None,
    "submitted_by": None,
    "approved_at": None,
    "approved_by": None,
}


def withdraw(uow: UnitOfWork, me: Speaker, month: Period, column: str) -> None:
    """撤回: what waits for review, or was reviewed and not filed, is a draft again."""
    kept = annex.newest(uow.conn, month.name, column, lock=True)
    if not may_fill(uow, me.person, column):
        answer(uow, me, Say("not-allowed"))
        return
    if kept is None or kept.state not in ("submitted", "approved"):
        _say_state(uow, me, month, kept)
        return
    annex.change(uow.conn, kept.id, **_DRAFT)
    audit.note(uow.conn, uow.now, "annex-withdrawn", me.person, _subject(month, column))
    send(uow, me, annex_cards.card(uow, me.person, table(uow, month, column, filing=True)))


def file(uow: UnitOfWork, me: Speaker, month: Period, column: str, seen: str, *, sure: bool) -> None:
    """报出, asked once more since it cannot be undone. What was recorded since the review and changes a figure must be
    reviewed first: nothing is filed that the leader has not seen.
    """
    kept = annex.newest(uow.conn, month.name, column, lock=True)
    if not may_fill(uow, me.person, column):
        answer(uow, me, Say("not-allowed"))
        return
    if kept is None or kept.state != "approved":
        _say_state(uow, me, month, kept)
        return
    reviewed = table(uow, month, column)
    if not _as_seen(uow, me, reviewed, seen):
        return
    now = annex_tables.counted(uow, month, column)
    moved = [
        cell.row.name
        for cell, then in zip(now.cells, reviewed.cells, strict=True)
        if (cell.values, cell.counted) != (then.values, then.counted)
    ]
    if moved:
        annex.change(uow.conn, kept.id, **_DRAFT)
        audit.note(uow.conn, uow.now, "annex-moved", me.person, _subject(month, column), rows=moved)
        answer(uow, me, Say("annex-moved-since", rows="、".join(moved)))
        send(uow, me, annex_cards.card(uow, me.person, now))
        return
    if not sure:
        send(uow, me, annex_cards.sure(uow, reviewed))
        return
    cells = snapshot(now)
    annex.change(uow.conn, kept.id, state="filed", filed_at=uow.now, filed_by=me.person, cells=cells)
    audit.note(
        uow.conn,
        uow.now,
        "annex-filed",
        me.person,
        _subject(month, column),
        version=kept.version,
        values={one["row"]: one["values"] for one in cells["cells"]},
    )
    _answer_duty(uow, me, month, column)
    answer(uow, me, Say("annex-filed", month=shown(month.name), at=uow.now))


def _answer_duty(uow: UnitOfWork, me: Speaker, month: Period, column: str) -> None:
    found = rule(uow)
    duty = None if found is None else duties.of_period(uow.conn, found.id, column, month.name)
    if duty is not None and duty.status in duties.UNANSWERED:
        duties.answered(uow.conn, duty.id, None, uow.now)
        audit.note(uow.conn, uow.now, "duty-answered", me.person, f"duty/{duty.id}", annex=_subject(month, column))


def print_(uow: UnitOfWork, me: Speaker, month: Period, column: str | None) -> None:
    """下载表格: the official table as .docx and .xlsx; of the city (None) with every column."""
    ready = Say("annex-paper-ready", month=shown(month.name), place=column or uow.pack.city)
    papers.order(uow, me, AnnexPaper(((me.person, ready),), month.name, column), Say("file-making"))


def begin_override(uow: UnitOfWork, me: Speaker, month: Period, column: str, row: str) -> None:
    """改数: what is reported in the place of what was counted, with a reason."""
    known = uow.pack.annex.row(row)
    kept = annex.newest(uow.conn, month.name, column)
    if known is None or not may_fill(uow, me.person, column):
        answer(uow, me, Say("not-allowed"))
        return
    if kept is not None and kept.state != "draft":
        _say_state(uow, me, month, kept)
        return
    cell = table(uow, month, column, filing=True).cell(row)
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
    flow.begin_old(uow, me, OVERRIDE, brief)


def overridden(uow: UnitOfWork, me: Speaker, talk: Conversation, changed: Changed) -> None:
    """A figure is changed in a draft; what was counted stays beside it."""
    column, row = str(talk.brief["column"]), str(talk.brief["row"])
    month = annex_tables.months(uow)[str(talk.brief["month"])]
    kept = annex.newest(uow.conn, month.name, column, lock=True)
    known = uow.pack.annex.row(row)
    values, reason = changed.values, changed.reason
    if known is None or not may_fill(uow, me.person, column) or (values is not None and not is_sound(known, values)):
        answer(uow, me, Say("not-allowed"))
        return
    if kept is not None and kept.state != "draft":
        _say_state(uow, me, month, kept)
        return
    annex.override(uow.conn, month.name, column, Override(row, values, reason, me.person, uow.now))
    audit.note(
        uow.conn,
        uow.now,
        "annex-override",
        me.person,
        _subject(month, column),
        row=row,
        values=None if values is None else [f"{number:f}" for number in values],
        reason=reason,
    )
    send(uow, me, annex_cards.cell(uow, me.person, table(uow, month, column, filing=True), row))


def drafts(uow: UnitOfWork, holders: Mapping[tuple[str, str], Sequence[int]]) -> dict[int, tuple[str, Draft]]:
    """On the day of a draft: every column's, once, for whoever fills it in, with the name by which it is sent once."""
    found: dict[int, tuple[str, Draft]] = {}
    for month in annex_tables.months(uow).values():
        start = drafted_from(uow, month)
        if not start <= uow.now < start + DRAFT_FOR:
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
    city = column == uow.pack.annex.city_column
    people_ = holders.get(("city", uow.pack.city) if city else ("clerk", column), ())
    if not people_:
        return {}
    filled = table(uow, month, column, filing=True)
    return {
        person: (f"annex-draft/{month.name}/{column}/{person}", annex_cards.card(uow, person, filled))
        for person in people_
    }


def send_draft(uow: UnitOfWork, person: int, draft: Draft, dedupe: str) -> bool:
    """Send it, in working hours."""
    wait = working_moment_after(uow.now) - uow.now
    return tell(uow, person, draft, kind="annex", dedupe=dedupe, not_before=uow.wall + wait)


def _as_seen(uow: UnitOfWork, me: Speaker, found: Table, seen: str) -> bool:
    """Whether the figures are still those under the button that was tapped; where not, they are shown anew."""
    if mark(found) == seen:
        return True
    answer(uow, me, Say("annex-moved"))
    send(uow, me, annex_cards.card(uow, me.person, found))
    return False


def _say_state(uow: UnitOfWork, me: Speaker, month: Period, kept: Kept | None) -> None:
    """Why something is not possible now: where the table stands."""
    state = "draft" if kept is None else kept.state
    at = None if kept is None else kept.filed_at or kept.submitted_at
    local = uow.now if at is None else at.astimezone(uow.context.zone)
    answer(uow, me, Say("annex-stands", month=shown(month.name), state=state, at=local))


def _may_return(uow: UnitOfWork, person: int, column: str, row: str) -> bool:
    if row:
        return uow.pack.annex.row(row) is not None and may(
            uow, person, Act.RETURN_ANNEX_CELL, Target.of_column(uow.pack, column)
        )
    return may_review(uow, person, column)


def _reviewers(uow: UnitOfWork, column: str) -> list[int]:
    city = column == uow.pack.annex.city_column
    return people.holders(uow.conn, "city", uow.pack.city) if city else people.holders(uow.conn, "leader", column)


def fillers(uow: UnitOfWork, column: str) -> list[int]:
    """Who fills in a column: the clerks of its district, or the city's staff."""
    city = column == uow.pack.annex.city_column
    return people.holders(uow.conn, "city", uow.pack.city) if city else people.holders(uow.conn, "clerk", column)


def _subject(month: Period, column: str) -> str:
    return f"annex/{month.name}/{column}"


def _id(kept: Kept | None) -> int:
    if kept is None:
        raise LookupError("a table that was begun is there")
    return kept.id
