"""A town with one enterprise in 浑南区, its people and its clerk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.sheets import Row
from talk.messages import FileRef
from tests.town import Person, Town

FOOD = "91210112114884238K"
DISTRICT = "浑南区"
CITY = "沈阳市"


def row(code: str = FOOD, line: int = 2, **cells: str) -> Row:
    """A line of a registry."""
    return Row(
        line,
        {
            "企业名称": "沈阳白桦示范食品有限公司",
            "统一社会信用代码": code,
            "所属区县": DISTRICT,
            "行业": "轻工",
            "风险标签": "涉氨制冷、有限空间",
            "主要负责人": "郑演丙",
            "安全管理人员": "钱演七",
            "监管单位": "浑南区应急管理局",
            "职工人数": "85",
            **cells,
        },
    )


@pytest.fixture
def town(current_database_url: str, tmp_path: Path) -> Iterator[Town]:
    """A town on 2023-06-05, 09:00, planned and reminded, before anybody has joined."""
    founded = Town.found(current_database_url, tmp_path)
    founded.register(row())
    founded.tick()
    yield founded
    founded.app.close()


@pytest.fixture
def photo() -> FileRef:
    """A photo that was kept already."""
    return FileRef("ab" * 32, "现场.jpg", "image/jpeg", 1024)


@pytest.fixture
async def principal(town: Town) -> Person:
    """郑演丙, the principal."""
    return await town.join("郑演丙", "principal", FOOD)


@pytest.fixture
async def officer(town: Town) -> Person:
    """钱演七, the safety officer."""
    return await town.join("钱演七", "officer", FOOD)


@pytest.fixture
async def clerk(town: Town) -> Person:
    """The clerk of the district."""
    return await town.join("孙演九", "clerk", DISTRICT)
