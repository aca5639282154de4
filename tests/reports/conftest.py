"""A dossier of a food maker with an open hazard and a rectified one."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from campaign.pack import load
from service.dossiers.inspection_file import Answered, Dossier, HazardLine, Ledger, Said
from storage.files import FileStore
from storage.registry import Enterprise
from tests.dialogs.talker import SHENYANG

PACK = load("shenyang_2023")
AT = datetime(2023, 6, 14, 10, 30, tzinfo=SHENYANG)
OPEN = HazardLine(
    number=1,
    place="二楼速冻间",
    criterion="快速冻结装置未设置在单独的作业间内，或者快速冻结装置作业间内作业人员数量超过9人的",
    found_on=date(2023, 6, 2),
    state="整改中",
    rectified=False,
    person="设备部王演五",
    measures="将速冻装置移入单独作业间",
    funds=Decimal(30000),
    deadline=date(2023, 7, 15),
    contingency="停用该装置，专人值守",
)
DONE = HazardLine(
    *(2, "调漆间", "使用非水性漆的调漆间未设置报警装置的", date(2023, 6, 3), "已销号"),
    rectified=True,
    finished_on=date(2023, 6, 10),
    closed_on=date(2023, 6, 14),
)


def duty(obligation: str, *said: Said, **changed: Any) -> Answered:
    """A duty as it was handed in."""
    rule = PACK.obligation(obligation)
    handed_in = Answered(
        obligation=obligation,
        clause=rule.clause_shown,
        title=rule.title.zh,
        demand=rule.demand.zh,
        status="answered",
        due=date(2023, 6, 15),
        late=False,
        receipt="K7Q4-M2PX",
        at=AT,
        by="郑演丙",
        said=said,
        files=(),
    )
    return replace(handed_in, **changed)


@pytest.fixture
def dossier() -> Dossier:
    enterprise = Enterprise(
        code="91210112114884238K",
        name="沈阳白桦示范食品有限公司",
        district="浑南区",
        sector="light",
        municipal=False,
        supervisor="浑南区应急管理局",
        sector_department="浑南区工业和信息化局",
        principal_name="郑演丙",
        officer_name="钱演七",
        employees=85,
        tags=frozenset({"ammonia"}),
    )
    return Dossier(
        enterprise=enterprise,
        sector="轻工",
        tags=("涉氨制冷",),
        principal="郑演丙",
        officer="钱演七",
        campaign=PACK.title.zh,
        document=PACK.document,
        plan_name=PACK.plan_name,
        promises=tuple(promise.zh for promise in PACK.commitment),
        at=AT,
        criteria=12,
        duties=(
            duty("criteria-check", Said("第12条液氨制冷｜速冻间", "未单独设间或超9人")),
            duty(
                "first-round",
                Said("已在双控系统填报了吗？", "已填报", "platform"),
                status="open",
                receipt=None,
                at=None,
            ),
            duty("hot-work-check", status="open", receipt=None, at=None),
        ),
        ledger=Ledger((OPEN, DONE)),
        rehearsal=False,
    )


@pytest.fixture
def file_store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")
