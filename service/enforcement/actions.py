"""Dated actions of a bureau that the annex table counts (抽查、执法): entered, and taken back with a reason."""

from datetime import date
from decimal import Decimal

from campaign.annex import IN_MONEY, OF_ENTERPRISES, AnnexRow, Values
from service.annex.tables import columns
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hazards.ledger import judged
from storage import annex as storage
from storage import audit, registry
from talk.texts import Listed, Say

MOST = Decimal(100_000_000)
"""A figure beyond this is a slip of the finger."""


class ActionRefusedError(Exception):
    """An entry that cannot be: `say` tells what is wrong and what to do."""

    def __init__(self, say: Say) -> None:
        super().__init__(say.id)
        self.say = say


def target_of(uow: UnitOfWork, column: str) -> Target:
    """What an act on a column of the table is about: its district, or the city itself."""
    return Target() if column == uow.pack.annex.city_column else Target(column)


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
    """Enter an action of a row of the table; its number. ActionRefusedError says what is wrong with it.

    A row in 家 names the enterprise, and its figure is 1; any other row gives all its figures, none below 0.
    """
    if not may(uow, me.person, Act.RECORD_ACTION, target_of(uow, column)):
        raise ActionRefusedError(Say("not-allowed"))
    known = uow.pack.annex.row(row)
    if column not in columns(uow) or known is None or known.counts.ledger:
        names = tuple(one.name for one in uow.pack.annex.rows if not one.counts.ledger)
        raise ActionRefusedError(Say("action-no-row", given=f"{column} {row}", known=Listed(names)))
    if known.of_city and column != uow.pack.annex.city_column:
        raise ActionRefusedError(Say("action-of-city", label=known.quoted))
    last = min(uow.now.date(), uow.pack.end)
    if not uow.pack.start <= day <= last:
        raise ActionRefusedError(Say("action-day", first=uow.pack.start, last=last))
    where = None if enterprise is None else registry.enterprise(uow.conn, enterprise)
    if where is not None and not may(uow, me.person, Act.RECORD_ACTION, judged(where)):
        # Of another district, which this person does not even hear of.
        where = None
    if known.counts.named[0] in OF_ENTERPRISES:
        if where is None:
            raise ActionRefusedError(Say("action-which-enterprise", label=known.quoted))
        values = (Decimal(1),)
    elif enterprise is not None and where is None:
        raise ActionRefusedError(Say("action-which-enterprise", label=known.quoted))
    elif not sound(known, values):
        raise ActionRefusedError(Say("action-figures", label=known.quoted, number=known.counts.figures))
    number = storage.act(
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
    audit.note(uow.conn, uow.now, "action-entered", me.person, f"action/{number}", row=row, day=str(day))
    return number


def take_back(uow: UnitOfWork, me: Speaker, number: int, reason: str) -> int:
    """A counter-entry: what was entered counts no more, and stays readable with the reason; its number."""
    entry = storage.action(uow.conn, number)
    if entry is None or not may(uow, me.person, Act.RECORD_ACTION, target_of(uow, entry["district"])):
        raise ActionRefusedError(Say("not-allowed"))
    if entry["corrects"] is not None or entry["taken_back"] is not None:
        raise ActionRefusedError(Say("action-taken-back"))
    if not reason.strip():
        raise ActionRefusedError(Say("action-reason"))
    counter = storage.act(
        uow.conn,
        district=entry["district"],
        row=entry["row"],
        enterprise=entry["enterprise"],
        day=entry["day"],
        at=uow.now,
        values=(),
        note=reason.strip(),
        by=me.person,
        corrects=number,
    )
    audit.note(uow.conn, uow.now, "action-taken-back", me.person, f"action/{number}", counter=counter)
    return counter


def sound(row: AnnexRow, values: Values) -> bool:
    """Whether figures can stand in a row: as many as it has, none below 0, whole unless they are money to the 分."""
    return len(values) == row.counts.figures and all(
        number.is_finite() and 0 <= number <= MOST and number == round(number, 6 if figure in IN_MONEY else 0)
        for figure, number in zip(row.counts.named, values, strict=True)
    )
