"""What a test of spot checks does and sees: plans, enters, and all that people of an enterprise can see."""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from service.annex import tables as annex
from service.dossiers import inspection_file
from storage import checks
from storage.check_tables import check_entries
from storage.checks import Check
from storage.tables import bureau_actions, outbox
from talk.messages import FileRef
from tests.service.conftest import DISTRICT, FOOD
from tests.town import Person, Town

R = TypeVar("R")
FINDINGS = ("第2项", "完成", "都没有")
"""B3 was found, and nothing else."""
EVERYTHING = (
    "/tasks",
    "/hazards",
    "/me",
    "/notices",
    "/permits",
    "/workers",
    "/checks",
    "/district",
    "/annex",
    "/receipt K7Q4-M2PX",
    "/help",
)
"""What people of an enterprise can ask for."""
LOOKS = ("a:spot:1", "a:check-drawn:1", "a:check-photos:1", "a:check-hazards:1", "a:checks:planned:7", "a:export:")


async def plan(clerk: Person, which: str = FOOD) -> str:
    """Plan a check by hand; the card."""
    await clerk.say("/checks")
    await clerk.tap("加企业")
    return await clerk.say(which)


async def enter(
    clerk: Person, *found: str, day: str = "今天", who: str = "赵演三、钱演四", sign: bool = True, number: int = 1
) -> str:
    """Enter what was found, with a note and no photo for each; the last card."""
    await clerk.press_data(f"a:check-record:{number}")
    await clerk.say(day)
    await clerk.say(who)
    for tap in found or ("都没有", "都没有"):
        await clerk.tap(tap)
    while "具体是什么情况" in clerk.screen[-1].text:
        await clerk.say("台账里没有记录")
        await clerk.tap("暂无照片")
    return await clerk.tap("提交结果") if sign else clerk.screen[-1].text


def check(town: Town, number: int = 1) -> Check:
    """The check of a number."""
    found = town.use(lambda uow: checks.get(uow.conn, number))
    assert found is not None
    return found


def figures(town: Town, column: str = DISTRICT, month: str = "2023-06") -> dict[str, str]:
    """The figures of block B of a month that are not 0."""

    def count(uow: Any) -> dict[str, str]:
        found = annex.table(uow, annex.months(uow)[month], column, filing=True)
        return {row: f"{values[0]}" for row, values in found.values.items() if row.startswith("B") and values[0]}

    return town.use(count)


def look(town: Town, case: Callable[[Connection], R]) -> R:
    """Read the database."""
    return town.app.look(lambda uow: case(uow.conn))


def rows(town: Town) -> tuple[int, int]:
    """How many dated actions there are, and how many of them belong to a check."""
    return look(
        town,
        lambda conn: (
            conn.execute(select(func.count()).select_from(bureau_actions)).scalar_one(),
            conn.execute(select(func.count()).select_from(check_entries)).scalar_one(),
        ),
    )


EXPORT = "a:export:"


async def all_that_is_seen(town: Town, *people: Person) -> list[str]:
    """Everything that these people can ask for, as they read it, and what is printed of their enterprise."""
    seen = [repr(town.app.look(lambda uow: inspection_file.gather(uow, FOOD)))]
    for person in people:
        for asked in (*EVERYTHING, *LOOKS):
            before = len(person.screen)
            await (person.say(asked) if asked.startswith("/") else person.press_data(asked))
            told = person.screen[before:]
            seen += [repr((asked, own_data(town, one.files) if asked == EXPORT else one)) for one in told]
    return seen


GROWING = {"messages_in", "messages_out", "papers", "tries"}
"""The parts of one's own data that grow with each message; so do its events and records of having asked for it."""


def own_data(town: Town, files: Sequence[FileRef]) -> dict[str, Any]:
    """What somebody's own data holds, but for what asking for it adds."""
    whole: dict[str, Any] = {}
    for file in files:
        whole |= json.loads(town.app.file_store.read(file.sha256))
    return {
        part: [row for row in held if row.get("event") != "data-exported" and row.get("as") != "own_data_of"]
        if part in {"events", "records"}
        else held
        for part, held in whole.items()
        if part not in GROWING
    }


def letters(town: Town, *people: Person) -> list[tuple[str, str]]:
    """Who was written to of our own accord, and of what kind."""
    addresses = {person.address.external_id for person in people}
    asked_for = ("reply", "paper")
    statement = select(outbox.c.external_id, outbox.c.kind).where(outbox.c.kind.not_in(asked_for)).order_by(outbox.c.id)
    return [
        (row.external_id, row.kind)
        for row in look(town, lambda conn: conn.execute(statement).all())
        if row.external_id in addresses
    ]
