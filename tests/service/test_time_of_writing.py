"""What an update carries beside its words: the time at which it was written decides what its words mean, in every talk
and for every channel that tells it.
"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from campaign.permits import Event
from service.hot_work import briefs
from service.reminders import rehearsal
from storage.tables import answers
from tests.service.site import Site, moment
from tests.service.test_dispatch import open_card
from tests.service.test_permit_talks import begins
from tests.town import Person, Town


async def on_the_day(person: Person) -> None:
    """Come to the question for the day of June's dispatch."""
    await open_card(person)
    await person.tap("已调度")
    assert "哪天" in await person.tap("是")


def days(town: Town) -> list[str]:
    """Every answer to the question for the day, in order."""
    said = select(answers.c.value).where(answers.c.key == "day").order_by(answers.c.seq)
    return list(town.app.database.look(lambda conn: conn.execute(said).scalars().all()))


@pytest.mark.parametrize(("text", "day"), [("今天", "2023-06-05"), ("昨天", "2023-06-04"), ("周一", "2023-06-05")])
async def test_time_of_writing_a_day(town: Town, principal: Person, text: str, day: str) -> None:
    """Words that waited over midnight while the bot was down mean the day on which they were written."""
    await on_the_day(principal)
    written = town.now.replace(hour=23, minute=50)
    town.now = written + timedelta(minutes=30)
    assert "什么形式" in await principal.say(text, at=written)
    assert days(town) == [day]


async def test_time_of_writing_that_is_still_to_come_is_not_believed(town: Town, principal: Person) -> None:
    """A clock that runs ahead makes no tomorrow of today."""
    await on_the_day(principal)
    assert "什么形式" in await principal.say("今天", at=town.now + timedelta(days=3))
    assert days(town) == ["2023-06-05"]


async def test_time_of_writing_in_a_rehearsal(town: Town, principal: Person) -> None:
    """The offset of the campaign clock holds for what was written, too."""
    town.app.database.run(lambda conn: rehearsal.start(conn, town.now + timedelta(days=9), town.now))
    await on_the_day(principal)
    written = town.now.replace(hour=23, minute=50)
    town.now = written + timedelta(minutes=30)
    assert "什么形式" in await principal.say("今天", at=written)
    assert days(town) == ["2023-06-14"]


@pytest.mark.parametrize("said", ["现在", "9:20"])
async def test_time_of_writing_a_moment(town: Town, said: str) -> None:
    """A gas was measured when that was written, however late it comes: in the talk about it."""
    site = await Site.found(town)
    site.approved()
    site.at("05T09:50")
    begins(site, "tester", briefs.begin, Event.SAMPLE)
    tester = site.crew["tester"]
    for text in ("氢气", "0.05%", said):
        await tester.say(text, at=moment("05T09:20"))
    await tester.tap("完成")
    assert site.permit().life.samples[-1].taken_at == moment("05T09:20")


async def test_time_of_writing_beside_the_code_of_a_permit(town: Town) -> None:
    """A minute behind a value is the last one before the message was written, not before it came."""
    site = await Site.found(town)
    site.started()
    tester = site.crew["tester"]
    site.at("05T11:00")
    said = await tester.say("D-0605-01 0.03% 10:20", at=moment("05T10:15"))
    assert "6月4日 10:20" in said, said
