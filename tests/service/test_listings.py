"""A page of a list costs as many statements of the database, however long the list is."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from bot.incoming import respond
from campaign.checks import How
from service.core.unit_of_work import UnitOfWork
from storage import (
    annex,
    checks,
    conversations,
    duties,
    hazards,
    notices,
    people,
    permits,
    phone_answers,
    proposals,
    raised_problems,
    training_log,
    workers,
)
from storage.checks import CheckEntry
from storage.notices import Recipient
from talk.messages import Address, Inbound, Kind
from tests.service.conftest import CITY, DISTRICT
from tests.service.lines import code, line
from tests.town import Town

FEW, MANY = 5, 60
PRINCIPAL, OFFICER, CLERK, STAFF = ("principal", "officer", "clerk", "city")
"""The principal is that of all enterprises, the officer of the first one."""
PHOTO = ["ab" * 32, "现场.jpg", "image/jpeg", 1024]
PLACE = "6"
"""浑南区 among the columns of the annex, and the districts."""
FIRST = code(1)
"""The enterprise that has most of everything."""

LISTINGS = (
    (PRINCIPAL, "a:tasks:"),
    (PRINCIPAL, "a:tasks:2"),
    (PRINCIPAL, "a:tasks:done"),
    (PRINCIPAL, "a:bundle:first-round"),
    (PRINCIPAL, "a:hazards:"),
    (PRINCIPAL, "a:hazards:closed"),
    (PRINCIPAL, "a:permits:"),
    (PRINCIPAL, "a:notices:"),
    (OFFICER, "a:tasks:"),
    (OFFICER, "a:workers:"),
    (OFFICER, "a:permits:"),
    (PRINCIPAL, f"a:phone-cards:{FIRST}"),
    (CLERK, "a:hazards:"),
    (CLERK, "a:permits:"),
    (CLERK, "a:notices:"),
    (CLERK, "a:waiting:"),
    (CLERK, "a:annex:show:2023-06:6"),
    (CLERK, "a:annex:block:2023-06:6:A"),
    (CLERK, "a:annex:cell:2023-06:6:A1"),
    (CLERK, "a:annex:records:2023-06:6:A1"),
    (CLERK, "a:annex:records:2023-06:6:C3:2"),
    (CLERK, "a:actions:6:2023-06:1"),
    (CLERK, "a:actions:6:2023-06:2"),
    (CLERK, "a:checks:planned:7"),
    (CLERK, "a:checks:recorded:7"),
    (CLERK, "a:spot:1"),
    (CLERK, "a:check-hazards:1"),
    (CLERK, "a:check-photos:1"),
    (CLERK, "a:check-suggested:"),
    (CLERK, "a:check-inspectors:"),
    (CLERK, "a:check-drawn:1"),
    (CLERK, "a:owes:6:1"),
    (CLERK, "a:progress:outsourcing-check|once|6"),
    (CLERK, "a:owed:overdue|study-plan|once|6:1"),
    (CLERK, "a:owed:answered|outsourcing-check|once|6:1"),
    (CLERK, "a:owed:explained|control-check|once|6:1"),
    (CLERK, "a:unreached:6:1"),
    (CLERK, f"a:firm:{FIRST}"),
    (CLERK, f"a:firm-duties:{FIRST}:1"),
    (CLERK, f"a:firm-hazards:{FIRST}:1"),
    (CLERK, f"a:phone-duties:{FIRST}"),
    (CLERK, "a:coverage:show:6"),
    (CLERK, "a:coverage:unchecked:6"),
    (CLERK, "a:coverage:untrained:6"),
    (CLERK, "a:coverage:trainings:6"),
    (STAFF, "a:city:1"),
    (STAFF, "a:waiting:"),
    (STAFF, "a:own-duties:1"),
    (STAFF, "a:hazards:"),
    (STAFF, "a:permits:"),
    (STAFF, "a:coverage:city"),
    (STAFF, "a:annex:show:2023-06:"),
    (STAFF, "a:annex:columns:2023-06:"),
)


class Filled:
    """A town with so many of everything, and who is asked there."""

    def __init__(self, town: Town, number: int) -> None:
        self.town = town
        self.number = number
        town.register(*(line(nth) for nth in range(1, number + 1)))
        self.codes = [code(nth) for nth in range(1, number + 1)]
        town.tick()
        town.use(self._fill)

    def statements(self, who: str, data: str) -> tuple[int, str]:
        """How many statements a tap takes, and what the database was asked; nothing of it is kept."""
        asked: list[str] = []

        def count(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
            asked.append(statement)

        def tap(uow: UnitOfWork) -> None:
            event.listen(uow.conn, "before_cursor_execute", count)
            respond(uow, Inbound(Address("web", "test", who), 1, uow.now, Kind.BUTTON, data=data))
            event.remove(uow.conn, "before_cursor_execute", count)
            raise UndoneError(said(uow.conn))

        with pytest.raises(UndoneError) as undone:
            self.town.use(tap)
        told = str(undone.value)
        assert "您现在不能办理" not in told, data
        assert "没有进行中的事" not in told, data
        return len(asked), "\n".join((told, *asked))

    def _fill(self, uow: UnitOfWork) -> None:
        self._people(uow)
        self._hazards(uow)
        self._bureau(uow)
        self._checks(uow)
        self._duties(uow)
        self._enterprise(uow)

    def _person(self, uow: UnitOfWork, name: str, role: str, *subjects: str) -> int:
        address = Address("web", "test", name)
        people.meet(uow.conn, address, "zh-CN", uow.wall)
        number = people.add_guest(uow.conn, "zh-CN")
        people.admit(uow.conn, number, name, uow.now)
        people.bind(uow.conn, address, number)
        for subject in subjects:
            people.grant(uow.conn, number, role, subject, "active", uow.now)
        return number

    def _people(self, uow: UnitOfWork) -> None:
        self.principal = self._person(uow, PRINCIPAL, "principal", *self.codes)
        self._person(uow, OFFICER, "officer", FIRST)
        self.clerk = self._person(uow, CLERK, "clerk", DISTRICT)
        self.staff = self._person(uow, STAFF, "city", CITY)
        self.others = [self._person(uow, f"clerk-{nth}", "clerk", DISTRICT) for nth in range(self.number)]
        for enterprise in self.codes:
            second = people.add_guest(uow.conn, "zh-CN")
            people.admit(uow.conn, second, "候", uow.now)
            people.grant(uow.conn, second, "principal", enterprise, "pending", uow.now)

    def _hazard(self, uow: UnitOfWork, enterprise: str, state: str, deadline: date | None = None) -> int:
        number = hazards.add(
            uow.conn,
            enterprise=enterprise,
            district=DISTRICT,
            origin="enterprise",
            place="冷库",
            criterion=None,
            weekly_from=None,
            state=state,
            found_at=uow.now - timedelta(days=3),
            deadline=deadline,
            closed_at=uow.now if state == "closed" else None,
        )
        hazards.step(uow.conn, number, uow.now - timedelta(days=3), self.principal, "found", {"photos": [PHOTO]})
        return number

    def _hazards(self, uow: UnitOfWork) -> None:
        self.found = [self._hazard(uow, FIRST, "found") for _ in self.codes]
        for enterprise in self.codes:
            self._hazard(uow, enterprise, "closed")
            self._hazard(uow, enterprise, "planned", date(2023, 6, 1))

    def _action(self, uow: UnitOfWork, row: str, enterprise: str, by: int) -> int:
        numbers = (Decimal(3), Decimal("5.2")) if row == "C3" else (Decimal(1),)
        day = uow.now.date()
        return annex.act(
            uow.conn,
            district=DISTRICT,
            row=row,
            enterprise=enterprise,
            day=day,
            at=uow.now,
            values=numbers,
            note="现场检查",
            by=by,
        )

    def _bureau(self, uow: UnitOfWork) -> None:
        for enterprise, by in zip(self.codes, self.others, strict=True):
            self._action(uow, "C3", enterprise, by)
            training_log.add(
                uow.conn,
                district=DISTRICT,
                day=uow.now.date(),
                at=uow.now,
                by=by,
                note="区会议中心",
                reached=[training_log.Reached(enterprise, "principal", 1)],
            )
            talk = conversations.begin(uow.conn, "notice-write", by, {}, None, uow.now, "finished")
            number = notices.add(
                uow.conn,
                place=DISTRICT,
                by=by,
                conversation=talk.id,
                responsible=by,
                state="previewed",
                text="台风将至",
                files=[],
                audience={"roles": ["principal"]},
                until=uow.now.date() + timedelta(days=9),
                form=None,
                digest="",
                written_at=uow.now,
            )
            notices.change(uow.conn, number, state="queued", confirmed_at=uow.now)
            key = f"notice/{number}"
            notices.add_recipients(
                uow.conn, number, [Recipient(self.principal, enterprise, "principal", DISTRICT, key)]
            )
        for nth, column in enumerate(uow.pack.columns[: self.number]):
            for version in (1, 2):
                before = None if version == 1 else annex.newest(uow.conn, "2023-06", column)
                annex.begin(uow.conn, "2023-06", column, before, drafted_at=uow.now, remark=f"{nth}")

    def _checks(self, uow: UnitOfWork) -> None:
        signed = [checks.name_inspector(uow.conn, DISTRICT, f"执演{nth}", uow.now) for nth in range(self.number)]
        draw = checks.open_draw(uow.conn, DISTRICT, "SEED", self.clerk, uow.now)
        drawn = [[enterprise, signed[:2]] for enterprise in self.codes]
        after = replace(
            draw,
            drawn_at=uow.now,
            drawn_by=self.clerk,
            conditions={},
            number=self.number,
            pool=self.codes,
            inspectors=signed,
            result=drawn,
        )
        checks.drawn(uow.conn, after)
        for state in ("recorded", "planned"):
            half = self.number // 2
            for enterprise in self.codes[:half] if state == "recorded" else self.codes[half:]:
                check = checks.plan(
                    uow.conn,
                    place=DISTRICT,
                    enterprise=enterprise,
                    how=How.DRAW,
                    draw=draw.id,
                    grounds=[],
                    assigned=signed,
                    planned_at=uow.now,
                    planned_by=self.clerk,
                )
                assert check is not None
                if state == "recorded":
                    self._record(uow, check, enterprise, signed)
        for hazard in self.found:
            checks.link(uow.conn, 1, hazard)

    def _record(self, uow: UnitOfWork, check: int, enterprise: str, signed: list[int]) -> None:
        for row in ("B1", "B2", "B3"):
            action = self._action(uow, row, enterprise, self.clerk)
            checks.enter(uow.conn, check, CheckEntry(row, action, "台账里没有记录", [PHOTO]))
        checks.sign(uow.conn, check, signed)
        day = uow.now.date() - timedelta(days=40)
        checks.change(uow.conn, check, state="recorded", day=day, recorded_at=uow.now, recorded_by=self.clerk)

    def _answer(self, uow: UnitOfWork, duty: int, *, phoned: bool) -> None:
        talk = conversations.begin(uow.conn, "plain-report", self.principal, {}, duty, uow.now, "aside")
        conversations.finish(uow.conn, talk.id, {}, uow.now)
        duties.answered(uow.conn, duty, talk.id, uow.now)
        duties.add_receipt(uow.conn, f"{duty:04}-{talk.id:04}", duty, talk.id, uow.now, "account")
        if phoned:
            phone_answers.add(
                uow.conn,
                conversation=talk.id,
                told_by="郑演丙",
                told_on=uow.now.date(),
                entered_by=self.clerk,
                entered_at=uow.now,
            )

    def _duties(self, uow: UnitOfWork) -> None:
        for nth in range(self.number):
            for half in ("open", "done"):
                period = f"hazard/{2 * nth + (half == 'done') + 1}"
                duties.open_event(
                    uow.conn,
                    obligation="hazard-report",
                    subject=FIRST,
                    period=period,
                    owner="principal",
                    enterprise=FIRST,
                    district=DISTRICT,
                    opens=uow.now,
                    due=uow.now + timedelta(days=1),
                )
                found = duties.of_period(uow.conn, "hazard-report", FIRST, period)
                assert found is not None
                if half == "done":
                    self._answer(uow, found.id, phoned=True)
        by_rule: dict[str, list[int]] = {}
        for duty in duties.of_subjects(uow.conn, self.codes):
            by_rule.setdefault(duty.obligation, []).append(duty.id)
        for number in by_rule["outsourcing-check"]:
            self._answer(uow, number, phoned=True)
        for number in by_rule["control-check"]:
            duties.set_status(uow.conn, number, "explained")
            talk = conversations.begin(uow.conn, "explain", self.principal, {}, number, uow.now, "aside")
            conversations.finish(uow.conn, talk.id, {"reason": "other", "text": "停产检修"}, uow.now)
        for enterprise, number in zip(self.codes, by_rule["monthly-dispatch"], strict=False):
            problem = raised_problems.raise_(uow.conn, enterprise, number, "需协调", uow.now)
            raised_problems.change(uow.conn, problem, "needed", answered_at=uow.now)
            proposals.propose(uow.conn, enterprise, "explosive-dust", present=True, person=self.principal, at=uow.now)

    def _enterprise(self, uow: UnitOfWork) -> None:
        talk = conversations.begin(uow.conn, "hot-work-permit", self.principal, {}, None, uow.now, "finished")
        for nth in range(1, self.number + 1):
            permits.add(
                uow.conn,
                code=f"D-0605-{nth:02}",
                day=uow.now.date(),
                number=nth,
                enterprise=FIRST,
                district=DISTRICT,
                applicant=self.principal,
                conversation=talk.id,
                level="second",
                upgraded=False,
                state="started",
                begun=True,
                starts=uow.now,
                until=uow.now + timedelta(hours=4),
                point=permits.point(uow.conn, FIRST, f"机房{nth}"),
                token=f"token{nth}",
                application={"place": "机房"},
                sample=False,
                submitted_at=uow.now,
                created_at=uow.now,
                look_at=None,
            )
        workers.add(
            uow.conn,
            [
                {
                    "enterprise": FIRST,
                    "name": f"焊演{nth}",
                    "trade": "熔化焊接与热切割作业",
                    "certificate_masked": f"T{nth}",
                    "certificate_hash": f"{nth}",
                    "issued": date(2020, 1, 1),
                    "review_due": date(2024, 1, 1),
                    "valid_until": date(2026, 1, 1),
                }
                for nth in range(self.number)
            ],
            uow.now,
        )


class UndoneError(Exception):
    """Ends a transaction of which nothing is to be kept."""


def said(conn: Connection) -> str:
    """What was answered last."""
    row = conn.exec_driver_sql("SELECT body FROM outbox ORDER BY id DESC LIMIT 1").scalar()
    return str(row)


@pytest.fixture(scope="module")
def filled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Filled, Filled]]:
    """Two towns, one with a few of everything, one with many. What they ask for is the same on either database."""
    found = []
    for number in (FEW, MANY):
        folder = tmp_path_factory.mktemp(f"town-{number}")
        path = shutil.copy(sqlite_template, folder)
        town = Town.found(f"sqlite:///{path}", folder)
        found.append(Filled(town, number))
    few, many = found
    yield few, many
    few.town.app.close()
    many.town.app.close()


@pytest.mark.parametrize(("who", "data"), LISTINGS, ids=[f"{who} {data}" for who, data in LISTINGS])
def test_a_page_costs_the_same_however_long_the_list_is(filled: tuple[Filled, Filled], who: str, data: str) -> None:
    few, many = filled
    some, asked_for_few = few.statements(who, data)
    all_, asked_for_many = many.statements(who, data)
    # A page of a long list has a button that leads on in the place of a line, and may show one kind of thing more.
    assert all_ <= some + 2, f"{some} → {all_}\n{asked_for_few}\n\n{asked_for_many}"
