"""One's own data: everything is in the file, and after leaving nothing is left but what the goodbye names."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from reports import own_data
from scheduler.tidying import tidy
from service.people.own_data import OwnDataPaper
from storage import burden
from storage import own_data as parts
from storage.catalogue import metadata
from storage.retention import TABLE
from storage.tables import files, people
from talk.messages import Address, FileRef
from talk.texts import Say
from tests.service.conftest import CITY
from tests.service.noticing import TEXT, write
from tests.service.site import Site
from tests.service.test_hazards import report_with_plan
from tests.town import Person, Town

NAME = "钱演七"
ADDRESS = Address("web", "test", "5550199817")
TELEPHONE = "13800138000"
NAMED = {
    "enterprises.officer_name",
    *("answers.raw", "answers.value", "conversations.result", "conversations.brief"),
    *("hazards.plan_person", "hazard_steps.data"),
    *("permits.application", "permit_people.name", "permit_steps.data", "permit_attempts.data"),
    "outbox.body",
}
"""Where the goodbye says that a name stays: registry, answers, signatures, and for a time what others were told."""


@pytest.fixture
async def officer(town: Town, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Somebody who has done all that leaves a trace; his address is not his name."""
    real = town.newcomer

    def newcomer(name: str) -> Person:
        found = real(name)
        if name == NAME:
            found.address = ADDRESS
        return found

    monkeypatch.setattr(town, "newcomer", newcomer)
    site = await Site.found(town)
    person = site.crew["officer"]
    await person.say("/start WRONGCODE")
    city = await town.join("周演市", "city", CITY)
    await write(site.crew["clerk"], "全部企业", "主要负责人", "安全员", "完成")
    await site.crew["clerk"].tap("确认发送")
    photo = town.app.file_store.keep(b"sent by nobody for anything", "说明.txt")
    await person.attach(photo)
    await report_with_plan(person, town.app.file_store.keep(PICTURE, "现场.png"))
    site.started()
    await person.say("/permits")
    await person.say(f"/feedback 请打电话{TELEPHONE}")
    await site.crew["clerk"].press_data("a:notice-phones:1")
    assert TELEPHONE in city.look()
    number = person.id
    town.use(lambda uow: burden.add(uow.conn, number, uow.now.date(), 1))
    return person


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
"""A PNG of one pixel."""


def texts(person: Person) -> list[FileRef]:
    """The files of somebody's data that are no archive."""
    return [file for file in person.screen[-1].files if file.name.endswith(".txt")]


def archived(person: Person) -> dict[str, bytes]:
    """What the archives of somebody's data hold, by archive and name."""
    found: dict[str, bytes] = {}
    for file in person.screen[-1].files:
        if file.name.endswith(".zip"):
            with ZipFile(BytesIO(person.town.app.file_store.read(file.sha256))) as archive:
                found |= {f"{file.name}/{name}": archive.read(name) for name in archive.namelist()}
    return found


async def exported(person: Person) -> dict[str, Any]:
    """What somebody is given as their data."""
    await person.say("/me")
    await person.tap("导出资料")
    whole: dict[str, Any] = {}
    for file in texts(person):
        whole |= json.loads(person.town.app.file_store.path(file.sha256).read_text(encoding="utf-8"))
    return whole


async def leave(person: Person) -> str:
    await person.say("/me")
    await person.tap("退出")
    return await person.tap("确定退出")


def stored(town: Town) -> Iterator[tuple[str, str]]:
    """Every value of the database, with the table and column in which it stands."""
    for table in metadata.sorted_tables:
        for row in town.app.database.look(lambda conn, table=table: conn.execute(select(table)).all()):  # type: ignore[misc]
            yield from ((f"{table.name}.{name}", str(value)) for name, value in row._mapping.items())


def kept(town: Town) -> Iterator[Path]:
    return (path for path in town.app.context.files.rglob("*") if path.is_file())


def test_every_part_of_the_table_of_retention_is_a_part_of_the_file_and_the_reverse() -> None:
    said = {part for row in TABLE for part in row.exported}
    assert said - {"name", "language", "joined_at", "looks", "files"} == set(parts.PARTS)


def test_every_column_that_names_a_person_is_told_by_some_part() -> None:
    """A table that is added tells at least that somebody stands in it."""
    naming = {column.table.name for column in parts._naming()} | {table.name for table in parts._TOLD}
    assert naming == {
        table.name
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column.table is people for key in column.foreign_keys)
    }


async def test_the_file_holds_what_is_kept(officer: Person) -> None:
    told = await exported(officer)
    empty = {name for name, value in told.items() if not value}
    assert empty == {"accidents", "trainings"}, "what did not happen, and what staff hold"
    assert (told["name"], told["roles"][0]["role"], told["channels"][0]["id"]) == (NAME, "officer", ADDRESS.external_id)
    assert any(TELEPHONE in json.dumps(one, ensure_ascii=False) for one in told["messages_in"])
    assert any(
        "意见与投诉" in one["body"]["text"] or "已送沈阳市应急管理局" in one["body"]["text"]
        for one in told["messages_out"]
    )
    assert {one["name"] for one in told["files"]} == {"现场.png", "说明.txt"}
    # They come along, each where the list says.
    inside = archived(officer)
    assert {one["name"]: inside[f"{one['archive']}/{one['as']}"] for one in told["files"]} == {
        "现场.png": PICTURE,
        "说明.txt": b"sent by nobody for anything",
    }
    assert len(inside) == 2
    # What was done to somebody is told as well as what they did.
    invited = [one for one in told["events"] if one["by"] != told["id"]]
    assert {one["subject"] for one in invited} <= {f"person/{told['id']}"}
    assert told["notices"][0]["text"] == TEXT
    assert told["feedback"][0]["text"].endswith(TELEPHONE)
    assert {one["event"] for one in told["hazard_steps"]} >= {"found"}
    assert {(one["seat"], one["name"]) for one in told["permits"]} >= {("applicant", NAME)}
    assert any(look["event"] == "phone-list-seen" for look in told["looks"]), told["looks"]
    assert all(look["by"] != told["id"] for look in told["looks"])


