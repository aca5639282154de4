"""A month of thirty enterprises, rehearsed over the Bot API."""

from datetime import date, datetime, time
from pathlib import Path

from sqlalchemy import select, update

from campaign.permit_life import Pause
from service.core.unit_of_work import UnitOfWork
from storage.desk_tables import returned_answers
from storage.tables import annex_tables, duties
from tests.rehearsal import listings
from tests.rehearsal.annex_table import Filings, compare
from tests.rehearsal.checks import check
from tests.rehearsal.counting import count
from tests.rehearsal.people import Temper
from tests.rehearsal.permit_table import Permits
from tests.rehearsal.stage import ZONE, Stage, rehearsed
from tests.rehearsal.table import Ledger, tabulate

JUNE = (date(2023, 6, 1), date(2023, 6, 30))
HOT_DAYS = 3
CELLS = 24


async def test_june_of_thirty_enterprises(tmp_path: Path) -> None:
    async with rehearsed(tmp_path, enterprises=30, first=JUNE[0], last=JUNE[1], hot_work=HOT_DAYS) as stage:
        table = tabulate(stage)
        assert table == count(stage)
        assert sum(line.answered for line in table.lines.values()) > 300
        assert sum(line.late for line in table.lines.values()) > 0
        check(stage)
        assert not listings.compare(stage).mismatches
        _the_ledger_lived(table.ledger)
        _permits_lived(table.permits)
        assert {change.turn.what for desk in stage.desks.desks for change in desk.lives} >= {"停产", "合并"}
        _every_table_was_filed_as_counted(stage, table.filings)
        _the_silent_are_escalated(stage)
        _the_prompt_owe_nothing(stage)
        assert not stage.odd
        _a_changed_cell_is_found(stage)


async def test_the_list_of_may_is_confirmed_at_once(tmp_path: Path) -> None:
    async with rehearsed(tmp_path, enterprises=4, first=date(2023, 5, 23), last=date(2023, 5, 25), hot_work=0) as stage:
        assert tabulate(stage) == count(stage)
        texts = [shown.text for person in stage.people for shown in person.chat.shown]
        assert any("已收到您的7项填报" in text for text in texts)
        assert not stage.odd


async def test_the_same_seed_gives_the_same_table(tmp_path: Path) -> None:
    tables = []
    for number, seed in enumerate((5, 5)):
        folder = tmp_path / str(number)
        folder.mkdir()
        async with rehearsed(
            folder, seed=seed, enterprises=4, first=date(2023, 6, 12), last=date(2023, 6, 20), hot_work=1
        ) as stage:
            tables.append(str(tabulate(stage)))
    assert tables[0] == tables[1]


def _the_ledger_lived(ledger: Ledger) -> None:
    assert min(ledger.enterprises.found, ledger.enterprises.closed, ledger.departments.found) > 0
    assert min(ledger.answered, ledger.moved) > 0
    assert ledger.answered <= ledger.owed


def _permits_lived(permits: Permits) -> None:
    came = permits.outcomes
    assert permits.days == HOT_DAYS
    assert min(came.submitted, came.approved, came.started, came.expired, came.closed, came.blocked) > 0
    assert min(came.suspended[Pause.MISSED], came.suspended[Pause.STOPPED]) > 0
    assert sum(came.suspended.values()) >= came.resumed > 0
    assert came.started <= came.approved <= came.submitted


def _every_table_was_filed_as_counted(stage: Stage, filings: Filings) -> None:
    june = filings.months[6]
    assert min(june.in_time, june.late, june.returned, june.corrected) > 0
    assert stage.desks.refused == {"early": 1, "twice": 1}
    compared = compare(stage)
    assert not compared.mismatches
    assert compared.cells == compared.tables * CELLS > 0
    assert min(compared.totals[row] for row in ("A1", "A2", "A3", "B1", "C2", "C3")) > 0


def _a_changed_cell_is_found(stage: Stage) -> None:
    """Else nobody knew whether the recount looks at all."""

    def changes(uow: UnitOfWork) -> None:
        table = uow.conn.execute(select(annex_tables).filter_by(district="浑南区", month="2023-06", version=1)).one()
        table.cells["cells"][0]["values"] = ["99"]
        uow.conn.execute(update(annex_tables).where(annex_tables.c.id == table.id).values(cells=table.cells))

    stage.app.use(changes)
    (found,) = compare(stage).mismatches
    assert found.startswith("浑南区 2023-06 version 1 A1: filed 99, counted ")


def _owed(stage: Stage, temper: Temper) -> list[tuple[str, date, str | None]]:
    """Undone duties of enterprises whose principals are of a temper: obligation, due day, how far escalated."""
    subjects = [one.subject for one in stage.people if one.role == "principal" and one.temper == temper]
    undone = select(duties).where(
        duties.c.subject.in_(subjects), duties.c.status.in_(("open", "returned")), duties.c.due.is_not(None)
    )
    # What a clerk gives back on the last day is answered on the next.
    last = datetime.combine(JUNE[1], time.min, ZONE)
    just = select(returned_answers.c.duty).where(returned_answers.c.at >= last)
    undone = undone.where(duties.c.id.not_in(just))
    rows = stage.app.database.look(lambda conn: conn.execute(undone).all())
    return [(row.obligation, row.due.astimezone(stage.now.tzinfo).date(), row.escalated) for row in rows]


def _the_silent_are_escalated(stage: Stage) -> None:
    owed = _owed(stage, "silent")
    # Due on 15 June: the third day after is a Sunday, the fifth a Tuesday.
    assert {escalated for _, due, escalated in owed if due == date(2023, 6, 15)} == {"city"}
    assert {escalated for _, due, escalated in owed if due > JUNE[1]} <= {None}
    silent = {person.subject for person in stage.people if person.role == "principal" and person.temper == "silent"}
    assert silent
    # The city, with many districts at once, reads how many each has.
    for role, words in (("clerk", "对照判定标准自查"), ("city", "⚠️ 逾期仍未填报的：")):
        texts = [push.text for person in stage.people if person.role == role for push in person.pushes]
        assert any(words in text for text in texts), role


def _the_prompt_owe_nothing(stage: Stage) -> None:
    # What is due on the last day may stand behind the numbered lines of that morning.
    assert not [one for one in _owed(stage, "prompt") if one[1] < JUNE[1]]
