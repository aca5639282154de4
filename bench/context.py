"""Databases for the bench: a district on 5 June 2023 with principals who joined, planned and reminded."""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from bench import form
from bench.form import ACCOUNT
from bot.app import App
from bot.settings import Settings
from campaign.identity import check_character
from service.core.unit_of_work import UnitOfWork
from service.imports import columns
from service.imports.sheets import Row
from service.registry.enterprise_import import import_enterprises
from service.reminders import tick
from storage.outbox import NOTICE
from storage.schema import upgrade
from storage.tables import duties, identities, memberships, outbox, people
from talk.messages import Channel, Outbound
from talk.texts import CHINESE

START = datetime.fromisoformat("2023-06-05T09:00:00+08:00")
FIRST_CHAT = 7_000_000


def code(number: int) -> str:
    """Return a made-up credit code with its check character."""
    body = f"91210100{number:09d}"
    return body + check_character(body)


def settings(folder: Path, *, start: datetime | None = START) -> Settings:
    """Return settings with all data in a folder."""
    return Settings(data_dir=folder, database_url="", secret_key="", clock_start=start)


def opened(folder: Path, channels: Sequence[Channel] = ()) -> App:
    """Open the bot on the database of a folder; where there is none yet, it is made."""
    chosen = settings(folder)
    upgrade(chosen.database)
    return App(chosen, channels)


def build(folder: Path, number: int, channel: str = "telegram", account: str = ACCOUNT) -> dict[int, str]:
    """Register so many enterprises with a principal each; return the data of the button that opens June's dispatch, by
    the chat of its principal.
    """
    app = opened(folder)
    try:
        return app.use(lambda uow: _settle(uow, number, channel, account))
    finally:
        app.close()


def _settle(uow: UnitOfWork, number: int, channel: str, account: str) -> dict[int, str]:
    report = import_enterprises(uow, [_line(number) for number in range(1, number + 1)])
    if report.refused:
        raise RuntimeError(f"the registry refuses {report.refused}")
    tick.tick(uow)
    everybody = range(1, number + 1)
    uow.conn.execute(
        insert(people),
        [{"id": person, "name": "郑演丙", "language": CHINESE, "joined_at": uow.now} for person in everybody],
    )
    uow.conn.execute(
        insert(identities),
        [
            {
                "channel": channel,
                "account": account,
                "external_id": str(FIRST_CHAT + person),
                "person": person,
                "seen_at": uow.wall,
                "language": CHINESE,
            }
            for person in everybody
        ],
    )
    uow.conn.execute(
        insert(memberships),
        [
            {"person": person, "role": "principal", "subject": code(person), "state": "active", "since": uow.now}
            for person in everybody
        ],
    )
    june = select(duties.c.subject, duties.c.id).where(
        duties.c.obligation == "monthly-dispatch", duties.c.period == "2023-06"
    )
    by_subject = {row.subject: row.id for row in uow.conn.execute(june)}
    return {FIRST_CHAT + person: f"a:fill:{by_subject[code(person)]}:yes" for person in everybody}


def add_notices(folder: Path, chats: Sequence[int]) -> None:
    """Queue a notice to each of these chats, ready to leave."""
    now = datetime.now(UTC)
    body = Outbound(form.NOTICE).to_json()
    rows = [
        {
            "dedupe": f"bench/{chat}",
            "priority": NOTICE,
            "channel": "telegram",
            "account": ACCOUNT,
            "external_id": str(chat),
            "person": chat - FIRST_CHAT,
            # Letters alone, beside frameworks that know nothing of who wrote them: a notice would be looked up.
            "kind": "bench",
            "about": [],
            "body": body,
            "state": "ready",
            "created_at": now,
            "not_before": now,
            "attempts": 0,
        }
        for chat in chats
    ]
    app = opened(folder)
    try:
        app.use(lambda uow: uow.conn.execute(insert(outbox), rows))
    finally:
        app.close()


def copy(template: Path, folder: Path) -> Path:
    """Copy a folder with its database, for one run; return the copy."""
    shutil.copytree(template, folder)
    return folder


def _line(number: int) -> Row:
    return Row(
        number,
        {
            columns.ENTERPRISE: f"沈阳演练{number}有限公司",
            columns.CODE: code(number),
            columns.DISTRICT: "浑南区",
            columns.SECTOR: "机械",
            columns.TAGS: "有限空间、动火",
            columns.PRINCIPAL: "郑演丙",
            columns.OFFICER: "钱演丁",
            columns.SUPERVISOR: "浑南区应急管理局",
            columns.EMPLOYEES: "120",
        },
    )
