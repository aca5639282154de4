"""A pack is renewed while answers of the year before are half done."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from campaign import pack_file, pack_writing
from campaign.pack import load
from campaign.pack_renewal import renewed
from storage import duties
from tests.service.conftest import FOOD
from tests.town import Person, Town


def found(town: Town, obligation: str, period: str) -> duties.Duty:
    owed = town.use(lambda uow: duties.of_period(uow.conn, obligation, FOOD, period))
    assert owed is not None, (obligation, period)
    return owed


def renew(town: Town, folder: Path, year: int) -> None:
    """Begin to work by the pack of another year, as a process does that is started with it."""
    data = pack_file.read(pack_file.PACKS / "shenyang_2023").data
    place = folder / f"shenyang_{year}"
    place.mkdir()
    text = pack_writing.renewed(renewed(data, "shenyang_2023", place.name, year))
    (place / "pack.yaml").write_text(text, encoding="utf-8")
    town.app.context = replace(town.app.context, pack=load(str(place)))


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_answers_of_the_old_year_go_on_under_the_pack_of_the_next(
    town: Town, principal: Person, tmp_path: Path
) -> None:
    await principal.press_data(f"a:fill:{found(town, 'emergency-plan', 'once').id}")
    await principal.tap("已建立")
    renew(town, tmp_path, 2024)
    town.now = datetime.fromisoformat("2024-01-03T09:00:00+08:00")
    town.tick()
    # What was half told is told to the end.
    await principal.say("2021-03-01")
    await principal.say("火灾爆炸")
    for label in ("已完善", "暂不附", "确认提交"):
        await principal.tap(label)
    assert found(town, "emergency-plan", "once").status == "answered"
    # What was not begun can still be.
    asked = await principal.press_data(f"a:fill:{found(town, 'monthly-dispatch', '2023-06').id}")
    assert "6月的工作调度开展了吗" in asked
    # The new year owes everything anew.
    town.now = datetime.fromisoformat("2024-05-22T09:00:00+08:00")
    town.tick()
    again = found(town, "emergency-plan", "once@2024")
    assert (again.status, again.due and again.due.date().isoformat()) == ("open", "2024-06-30")
    assert "应急工作责任制建立了吗" in await principal.press_data(f"a:fill:{again.id}")
