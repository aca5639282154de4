"""Nobody sees or moves what lies beyond their own fence: by old buttons, forwarded cards, receipts or guessed ids."""

import ast
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot.incoming import respond
from campaign.permits import Event, State
from reports.drawing import draw
from service.core.papers import AnyPaper
from service.core.permissions import TABLE, holds
from service.hot_work import pulse
from service.hot_work.papers import PermitPaper
from service.notices.receipts import ReceiptsPaper
from service.people.own_data import OwnDataPaper
from storage.columns import metadata
from storage.tables import outbox
from talk.messages import FileRef, Inbound, Kind, Outbound
from tests.service.conftest import CITY, DISTRICT, FOOD
from tests.service.fenced import (
    ACTIONS,
    COMMANDS,
    ELSEWHERE,
    FAR,
    NAME,
    NEAR,
    NEXT_DOOR,
    OTHER,
    PERMIT,
    SECRETS,
    UNSEEN,
    Fenced,
    fenced,
)
from tests.service.noticing import end_role
from tests.service.site import Site
from tests.service.test_dispatch import june
from tests.service.test_permit_walk import ready
from tests.town import Person, Town

ROLES = {
    "principal": ("外演甲", OTHER),
    "officer": ("外演乙", OTHER),
    "worker": ("外演丙", OTHER),
    "clerk": ("外演丁", FAR),
    "leader": ("外演戊", FAR),
    "principal next door": ("邻演甲", NEAR),
    "operator": ("外演己", CITY),
}
"""Who has a role somewhere else: by their role, their name and their place."""

THEIR_OWN = {
    "former officer": (NAME, "韩演旧", "钱演七"),
    "second principal": (NAME, FOOD, "许演候", "郑演丙"),
    "principal next door": ("台风将至",),
}
"""What somebody outside knows all the same: into which enterprise they were invited, who they are, and whom the
registry had in their place, since they were asked whether they are that one. Next door: the notice to all of the
district.
"""

TRACES = {
    *("inbox", "outbox", "audit", "audit_head", "denials", "tries", "feedback"),
    *("conversations", "prompts", "answers"),
    *("people", "identities", "files"),
    *("burden", "nudges"),
}
"""Tables in which trying may leave a trace: what was said and guessed, a talk of one's own, one's language, the file of
one's own data, and that one's own people were written to. Every other row of another must be as it was.
"""

HANDED_OUT = {
    *("accept", "adopt", "annex", "answers", "decide", "decline", "dismiss", "excuse", "explain", "fill", "ground"),
    *("hazard", "history", "list", "notice", "notice-drop", "notice-edit", "notice-export", "notice-noted"),
    *("notice-refresh", "notice-remind", "notice-send", "notice-stop", "permit", "permit-do", "photos", "plan"),
    *("progress", "reopen", "show", "update"),
}
"""Actions that the people of the district were offered: the walk taps their very buttons."""

FORMER = ("郑演丙", "钱演七", "何演松", "吴演看", "孙演九", "李演五", "赵演六")
"""Who was of the district and is it no more: everything that they were ever shown is still on their screens."""


@dataclass(frozen=True)
class Tried:
    """Something that an outsider tapped or typed, and all that it set off."""

    what: str
    said: list[Outbound]
    """To the outsider."""
    told: set[str]
    """Who else got a letter."""
    papers: list[AnyPaper]
    """What is to be drawn for them, but their own data."""
    own: str
    """The own data that they take away, as it was just then."""


def everything(fence: Fenced) -> Iterator[tuple[Kind, str]]:
    """Every button of the district, and every command and action with whatever might name something there."""
    highest = max(int(part) for data in fence.buttons for part in data.split(":") if part.isdecimal())
    ids = ("", "1", "2", "3", *map(str, fence.duties), str(highest), "first-list", FOOD, DISTRICT)
    yield from ((Kind.BUTTON, data) for data in fence.buttons)
    for name in COMMANDS:
        # What proves something comes first: wrong codes are counted, and after ten of them nobody learns anything.
        yield from ((Kind.TEXT, f"/{name} {guess}".strip()) for guess in (*fence.receipts, *ids, PERMIT, fence.token))
    for name in ACTIONS:
        yield from ((Kind.BUTTON, f"a:{name}:{guess}") for guess in ids)
    yield from ((Kind.BUTTON, f"a:problem:1:{state}") for state in ("solved", "needed", "coordinated"))
    yield from ((Kind.TEXT, text) for text in (PERMIT, f"{PERMIT} 停止", f"/start v_{fence.token}"))


