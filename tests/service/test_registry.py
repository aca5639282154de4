"""The import of the registry: what is written, when nothing is, and what the report says."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Table, select

from campaign.pack import load
from service.core.codes import Fresh
from service.core.unit_of_work import AppContext, UnitOfWork
from service.imports.report import report_json
from service.imports.sheets import Row, Sheet
from service.registry.enterprise_import import Progress, RegistryReport, import_enterprises, report_lines
from storage import clock, registry
from storage.audit import SYSTEM
from storage.engine import Database
from storage.keys import KeyRing
from storage.schema import upgrade
from storage.tables import audit, enterprise_tags, enterprises
from talk.texts import LANGUAGES, render
from tests.service.lines import code, line, read_the_300
from tests.storage.conftest import opened_with

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2023, 9, 4, 10, tzinfo=SHANGHAI)
TICKED = datetime(2023, 9, 4, 8, 30, tzinfo=SHANGHAI).astimezone(UTC)


class Office:
    """A registry in a database of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.context = AppContext(load("shenyang_2023"), {}, lambda _: None, KeyRing.of(b"s" * 32), Path(), SHANGHAI)
        self.now = NOW

    def bring(self, rows: Sequence[Row], *, partial: bool = False, progress: Progress | None = None) -> RegistryReport:
        def bring(conn: Connection) -> RegistryReport:
            uow = UnitOfWork(
                self.context,
                conn,
                SYSTEM,
                self.now,
                self.now.astimezone(UTC),
                Fresh(b"s"),
                rehearsal=False,
                cause="import",
                sent=self.now.astimezone(UTC),
            )
            return import_enterprises(uow, rows, partial, progress)

        return self.database.run(bring)

    def tick(self, until: datetime) -> None:
        self.database.run(lambda conn: clock.mark_ticked(conn, until))

    def rows(self, table: Table) -> list[dict[str, Any]]:
        def look(conn: Connection) -> list[dict[str, Any]]:
            return [dict(row) for row in conn.execute(select(table).order_by(*table.primary_key)).mappings()]

        return self.database.look(look)

    def everything(self) -> list[list[dict[str, Any]]]:
        return [self.rows(table) for table in (enterprises, enterprise_tags, audit)]

    def since(self) -> dict[str, datetime | None]:
        """From when on the place of each enterprise and each of its tags hold."""
        held = {row["code"]: row["since"] for row in self.rows(enterprises)}
        return held | {f"{row['enterprise']} {row['tag']}": row["since"] for row in self.rows(enterprise_tags)}

    def enterprise(self, number: int) -> registry.Enterprise:
        found = self.database.look(lambda conn: registry.enterprise(conn, code(number)))
        assert found is not None
        return found


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    upgrade(database_url)
    database = opened_with(database_url)
    yield Office(database)
    database.close()


def said(report: RegistryReport, language: str = "zh-CN") -> list[str]:
    return [render(sentence, language) for sentence in report_lines(report, Sheet(()))]


def test_the_300_come_in_and_twice_changes_nothing(office: Office) -> None:
    rows = read_the_300().rows
    report = office.bring(rows)
    assert said(report) == ["新增企业在第2–301行。", "已导入：新增300家，变更0家，无变化0家。"]
    assert report.written
    before = office.everything()
    assert len(before[0]) == 300
    assert sum(row["municipal"] for row in before[0]) == 5
    assert len(before[1]) == sum(len(row.cells["风险标签"].split("、")) for row in rows if row.cells["风险标签"])

    office.now += timedelta(days=1)
    again = office.bring(rows)
    assert said(again) == ["已导入：新增0家，变更0家，无变化300家。"]
    assert [entry.line for entry in again.unchanged] == list(range(2, 302))
    assert office.everything() == before


def test_an_enterprise_is_kept_as_its_line_says(office: Office) -> None:
    office.bring([line(2, 行业监管部门="浑南区商务局", 风险标签="")])
    assert office.enterprise(2) == registry.Enterprise(
        code=code(2),
        name="沈阳演练2有限公司",
        district="浑南区",
        sector="machinery",
        municipal=False,
        supervisor="浑南区应急管理局",
        sector_department="浑南区商务局",
        principal_name="郑演丙",
        officer_name="钱演丁",
        employees=120,
        tags=frozenset(),
    )
    assert office.database.look(registry.all_enterprises) == {code(2): office.enterprise(2)}
    assert office.database.look(lambda conn: registry.enterprise(conn, code(3))) is None


