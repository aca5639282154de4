"""Whose it is, is always said: whoever stands for several enterprises or districts reads which one, everywhere."""

import gzip
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from unittest.mock import patch

import pytest
from sqlalchemy import Connection, select

from bot.incoming import respond
from service.core import letters as outgoing
from service.core.letters import Draft
from service.core.unit_of_work import UnitOfWork
from storage import people, schema
from storage.tables import memberships
from talk.messages import Address, Inbound, Kind, Outbound
from talk.texts import Say
from tests.service.conftest import CITY, DISTRICT, FOOD
from tests.service.fenced import FAR, NAME, NEAR, NEXT_DOOR
from tests.service.test_yesterday import MADE, SEED, UndoneError, expected
from tests.town import Town

NEIGHBOUR = str(NEXT_DOOR.cells["企业名称"])
STAFF = ("孙演九", "李演五", "赵演六")
OF_NOBODY = frozenset(
    {
        *("not-allowed", "stranger", "outside-nothing-open", "help-intro", "help-commands", "help-commands-staff"),
        *("help-commands-leader", "feedback-ask", "feedback-hint", "language-ask", "language-set", "join-refused"),
        *("leave-done", "leave-stayed", "me-kept-none", "me-joined", "me-channels", "me-answers", "me-reminded"),
        *("me-why", "talk-no-longer-yours", "tap-outdated", "tap-not-yours", "file-nothing", "workers-not-yours"),
        # What was named is nothing of theirs, or nothing at all.
        *("receipt-how", "receipt-unknown", "permit-unknown", "annex-unknown", "verify-help"),
        # Whoever has the code in hand reads whether it holds, and not whose it is.
        "verify-approved",
        # Which of theirs it is about is just what is asked.
        *("which-ask", "which-hint"),
        # Nothing is there, of none of theirs.
        *("tasks-none", "hazards-none", "hazards-none-closed", "notices-none-got", "notices-none-sent"),
        *("file-pause", "back-at-start"),
    }
)
"""What is about no enterprise and no district. A new sentence fails the test until it names whose it is, or stands
here.
"""
OF_THE_CITY = frozenset(
    {
        *("check-few-inspectors", "check-suggested-none", "check-inspectors-none", "checks-none", "owes-making"),
        *("notice-text", "notice-text-hint", "notices-sent", "task-line", "list-more", "action-on", "day-hint"),
        *("owes-own-heading", "permits-none-staff", "permits-blocked"),
    }
)
"""What the city's staff read of the city itself: they stand for no other."""
OWN_AFFAIR = re.compile("退出")
"""A talk about leaving goes on, or waits."""


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
    found.use(_once_more)
    found.tick()
    yield found
    found.app.close()


def _once_more(uow: UnitOfWork) -> None:
    for role in uow.conn.execute(select(memberships).where(memberships.c.state == "active")).all():
        place = {FOOD: NEAR, DISTRICT: FAR}.get(role.subject)
        if place is not None:
            people.grant(uow.conn, role.person, role.role, place, "active", role.since)


def _said(town: Town, person: str, how: str, what: str) -> list[tuple[int | None, Draft, Outbound]]:
    """What comes of a button or a text: what is written, to whom; nothing of it is kept."""
    found: list[tuple[int | None, Draft, Outbound]] = []
    written = outgoing.rendered

    def overheard(uow: UnitOfWork, draft: Draft, reader: int | None, language: str) -> Outbound:
        message = written(uow, draft, reader, language)
        found.append((reader, draft, message))
        return message

    def job(conn: Connection) -> None:
        text, data = ("", what) if how == "button" else (what, "")
        inbound = Inbound(Address("web", "test", person), 999_999, town.now, Kind(how), text=text, data=data)
        with patch.object(outgoing, "rendered", overheard):
            respond(town.app._uow(conn, town.app._wall(), SEED, "in/web/test/whose"), inbound)
        raise UndoneError

    with pytest.raises(UndoneError):
        town.app.database.run(job)
    return found


def _ids(draft: Draft) -> set[str]:
    return {line.id for line in draft.lines if isinstance(line, Say)}


def _shown(message: Outbound) -> str:
    return "\n".join([message.text, *(button.text for row in message.buttons for button in row)])


def test_whoever_stands_for_several_reads_everywhere_whose_it_is(town: Town) -> None:
    """Each button and each command of a filled district, by everybody in it; what they and others are told by it."""
    staff = {town.use(partial(_known, name=name)) for name in STAFF}
    city = town.use(partial(_known, name="赵演六"))
    places = (*town.app.context.pack.district_names, town.app.context.pack.annex.city_column, CITY)
    unnamed: dict[str, str] = {}
    for person, how, what, *_ in expected()["taps"]:
        for reader, draft, message in _said(town, person, how, what):
            wanted = (NAME, NEIGHBOUR, *places) if reader in staff else (NAME, NEIGHBOUR)
            shown, ids = _shown(message), _ids(draft)
            of_none = ids <= OF_NOBODY or (reader == city and ids <= OF_THE_CITY) or OWN_AFFAIR.search(shown)
            if not (of_none or any(name in shown for name in wanted)):
                unnamed.setdefault(f"{sorted(ids)}", f"{person} {what}: {message.text}")
    assert not unnamed, "\n".join(f"{ids} {what}" for ids, what in unnamed.items())


def _known(uow: UnitOfWork, name: str) -> int | None:
    return people.meet(uow.conn, Address("web", "test", name), "zh-CN", uow.wall).person
