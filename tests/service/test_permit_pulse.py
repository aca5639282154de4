"""The pulse as people on a site see it."""

from service.hot_work import pulse
from tests.service.site import Site
from tests.town import Town


async def test_the_button_to_start_comes_when_the_time_to_work_does(town: Town) -> None:
    site = await Site.found(town)
    site.approved()
    site.at("05T09:50")
    site.ready()
    leader = site.crew["leader"]
    assert "开工前还需：到作业时间" in await leader.say("D-0605-01")
    assert "开始作业" not in leader.labels
    site.at("05T09:59")
    town.use(pulse.tick)
    assert leader.look() == ""
    site.at("05T10:00")
    town.use(pulse.tick)
    assert "已批准，未开工" in leader.look()
    assert leader.can_tap("开始作业")
    assert "已开工" in await leader.tap("开始作业")


async def test_the_button_to_go_on_comes_with_the_next_day(town: Town) -> None:
    site = await Site.found(town)
    site.started(site.days())
    site.at("05T17:00")
    town.use(pulse.tick)
    leader = site.crew["leader"]
    site.at("06T07:50")
    site.ready()
    assert "恢复前还需：到作业时间" in await leader.say("D-0605-01")
    site.at("06T08:00")
    town.use(pulse.tick)
    assert leader.look()
    assert leader.can_tap("恢复作业")