def test_one_refused_line_and_nothing_is_written(office: Office) -> None:
    office.bring([line(2)])
    before = office.everything()
    rows = [line(2, 职工人数="121"), line(3), line(4, 行业="化工", 职工人数="x"), line(5, 企业名称="")]
    report = office.bring(rows)
    assert not report.written
    assert [(refusal.line, refusal.column) for refusal in report.refused] == [
        (4, "行业"),
        (4, "职工人数"),
        (5, "企业名称"),
    ]
    assert said(report)[-1] == (
        "未写入任何数据：2行有误。其余各行可新增1家，变更1家，无变化0家。"
        "请修改后重新导入；也可加 --partial，先导入其余各行。"
    )
    assert office.everything() == before


def test_partial_brings_the_other_lines(office: Office) -> None:
    report = office.bring([line(2), line(3, 行业="化工"), line(4)], partial=True)
    assert report.written
    assert [row["code"] for row in office.rows(enterprises)] == [code(2), code(4)]
    assert said(report)[1:] == [
        "新增企业在第2、4行。",
        "已导入：新增2家，变更0家，无变化0家。另有1行未导入，请修改后重新导入。",
    ]


def test_of_a_repeated_enterprise_the_first_line_is_taken(office: Office) -> None:
    twice = Row(9, {**line(2).cells, "企业名称": "沈阳演练另名有限公司"})
    report = office.bring([line(2), twice], partial=True)
    assert said(report)[0] == f"第9行 统一社会信用代码“{code(2)}”与第2行重复，请只保留一行。"
    assert office.enterprise(2).name == "沈阳演练2有限公司"


def test_enterprises_that_the_file_does_not_name_are_left_alone(office: Office) -> None:
    office.bring([line(2), line(3)])
    report = office.bring([line(3)])
    assert (len(report.unchanged), len(office.rows(enterprises))) == (1, 2)


def test_a_change_is_told_by_column_with_old_and_new(office: Office) -> None:
    office.bring([line(2), line(3)])
    office.now += timedelta(hours=1)
    moved = line(
        2,
        企业名称="沈阳演练新名有限公司",
        所属区县="大东区",
        行业="商贸",
        风险标签="",
        主要负责人="孙演戊",
        安全管理人员="李演己",
        监管单位="沈阳市应急管理局",
        职工人数="7",
    )
    report = office.bring([moved, line(3)])
    assert said(report) == [
        (
            "第2行 沈阳演练新名有限公司：企业名称“沈阳演练2有限公司”→“沈阳演练新名有限公司”、"
            "所属区县“浑南区”→“大东区”、行业“机械”→“商贸”、风险标签“有限空间、动火”→“无”、"
            "主要负责人“郑演丙”→“孙演戊”、安全管理人员“钱演丁”→“李演己”、"
            "监管单位“浑南区应急管理局”→“沈阳市应急管理局”、职工人数“120”→“7”、"
            "行业监管部门“浑南区应急管理局”→“沈阳市应急管理局”"
        ),
        "已导入：新增0家，变更1家，无变化1家。",
    ]
    one = office.enterprise(2)
    assert (one.name, one.district, one.sector, one.municipal) == (
        "沈阳演练新名有限公司",
        "大东区",
        "commerce",
        True,
    )
    assert (one.tags, one.employees, one.officer_name) == (frozenset(), 7, "李演己")
    assert [row["updated_at"] for row in office.rows(enterprises)] == [office.now, NOW]


def test_before_the_first_tick_everything_holds_since_the_campaigns_start(office: Office) -> None:
    office.bring([line(2)])
    office.bring([line(2, 所属区县="大东区", 监管单位="大东区应急管理局", 风险标签="有限空间、外包")])
    assert set(office.since().values()) == {None}


def test_what_changes_the_duties_holds_from_the_last_tick_on(office: Office) -> None:
    office.bring([line(number) for number in range(2, 8)])
    office.tick(TICKED)
    office.bring(
        [
            line(2, 企业名称="沈阳演练新名有限公司", 职工人数="7", 行业监管部门="浑南区商务局"),
            line(3, 所属区县="大东区", 监管单位="大东区应急管理局"),
            line(4, 行业="冶金"),
            line(5, 监管单位="沈阳市应急管理局"),
            line(6, 风险标签="动火、外包外租"),
            line(8),
        ]
    )
    assert office.since() == {
        code(2): None,
        f"{code(2)} confined-space": None,
        f"{code(2)} hot-work": None,
        code(3): TICKED,
        f"{code(3)} confined-space": None,
        f"{code(3)} hot-work": None,
        code(4): TICKED,
        f"{code(4)} confined-space": None,
        f"{code(4)} hot-work": None,
        code(5): TICKED,
        f"{code(5)} confined-space": None,
        f"{code(5)} hot-work": None,
        code(6): None,
        f"{code(6)} hot-work": None,
        f"{code(6)} outsourcing": TICKED,
        code(7): None,
        f"{code(7)} confined-space": None,
        f"{code(7)} hot-work": None,
        code(8): TICKED,
        f"{code(8)} confined-space": TICKED,
        f"{code(8)} hot-work": TICKED,
    }