def walk(town: Town, outsider: Person, tries: Iterable[tuple[Kind, str]]) -> list[Tried]:
    """Let an outsider try everything, each in a work of its own; what a handler raises fails the test."""

    def job(conn: Connection) -> list[Tried]:
        found = []
        for kind, what in tries:
            town.updates += 1
            text, data = (what, "") if kind is Kind.TEXT else ("", what)
            inbound = Inbound(outsider.address, town.updates, town.now, kind, text=text, data=data)
            newest = conn.execute(select(outbox.c.id).order_by(outbox.c.id.desc()).limit(1)).scalar_one()
            cause = f"in/web/test/{town.updates}"
            uow = town.app._uow(conn, town.app._wall(), town.updates.to_bytes(32), cause)
            respond(uow, inbound)
            letters = conn.execute(select(outbox).where(outbox.c.id > newest)).all()
            owned = [one for one in letters if one.external_id == outsider.address.external_id]
            others = {one.external_id for one in letters} - {outsider.address.external_id}
            said = [Outbound.from_json(one.body) for one in owned]
            mine = [paper for paper in uow.papers if isinstance(paper, OwnDataPaper)]
            assert all(holds(uow, person, paper.permission(uow, person)) for paper in mine for person, _ in paper.to)
            own = "\n".join(file.content.decode() for paper in mine for file in draw(paper, paper.gather(uow)).files)
            found.append(Tried(what, said, others, [paper for paper in uow.papers if paper not in mine], own))
        return found

    return town.app.database.run(job)


def kept(town: Town, own: Iterable[str]) -> dict[str, Counter[str]]:
    """Every row of every table but those of `TRACES`, and those that name the outsider's own place."""

    def job(conn: Connection) -> dict[str, Counter[str]]:
        return {
            table.name: Counter(
                row
                for row in (json.dumps([*one], ensure_ascii=False, default=str) for one in conn.execute(select(table)))
                if not any(f'"{name}"' in row for name in own)
            )
            for table in metadata.sorted_tables
            if table.name not in TRACES
        }

    return town.app.database.look(job)


def changes(before: dict[str, Counter[str]], after: dict[str, Counter[str]]) -> dict[str, list[str]]:
    """The rows that are gone or new, by table."""
    return {
        name: [*(before[name] - after[name]), *(after[name] - before[name])]
        for name in before
        if before[name] != after[name]
    }


