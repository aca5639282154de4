"""Dated actions of a bureau that the annex table counts (抽查、执法): entered, and taken back with a reason."""

from datetime import date
from decimal import Decimal

from campaign.annex import OF_ENTERPRISES, Values, is_sound
from service.core.permissions import Act, Area, may, require
from service.core.refusal import RefusedError, existing
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import annex, registry
from talk.texts import Listed, Say


def enter(
    uow: UnitOfWork,
    me: Speaker,
    column: str,
    row: str,
    day: date,
    values: Values = (),
    note: str = "",
    *,
    enterprise: str | None = None,
) -> int:
    """Enter an action of a row of the table; return its number. RefusedError says what is wrong with it.

    A row in 家 names the enterprise, and its figure is 1; any other row gives all its figures, none below 0.
    """
    require(uow, me, Act.RECORD_ACTION, Area.of_column(uow.pack, column))
    known = uow.pack.annex.noted(row)
    if column not in uow.pack.columns or known is None or known.counts.ledger:
        names = tuple(row.name for row in uow.pack.annex.every if not row.counts.ledger)
        raise RefusedError(Say("action-no-row", given=f"{column} {row}", known=Listed(names)))
    if known.of_city and column != uow.pack.annex.city_column:
        raise RefusedError(Say("action-of-city", label=known.quoted))
    last = min(uow.now.date(), uow.pack.end)
    if not uow.pack.start <= day <= last:
        raise RefusedError(Say("action-day", first=uow.pack.start, last=last))
    where = None if enterprise is None else registry.enterprise(uow.conn, enterprise)
    if where is not None and not may(uow, me.person, Act.RECORD_ACTION, where):
        # Of another district, which this person does not even hear of.
        where = None
    if known.counts.named[0] in OF_ENTERPRISES:
        if where is None:
            raise RefusedError(Say("action-which-enterprise", label=known.quoted))
        values = (Decimal(1),)
    elif enterprise is not None and where is None:
        raise RefusedError(Say("action-which-enterprise", label=known.quoted))
    elif not is_sound(known, values):
        raise RefusedError(Say("action-figures", label=known.quoted, number=known.counts.figures))
    number = annex.act(
        uow.conn,
        district=column,
        row=row,
        enterprise=enterprise,
        day=day,
        at=uow.now,
        values=values,
        note=note,
        by=me.person,
    )
    uow.note("action-entered", f"action/{number}", row=row, day=str(day))
    return number


def take_back(uow: UnitOfWork, me: Speaker, number: int, reason: str) -> int:
    """Enter a counter-entry; return its number. What was entered counts no more, and stays readable with the reason."""
    entry = existing(annex.action(uow.conn, number))
    require(uow, me, Act.RECORD_ACTION, Area.of_column(uow.pack, entry.district))
    if entry.corrects is not None or entry.taken_back is not None:
        raise RefusedError(Say("action-taken-back"))
    if not reason.strip():
        raise RefusedError(Say("action-reason"))
    counter = annex.act(
        uow.conn,
        district=entry.district,
        row=entry.row,
        enterprise=entry.enterprise,
        day=entry.day,
        at=uow.now,
        values=(),
        note=reason.strip(),
        by=me.person,
        corrects=number,
    )
    uow.note("action-taken-back", f"action/{number}", counter=counter)
    return counter
