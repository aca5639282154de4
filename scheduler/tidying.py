"""What is over ends: each minute what cannot wait, and once a day everything, by the table of retention."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from service.factor import enrolment
from service.people import inviting
from service.registry import phone_numbers
from storage import audit, clock, kept_files, outbox, retention
from storage.audit import SYSTEM, Actor
from storage.engine import Database, Turn
from storage.retention import DEFAULTS, PORTION, TABLE, Moment, Rule, Terms

log = logging.getLogger("anzhu")

A_DAY: Final = timedelta(days=1)
SHOWN_ONCE: Final = {
    enrolment.ONCE: enrolment.GOOD_FOR,
    phone_numbers.KIND: phone_numbers.SHOWN_FOR,
    inviting.KIND: inviting.SHOWN_FOR,
}
"""How long after it was sent what a letter of a kind said is kept: it is for one pair of eyes."""
AT_ONCE: Final = ("updates",)
"""The kinds that end each minute: a platform's updates are many, and the words of strangers."""


@dataclass(slots=True)
class Swept:
    """What ended, by kind, and the kinds that could not be seen to."""

    ended: dict[str, int] = field(default_factory=dict[str, int])
    failed: list[str] = field(default_factory=list[str])


async def tidy(database: Database, folder: Path, wall: datetime, terms: Terms = DEFAULTS) -> None:
    """Let go what was lent or said to people who left, and once a day all that is over; `folder` is
    that of the kept files, `wall` real time, aware, `terms` how long things are kept.
    """
    await database.write(outbox.forget, Turn.WORK)
    for kind, term in SHOWN_ONCE.items():
        await database.write(partial(outbox.forget_secrets, kind=kind, before=wall - term), Turn.WORK)
    moment = await moment_at(database, wall, terms)
    for kept in TABLE:
        if kept.kind in AT_ONCE:
            await _end(database, kept.rules, moment)
    await _let_go(database, folder, wall)
    if await database.write(partial(clock.take_sweep, at=wall, every=A_DAY), Turn.WORK):
        await sweep(database, folder, wall, terms=terms)


async def sweep(
    database: Database, folder: Path, wall: datetime, actor: Actor = SYSTEM, terms: Terms = DEFAULTS
) -> Swept:
    """Let everything end that is over; one kind that fails keeps no other. `actor`: who asked for it."""
    moment = await moment_at(database, wall, terms)
    swept = Swept()
    for kept in TABLE:
        if kept.rules:
            try:
                swept.ended[kept.kind] = await _end(database, kept.rules, moment)
            except Exception:
                log.exception("%s could not be ended", kept.kind)
                swept.failed.append(kept.kind)
    try:
        swept.ended |= await _let_go(database, folder, wall)
        swept.ended["unattached"] = await _remove_unattached(database, folder, moment)
    except Exception:
        log.exception("files could not be removed")
        swept.failed.append("unattached")
    await database.write(partial(_note, moment=moment, actor=actor, ended=swept.ended), Turn.WORK)
    await asyncio.to_thread(database.scrub)
    return swept


async def due(database: Database, folder: Path, moment: Moment) -> dict[str, int]:
    """Return how much of each kind would end at a moment; nothing is changed."""
    counted = await database.read(partial(retention.due, moment=moment))
    unattached = await _unattached(database, folder, moment)
    lent = await database.read(partial(kept_files.over, at=moment.wall))
    return {**counted, **_by_kind(lent), "unattached": len(unattached)}


async def moment_at(database: Database, wall: datetime, terms: Terms = DEFAULTS) -> Moment:
    """Return the moment of an instant (real time, aware)."""
    offset = await database.read(lambda conn: clock.read(conn).offset)
    return Moment(wall, wall + offset, terms)


async def _end(database: Database, rules: tuple[Rule, ...], moment: Moment) -> int:
    """Let the rows of some rules end, a portion in each transaction."""
    number = 0
    for rule in rules:
        ended = PORTION
        while ended >= PORTION:
            ended = await database.write(partial(retention.end, rule=rule, moment=moment), Turn.WORK)
            number += ended
    return number


async def _let_go(database: Database, folder: Path, wall: datetime) -> dict[str, int]:
    """Remove the files whose time is over; what somebody has sent in since is kept on."""
    lent = await database.read(partial(kept_files.over, at=wall))
    if lent:
        elsewhere = await database.read(kept_files.attached_elsewhere)
        gone = {sha256 for sha256, _ in lent} - elsewhere
        await asyncio.to_thread(_remove, folder, gone)
        await database.write(partial(kept_files.forget, hashes=gone), Turn.WORK)
        await database.write(partial(kept_files.keep_on, hashes={sha256 for sha256, _ in lent} - gone), Turn.WORK)
        lent = [(sha256, own) for sha256, own in lent if sha256 in gone]
    return _by_kind(lent)


def _by_kind(lent: list[tuple[str, bool]]) -> dict[str, int]:
    own = sum(1 for _, is_own in lent if is_own)
    return {"own-data": own, "papers": len(lent) - own}


def _remove(folder: Path, hashes: set[str]) -> None:
    for sha256 in hashes:
        kept_files.remove(folder, folder / sha256[:2] / sha256)


async def _unattached(database: Database, folder: Path, moment: Moment) -> list[Path]:
    """The files that nobody has sent for a while, and that nothing refers to; looked for in this order, so that what
    arrives meanwhile is not among them.
    """
    old = await asyncio.to_thread(kept_files.untouched, folder, moment.terms.unattached, moment.wall)
    attached = await database.read(kept_files.attached) if old else set[str]()
    return [path for path in old if path.name not in attached]


async def _remove_unattached(database: Database, folder: Path, moment: Moment) -> int:
    unattached = await _unattached(database, folder, moment)
    since = moment.wall - moment.terms.unattached

    def remove() -> set[str]:
        return {path.name for path in unattached if kept_files.remove(folder, path, unless_since=since)}

    removed = await asyncio.to_thread(remove)
    await database.write(partial(kept_files.forget, hashes=removed), Turn.WORK)
    return len(removed)


def _note(conn: Connection, *, moment: Moment, actor: Actor, ended: Mapping[str, int]) -> None:
    """Write down what ended, where something did."""
    counts = {kind: number for kind, number in ended.items() if number}
    if counts:
        audit.note(conn, moment.now, "tidied", actor, "data", **counts)