def seen(one: Tried) -> str:
    """All that somebody could read in what came back."""
    parts = []
    for message in one.said:
        parts += [message.text, str(message.files), *(button.text for line in message.buttons for button in line)]
    return "\n".join(parts)


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_nobody_outside_sees_or_moves_anything(town: Town, photo: FileRef) -> None:
    town.register(ELSEWHERE, NEXT_DOOR)
    town.tick()
    fence = await fenced(town, photo)
    shown = "\n".join(message.text for person in fence.people for message in person.screen)
    assert [secret for secret in SECRETS if secret not in shown] == list(UNSEEN)
    own: tuple[str, ...]
    outsiders: dict[str, tuple[Person, tuple[str, ...]]] = {
        role: (await town.join(name, role.split()[0], place), (place, name)) for role, (name, place) in ROLES.items()
    }
    outsiders["stranger"] = (town.newcomer("路人"), ())
    outsiders["former officer"] = (fence.former, ())
    outsiders["second principal"] = (fence.pending, ())
    tries = list(dict.fromkeys(everything(fence)))
    assert {data.split(":")[1] for data in fence.buttons if data.startswith("a:")} >= HANDED_OUT
    for who, (person, own) in outsiders.items():
        before = kept(town, own)
        found = walk(town, person, tries)
        assert changes(before, kept(town, own)) == {}, who
        known = THEIR_OWN.get(who, ())
        heard = {*known}
        if who == "former officer":
            heard |= {FOOD, *(secret for secret in SECRETS if any(secret in one.text for one in person.screen))}
        for one in found:
            said = seen(one)
            # One's own data is what one said and was told, and no more.
            assert {secret for secret in SECRETS if secret in one.own} <= heard, (who, one.what)
            heard |= {secret for secret in SECRETS if secret in f"{one.what} {said}"}
            # A receipt proves to everybody who has its code that this enterprise handed this in, and no more.
            proven = who != "stranger" and one.what in {f"/receipt {code}" for code in fence.receipts}
            allowed = {NAME, *known} if proven else {*known}
            # What somebody says themselves may come back to them.
            assert {secret for secret in SECRETS if secret in said and secret not in one.what} <= allowed, (who, one)
            assert ("回执仅证明已提交" in said) is proven, (who, one)
            # Of the doubles of one's own taps nothing is said.
            assert said or one.own or (who == "former officer" and one.what.startswith("p:")), (who, one)
            assert not any(message.files for message in one.said), (who, one)
            reached = one.told - {name for name, _ in ROLES.values()}
            assert reached <= ({"赵演六"} if one.what.startswith("/feedback ") else set()), (who, one)
            assert not any(isinstance(paper, PermitPaper | ReceiptsPaper) for paper in one.papers), (who, one)
            assert {word for paper in one.papers for word in (FOOD, DISTRICT) if word in str(paper)} == set(), (
                who,
                one,
            )
        assert any("试的次数过多" in seen(one) for one in found), who


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_who_is_gone_sees_and_moves_nothing_that_was_theirs(town: Town, photo: FileRef) -> None:
    fence = await fenced(town, photo)
    people = {person.name: person for person in fence.people}
    tries = [(Kind.BUTTON, data) for data in fence.buttons]
    tries += [(Kind.TEXT, f"/{name}") for name in COMMANDS if name != "feedback"]
    tries += [(Kind.TEXT, text) for text in (PERMIT, f"{PERMIT} 停止", f"/verify {PERMIT}", "今天", "是", "/back", "3")]
    for role in FORMER:
        who = people[role]
        end_role(town, who.id)
        before = kept(town, ())
        found = walk(town, who, tries)
        moved = changes(before, kept(town, ()))
        assert moved == {}, (role, moved)
        for one in found:
            said = seen(one)
            shown = {secret for secret in SECRETS if secret in said and secret not in f"{one.what} {who.name}"}
            # Into what they were invited they know: an old button of that talk says so.
            joined = {message.text for message in one.said} == {f"加入{NAME}已办理过，这里不用再答。"}
            assert shown <= ({NAME} if joined else set()), (role, one)
            assert one.told == set(), (role, one)
            assert one.papers == [], (role, one)


async def prepare(officer: Person) -> str:
    """June's dispatch as far as the officer can answer it, but for the last question."""
    await officer.press_data(f"a:fill:{june(officer.town).id}")
    for tap in ("已调度", "今天", "会议调度"):
        await officer.tap(tap)
    return await officer.say("落实整改")


async def test_who_is_gone_in_the_middle_of_an_answer_hands_nothing_over(
    town: Town, principal: Person, officer: Person
) -> None:
    assert "还有什么问题" in await prepare(officer)
    end_role(town, officer.id)
    assert "您现在不能办理" in await officer.tap("没有")
    assert principal.look() == ""
    assert "由您本人主持吗" in await principal.press_data(f"a:fill:{june(town).id}")


async def test_nothing_goes_back_to_who_is_gone(town: Town, principal: Person, officer: Person) -> None:
    await prepare(officer)
    await officer.tap("没有")
    principal.look()
    for tap in ("去核对", "是", "退回", "时间"):
        await principal.tap(tap)
    end_role(town, officer.id)
    officer.look()
    assert "这一项已不需要回答" in await principal.say("应为6月2日")
    assert officer.look() == ""


async def test_who_is_gone_hears_no_more_of_a_permit(town: Town) -> None:
    site = await Site.found(town)
    await ready(site)
    guardian = site.crew["guardian"]
    guardian.look()
    end_role(town, guardian.id)
    site.at("05T10:00")
    assert site.do("leader", Event.START) is State.STARTED
    for minute in ("10:30", "10:40", "10:50", "11:00", "11:30"):
        site.at(f"05T{minute}")
        town.use(pulse.tick)
    assert guardian.look() == ""
    assert "您现在不能办理" in await guardian.press_data("a:permit:1")


def test_no_row_of_the_table_is_dead() -> None:
    asked = {
        node.attr
        for path in [*Path("service").rglob("*.py"), *Path("bot/handlers").glob("*.py")]
        if path.name != "permissions.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Act"
    }
    assert {act.name for act in TABLE} - asked == set()
