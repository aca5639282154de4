"""A town with one enterprise in 浑南区, its people and its clerk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.imports.sheets import Row
from talk.messages import FileRef
from tests.conftest import brought_postgres, brought_sqlite, copied
from tests.postgres import Postgres
from tests.service.gone import tried_by_who_is_gone
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


def settle(url: str, folder: Path) -> None:
    """Bring a database with the present tables to 2023-06-05, 09:00, planned and reminded."""
    founded = Town.found(url, folder)
    founded.register(row())
    founded.tick()
    founded.app.close()


@pytest.fixture(scope="session")
def sqlite_town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an SQLite file with the town in it."""
    return brought_sqlite(sqlite_template, tmp_path_factory.mktemp("town"), settle)


@pytest.fixture(scope="session")
def postgres_town(postgres: Postgres, postgres_template: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the name of a PostgreSQL database with the town in it."""
    return brought_postgres(postgres, postgres_template, tmp_path_factory.mktemp("town"), settle)


@pytest.fixture(params=["sqlite", "postgresql"])
def town_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the SQLAlchemy URL of a fresh database with the town in it; once on each kind."""
    yield from copied(request, tmp_path, sqlite="sqlite_town", postgres="postgres_town")


@pytest.fixture
def town(request: pytest.FixtureRequest, town_url: str, tmp_path: Path) -> Iterator[Town]:
    """A town on 2023-06-05, 09:00, planned and reminded, before anybody has joined. In the tests of `gone.DRIVEN` each
    step of a talk is first tried by who is gone.
    """
    founded = Town.found(town_url, tmp_path)
    test = f"{request.node.module.__name__.rpartition('.')[2]}.{request.node.originalname}"
    with tried_by_who_is_gone(founded, test if town_url.startswith("sqlite") else ""):
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
