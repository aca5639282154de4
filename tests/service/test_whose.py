"""Whose it is, is always said: whoever stands for several enterprises or districts reads which one, everywhere."""

from collections.abc import Iterator
from functools import partial

import pytest
from sqlalchemy import Connection, func, select, update

from bot.incoming import respond
from service.checks.places import places
from service.core import whose
from service.core.unit_of_work import UnitOfWork
from storage import people
from storage.tables import enterprises, outbox
from talk.messages import Address, Inbound, Kind
from talk.texts import render
from tests.service.conftest import CITY
from tests.service.fenced import COMMANDS, NAME, NEAR, NEXT_DOOR
from tests.service.test_yesterday import SEED, UndoneError, expected, yesterday
from tests.service.whose import FOOD, OF_NOBODY, OF_THE_CITY, OWN_AFFAIR, Heard, ids, once_more, overheard, shown
from tests.town import Town

NEIGHBOUR = str(NEXT_DOOR.cells["企业名称"])
STAFF = ("孙演九", "李演五", "赵演六")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The filled district of yesterday, in which everybody has the same role once more, next door."""
    found = yesterday(tmp_path_factory.mktemp("whose"))
    found.register(NEXT_DOOR)
    found.use(lambda uow: once_more(uow.conn, NEAR))
    found.tick()
    yield found
    found.app.close()


def _said(town: Town, person: str, how: str, what: str) -> list[Heard]:
    """What comes of a button or a text: what is written, to whom; nothing of it is kept."""
    found: list[Heard] = []

    def job(conn: Connection) -> None:
        text, data = ("", what) if how == "button" else (what, "")
        inbound = Inbound(Address("web", "test", person), 999_999, town.now, Kind(how), text=text, data=data)
        with overheard() as heard:
            respond(town.app._uow(conn, town.app._wall(), SEED, "in/web/test/whose"), inbound)
        found.extend(heard)
        raise UndoneError

    with pytest.raises(UndoneError):
        town.app.database.run(job)
    return found


def test_whoever_stands_for_several_reads_everywhere_whose_it_is(town: Town) -> None:
    """Each button and each command of a filled district, by everybody in it; what they and others are told by it."""
    staff = {town.use(partial(_known, name=name)) for name in STAFF}
    city = town.use(partial(_known, name="赵演六"))
    places = (*town.app.context.pack.district_names, town.app.context.pack.annex.city_column, CITY)
    unnamed: dict[str, str] = {}
    for person, how, what, *_ in expected()["taps"]:
        for reader, draft, message in _said(town, person, how, what):
            wanted = (NAME, NEIGHBOUR, *places) if reader in staff else (NAME, NEIGHBOUR)
            said, sentences = shown(message), ids(draft)
            of_none = sentences <= OF_NOBODY or (reader == city and sentences <= OF_THE_CITY) or OWN_AFFAIR.search(said)
            if not (of_none or any(name in said for name in wanted)):
                unnamed.setdefault(f"{sorted(sentences)}", f"{person} {what}: {message.text}")
    assert not unnamed, "\n".join(f"{which} {what}" for which, what in unnamed.items())


def _known(uow: UnitOfWork, name: str) -> int | None:
    return people.meet(uow.conn, Address("web", "test", name), "zh-CN", uow.wall).person


def _told(town: Town, person: str, what: str) -> str:
    """What a button (`a:…`) or words answer somebody."""
    how = "button" if what.startswith("a:") else "text"
    return "\n".join(shown(message) for _, _, message in _said(town, person, how, what))


def test_what_is_owed_stands_by_enterprise_and_can_be_asked_for_one(town: Town) -> None:
    desk = _told(town, "郑演丙", "/tasks")
    assert f"{NAME}　已逾期：" in desk
    assert "按单位查看" in desk
    which = _told(town, "郑演丙", "a:tasks:of")
    assert f"1. {NAME}：" in which
    assert f"2. {NEIGHBOUR}：" in which
    for asked in (f"a:tasks:@{NEAR}", "/tasks 青松", f"/tasks {NEAR}"):
        only = _told(town, "郑演丙", asked)
        assert NEIGHBOUR in only
        assert NAME not in only
    # A made-up button names nothing of another's.
    assert "青松" not in _told(town, "钱演七", "a:tasks:@91210112155117772D")


def test_a_bundle_is_of_one_enterprise(town: Town) -> None:
    bundle = next(rule.id for rule in town.app.context.pack.bundles if rule.id == "first-list")
    assert NAME in _told(town, "郑演丙", f"a:bundle:{bundle}:1:{FOOD}").splitlines()[0]
    assert "没有" not in _told(town, "郑演丙", f"a:bundle:{bundle}")


def test_two_of_one_name_are_told_apart(town: Town) -> None:
    """Of the same name, and of a name that begins with the other: by the end of the code."""
    for name in (NAME, f"{NAME}浑南分公司"):

        def job(conn: Connection, renamed: str = name) -> None:
            conn.execute(update(enterprises).where(enterprises.c.code == NEAR).values(name=renamed))
            uow = town.app._uow(conn, town.app._wall(), SEED, "in/web/test/alike")
            person = _known(uow, "郑演丙")
            assert person is not None
            labels = {code: render(label, "zh-CN") for code, label in whose.labels(uow, person, (FOOD, NEAR)).items()}
            assert labels[FOOD] == f"{NAME}（代码末位 {FOOD[-4:]}）"
            assert labels[NEAR] == f"{renamed}（代码末位 {NEAR[-4:]}）"
            raise UndoneError

        with pytest.raises(UndoneError):
            town.app.database.run(job)


def test_letters_that_time_brings_name_whose_they_are(town: Town) -> None:
    """Three weeks of reminders, check-ins and certificates, to those who stand for two."""
    first = _newest(town)
    for _ in range(11):
        town.pass_time(days=2)
        town.tick()
    several = {town.use(partial(_known, name=name)) for name in ("郑演丙", "钱演七", "何演松")}
    letters = town.app.look(
        lambda uow: uow.conn.execute(
            select(outbox.c.body, outbox.c.kind).where(outbox.c.id > first, outbox.c.person.in_(several))
        ).all()
    )
    assert {letter.kind for letter in letters} >= {"reminder"}
    texts = [letter.body["text"] for letter in letters]
    assert [text for text in texts if not (NAME in text or NEIGHBOUR in text)] == []


def _newest(town: Town) -> int:
    return int(town.app.look(lambda uow: uow.conn.execute(select(func.max(outbox.c.id))).scalar_one()))


def test_who_serves_two_districts_says_which(town: Town) -> None:
    for command in ("district", "coverage", "drafts", "annex", "annex 6月", "actions", "checks", "notice"):
        asked = _told(town, "孙演九", f"/{command}")
        assert f"“/{command.split()[0]} " in asked, command
        assert {"浑南区", "沈河区"} <= set(asked.splitlines()), command
        chosen = _told(town, "孙演九", f"a:type:{command.split()[0]}:{' '.join([*command.split()[1:], '沈河区'])}")
        assert "沈河区" in chosen, command
        assert "您负责多个区县" not in chosen, command
    assert "沈河区" in _told(town, "孙演九", f"a:check-inspectors:1:{places(_unit(town)).index('沈河区')}")


def _unit(town: Town) -> UnitOfWork:
    found: list[UnitOfWork] = []
    town.app.look(found.append)
    return found[0]


def test_the_ledger_can_be_asked_for_one_enterprise(town: Town) -> None:
    assert f"{NAME}：" in _told(town, "郑演丙", "/hazards")
    for asked in ("/hazards 白桦", f"/hazards {FOOD}", f"a:hazards:page:1:{FOOD}"):
        assert NAME in _told(town, "郑演丙", asked)
    for asked in ("/hazards 青松", f"a:hazards:page:1:{NEAR}"):
        assert "目前没有未销号的重大事故隐患" in _told(town, "郑演丙", asked)


@pytest.mark.parametrize("person", ["郑演丙", "钱演七", "吴演看", "孙演九"])
def test_each_command_names_whose_it_is(town: Town, person: str) -> None:
    """Those that came since the district was filled, too."""
    names = (NAME, NEIGHBOUR, "浑南区", "沈河区") if person in STAFF else (NAME, NEIGHBOUR)
    said = {name: _said(town, person, "text", f"/{name}") for name in COMMANDS}
    unnamed = [
        (name, message.text)
        for name, heard in said.items()
        for _, draft, message in heard
        if not (ids(draft) <= OF_NOBODY | {"start-joined"} or any(known in shown(message) for known in names))
        and not OWN_AFFAIR.search(message.text)
    ]
    assert unnamed == []
