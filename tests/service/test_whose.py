"""Whose it is, is always said: whoever stands for several enterprises or districts reads which one, everywhere."""

import gzip
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import Connection

from bot.incoming import respond
from service.core.unit_of_work import UnitOfWork
from storage import people, schema
from talk.messages import Address, Inbound, Kind
from tests.service.conftest import CITY
from tests.service.fenced import NAME, NEAR, NEXT_DOOR
from tests.service.test_yesterday import MADE, SEED, UndoneError, expected
from tests.service.whose import OF_NOBODY, OF_THE_CITY, OWN_AFFAIR, Heard, ids, once_more, overheard, shown
from tests.town import Town

NEIGHBOUR = str(NEXT_DOOR.cells["企业名称"])
STAFF = ("孙演九", "李演五", "赵演六")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The filled district of yesterday, in which everybody has the same role once more, next door."""
    folder = tmp_path_factory.mktemp("whose")
    path = folder / "anzhu.db"
    with sqlite3.connect(path) as database:
        database.executescript(gzip.decompress((MADE / "anzhu.sql.gz").read_bytes()).decode())
    database.close()
    schema.upgrade(f"sqlite:///{path}")
    found = Town.found(f"sqlite:///{path}", folder)
    found.now = datetime.fromisoformat(expected()["now"])
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