async def test_a_file_that_would_be_too_big_comes_in_parts(
    town: Town, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await exported(officer)
    monkeypatch.setattr(own_data, "PART", 4000)
    await officer.say("/me")
    await officer.tap("导出资料")
    given = texts(officer)
    assert len(given) > 3
    assert given[1].name == "我的资料-2.txt"
    rows: dict[str, int] = {}
    for file in given:
        for name, value in json.loads(town.app.file_store.path(file.sha256).read_text(encoding="utf-8")).items():
            if isinstance(value, list):
                rows[name] = rows.get(name, 0) + len(value)
    assert rows["answers"] == len(whole["answers"])
    assert set(rows) == {name for name, value in whole.items() if isinstance(value, list)}


async def test_the_file_is_gone_after_a_day(town: Town, officer: Person) -> None:
    await exported(officer)
    given = officer.screen[-1].files
    assert len(given) == 2
    await tidy(town.app.database, town.app.context.files, town.now)
    assert all(town.app.file_store.path(file.sha256).exists() for file in given)
    town.pass_time(days=1)
    await tidy(town.app.database, town.app.context.files, town.now)
    assert not any(town.app.file_store.path(file.sha256).exists() for file in given)


async def test_where_files_are_encrypted_everything_goes_as_before_and_nothing_lies_there_plain(
    town: Town, officer: Person
) -> None:
    town.app.context = replace(town.app.context, encrypt_files=True)
    town.app.file_store = town.app.context.file_store
    await exported_once(officer)
    (file,) = texts(officer)
    assert len(archived(officer)) == 2
    assert json.loads(town.app.file_store.read(file.sha256))["name"] == NAME
    assert not any(NAME.encode() in path.read_bytes() for path in kept(town))
    photo = town.app.file_store.keep(b"sent in encrypted, for nothing", "说明.txt")
    await leave(officer)
    await tidy(town.app.database, town.app.context.files, town.now)
    assert not town.app.file_store.path(file.sha256).exists()
    assert town.app.file_store.path(photo.sha256).exists()
    os.utime(town.app.file_store.path(photo.sha256), (1_000_000, 1_000_000))
    town.pass_time(days=2)
    await tidy(town.app.database, town.app.context.files, town.now)
    assert not town.app.file_store.path(photo.sha256).exists()


async def test_nobody_has_a_file_made_without_end(officer: Person) -> None:
    for _ in range(7):
        await exported_once(officer)
    assert "一小时内已导出多次" in officer.screen[-1].text
    assert officer.screen[-1].files == ()


async def test_who_left_before_the_file_was_made_has_none_made(town: Town, officer: Person) -> None:
    person = officer.id
    await leave(officer)
    before = set(kept(town))
    town.use(lambda uow: uow.papers.append(OwnDataPaper(((person, Say("me-exported")),), person)))
    await town.app.drawing.round()
    assert set(kept(town)) == before
    assert officer.look() == ""


async def exported_once(person: Person) -> None:
    await person.say("/me")
    await person.tap("导出资料")


async def test_who_has_left_stands_nowhere_but_where_the_goodbye_says(town: Town, officer: Person) -> None:
    await exported(officer)
    exports: tuple[FileRef, ...] = officer.screen[-1].files
    goodbye = await leave(officer)
    for said in ("聊天账号", "填报的内容", "动火作业票", "签名", "企业名录", "180天"):
        assert said in goodbye
    await town.app.delivery.round()
    await tidy(town.app.database, town.app.context.files, town.now)
    everywhere = list(stored(town))
    assert [place for place, value in everywhere if ADDRESS.external_id in value] == []
    places = {place for place, value in everywhere if NAME in value}
    assert places <= NAMED
    assert places >= {"enterprises.officer_name", "permit_people.name", "answers.raw", "outbox.body"}
    # What he typed to the city was said to the city, and is emptied there with its letters.
    assert {place for place, value in everywhere if TELEPHONE in value} <= {"feedback.text", "outbox.body"}
    assert not any(town.app.file_store.path(file.sha256).exists() for file in exports)
    assert not any(NAME.encode() in path.read_bytes() for path in kept(town))
    # After the longest of the terms only what is kept by law is left.
    town.pass_time(days=401)
    await tidy(town.app.database, town.app.context.files, town.now)
    everywhere = list(stored(town))
    assert {place for place, value in everywhere if NAME in value} <= NAMED - {"outbox.body"}
    assert [place for place, value in everywhere if TELEPHONE in value] == []


async def test_a_photo_that_nothing_took_up_goes_the_next_day(town: Town, officer: Person) -> None:
    stray = next(path for path in kept(town) if path.read_bytes() == b"sent by nobody for anything")
    await leave(officer)
    town.now = max(town.now, town.now.fromtimestamp(stray.stat().st_mtime, town.now.tzinfo)) + timedelta(
        days=1, hours=1
    )
    await tidy(town.app.database, town.app.context.files, town.now)
    assert not stray.exists()
    assert town.app.database.look(lambda conn: stray.name not in set(conn.execute(select(files.c.sha256)).scalars()))