def test_a_sheet_without_the_sectors_department_does_not_change_it(office: Office) -> None:
    office.bring([line(2, 行业监管部门="浑南区商务局"), line(3)])
    report = office.bring([line(number, 所属区县="大东区", 监管单位="大东区应急管理局") for number in (2, 3)])
    assert len(report.changed) == 2
    assert office.enterprise(2).sector_department == "浑南区商务局"
    assert office.enterprise(3).sector_department == "大东区应急管理局"
    office.bring([line(2, 行业监管部门="")])
    assert office.enterprise(2).sector_department == "浑南区应急管理局"


def test_the_audit_has_counts_and_codes_and_nobodys_name(office: Office) -> None:
    office.bring([line(2), line(3)])
    office.bring(
        [
            line(2, 主要负责人="孙演戊", 所属区县="大东区", 监管单位="大东区应急管理局", 风险标签="动火"),
            line(3, 主要负责人="孙演戊"),
        ]
    )
    _, first, second = office.rows(audit)
    assert (first["event"], first["actor"], first["subject"]) == ("registry-imported", None, "registry")
    assert first["data"] == {"added": 2, "changed": 0, "rescoped": {}}
    assert second["data"] == {
        "added": 0,
        "changed": 2,
        "rescoped": {
            code(2): {
                "district": ["浑南区", "大东区"],
                "tags": [["confined-space", "hot-work"], ["hot-work"]],
            }
        },
    }


def test_progress_goes_from_nothing_to_all(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.registry.enterprise_import.STEP", 10)
    told: list[tuple[int, int]] = []
    office.bring(read_the_300().rows, progress=lambda done, total: told.append((done, total)))
    assert told == [*((done, 600) for done in range(0, 600, 10)), (600, 600)]


def test_two_imports_of_one_file_at_once_enter_it_once(office: Office) -> None:
    rows = read_the_300().rows
    with ThreadPoolExecutor(2) as pool:
        reports = [future.result() for future in [pool.submit(office.bring, rows) for _ in range(2)]]
    assert sorted(len(report.added) for report in reports) == [0, 300]
    assert sorted(len(report.unchanged) for report in reports) == [0, 300]
    tags = sum(len(row.cells["风险标签"].split("、")) for row in rows if row.cells["风险标签"])
    assert [len(table) for table in office.everything()] == [300, tags, 2]


def test_the_report_for_programs(office: Office) -> None:
    office.bring([line(2), line(3)])
    report = office.bring([line(2), line(3, 行业="商贸"), line(4), line(5, 行业="化工")], partial=True)
    assert report_json(report, Sheet(()), "en") == {
        "written": True,
        "added": [{"line": 4, "code": code(4), "name": "沈阳演练4有限公司"}],
        "changed": [
            {
                "line": 3,
                "code": code(3),
                "name": "沈阳演练3有限公司",
                "columns": [{"column": "行业", "old": "machinery", "new": "commerce"}],
            }
        ],
        "unchanged": [{"line": 2, "code": code(2), "name": "沈阳演练2有限公司"}],
        "refused": [
            {
                "line": 5,
                "column": "行业",
                "reason": (
                    "“化工” is not a known sector; please write one of: metallurgy, nonferrous metals, "
                    "building materials, machinery, light industry, textiles, tobacco, commerce."
                ),
            }
        ],
        "warnings": [],
        "ignored_columns": [],
    }


def test_the_report_speaks_every_language(office: Office) -> None:
    office.bring([line(2)])
    report = office.bring([line(2, 职工人数="1"), line(3), line(4, 行业="化工")])
    whole = office.bring([line(2, 职工人数="1"), line(3), line(4, 行业="化工")], partial=True)
    for language in LANGUAGES:
        assert len(said(report, language)) == 2
        sentences = [render(one, language) for one in report_lines(whole, Sheet((), ("备注", "电话")))]
        assert len(sentences) == 5
        assert any("备注" in sentence and "电话" in sentence for sentence in sentences)
        assert all("\n" not in sentence for sentence in sentences)


def test_of_very_many_runs_of_lines_the_first_are_named(office: Office) -> None:
    report = office.bring([line(number) for number in range(2, 40, 2)])
    assert said(report)[0] == "新增企业在第2、4、6、8、10、12、14、16、…行。"
