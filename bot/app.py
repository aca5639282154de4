"""The application of one process: settings, database, files, subjects and channels, put together.

A process pays for what it does: what answers messages, ticks or draws is imported when that is first asked for.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Final, TypeVar

from sqlalchemy import Connection

from bot import clockwork, horizon, keys
from bot.anchoring import AnchorFile
from bot.channels import terminal
from bot.channels.links import LINKS
from bot.drawing import Drawing
from bot.gate import Gate
from bot.in_force import in_force
from bot.loops import DELIVERY, DRAWING, Loops
from bot.meter import Meter
from bot.settings import Settings, SettingsError
from bot.subjects import TALKS, duty_opening
from scheduler.delivery import Delivery
from service.core import papers
from service.core.assurance import Policy
from service.core.ticking import Round
from service.core.unit_of_work import AppContext, UnitOfWork, unit_of_work
from service.reminders import rehearsal
from storage import (
    accounts,
    audit_chain,
    clock,
    fetching,
    inbox,
    leaps,
    leases,
    paper_orders,
    rewinds,
    schema,
    setting_aside,
)
from storage.audit import SYSTEM, Actor
from storage.away import is_away
from storage.engine import Database, Job, Turn, open_database
from storage.outbox import Claimed, LostFile
from storage.presence import Presence
from storage.sending import Unsent
from storage.trouble import Trouble
from storage.unreadable import UnreadableError
from talk.messages import Address, Channel, FileRef, Inbound, Outbound, Outcome, together
from talk.texts import Listed, Say, years_go_without_saying

log = logging.getLogger("anzhu")

R = TypeVar("R")

SET_ASIDE: Final = 5
"""Rows at the most that are set aside for one message."""


class App:
    """The bot at work: it takes messages, ticks and delivers. There is one for each process."""

    def __init__(
        self,
        settings: Settings,
        channels: Sequence[Channel] = (),
        *,
        actor: Actor = SYSTEM,
        wall: Callable[[], datetime] = clockwork.now,
        patience: float | None = None,
    ) -> None:
        """Open the database. SettingsError: its clock is already past the `clock_start` of the settings, its log is
        sealed with another key, the file of days off cannot be used, or things are owed from a day that is none of the
        campaign.

        `actor` is who is at work in `use`: an operator at the command line. `wall` tells the real time, aware; tests
        set it. `patience`: seconds to wait for another program that holds the database; None: as long as it takes to
        write what somebody sent.
        """
        self.settings = settings
        self._actor = actor
        self._wall = wall
        horizon.arrange(settings)
        pack = in_force(settings)
        years_go_without_saying(pack.start.year, pack.end.year)
        self.context = AppContext(
            pack=pack,
            talks=TALKS,
            duty_opening=duty_opening,
            keys=keys.ring(settings),
            second_factor=Policy(settings.second_factor),
            files=settings.files,
            encrypt_files=settings.encrypt_files,
            zone=settings.timezone,
            links=LINKS,
            terms=settings.terms,
        )
        self._channels = channels
        self._ticked = False
        self._dropped = 0
        self._troubles: dict[str, Trouble] = {}
        self.anchor_file = None
        if settings.audit_anchor_file is not None:
            self.anchor_file = AnchorFile(settings.audit_anchor_file, settings.timezone)
        self.loops = Loops()
        self.meter = Meter()
        """Where somebody asks for figures, another one."""
        self.polled: dict[tuple[str, str], datetime] = {}
        """When each account, by its channel and itself, was last asked for updates and answered (real UTC)."""
        self._presence: Presence | None = None
        self.file_store = replace(self.context.file_store, keep_location=settings.photo_location)
        """Where a channel keeps a file before it hands over the message that came with it."""
        self.database: Database = open_database(
            settings.database, partial(audit_chain.seal, keys=self.context.keys), patience
        )
        self.database.guard = schema.hold
        self._begin_log()
        self.context = replace(self.context, rewind=self.database.look(rewinds.newest))
        self.database.look(clockwork.remember)
        if settings.clock_start is not None:
            self._rehearse_from(settings.clock_start)
        self.gate = Gate(self.database, self.file_store, self._wall)
        self.delivery = Delivery(
            self.database,
            channels,
            wall=self._wall,
            before_send=self._before_leaving,
            on_lost=self._tell_lost,
            believes=lambda conn, wall: clockwork.leapt(conn, wall) is None,
            on_outcome=self._count,
            on_turn=partial(self.loops.turns, DELIVERY),
        )
        self.drawing = Drawing(
            self.database,
            self._keep_drawn,
            lambda conn, cause, by: self._uow(conn, self._wall(), b"", cause, by=by),
            wall=self._wall,
            believes=lambda conn, wall: clockwork.leapt(conn, wall) is None,
            on_drawn=self.delivery.wake,
            on_outcome=self._count_paper,
            on_turn=partial(self.loops.turns, DRAWING),
        )

    def _begin_log(self) -> None:
        try:
            if self.database.look(partial(audit_chain.is_new, keys=self.context.keys)):
                self.database.run(partial(audit_chain.begin, keys=self.context.keys, at=self._wall()))
        except audit_chain.OtherKeyError as error:
            self.database.close()
            given = Listed(tuple(key.id for key in self.context.keys.everything))
            raise SettingsError(Say("settings-other-key", key=error.key or "?", given=given)) from error

    def _rehearse_from(self, campaign: datetime) -> None:
        if self.database.look(partial(leaps.is_real, but=terminal.NAME)):
            self.database.close()
            raise SettingsError(Say("settings-clock-real"))
        if not self.database.look(partial(clock.starts, campaign=campaign, wall=self._wall())):
            return
        try:
            self.database.run(partial(rehearsal.start, campaign=campaign, wall=self._wall()))
        except clock.BackwardsError as error:
            self.database.close()
            raise SettingsError(Say("settings-clock-backwards", start=campaign)) from error

    async def take(self, inbound: Inbound, by: Actor = SYSTEM) -> bool:
        """Take one message in one transaction, of one that came in parts those that are new; return whether any was.
        Raises where it could not be stored: then the platform must not be told that the message was taken.

        `by`: the operator who types it at the server in a person's place; else it is that person's own.
        """
        from bot.incoming import respond
        from bot.subjects import is_urgent

        wall = self._wall()
        seed = secrets.token_bytes(32)
        turn = self.gate.turn(inbound.address)
        urgent = is_urgent(inbound)
        began = arrived = monotonic()

        def job(conn: Connection) -> tuple[bool, bool]:
            nonlocal began
            began = monotonic()  # in its turn: who waited is not charged for it
            new = inbox.receive_parts(conn, inbound, wall)
            if not new:
                return False, False
            if not urgent and fetching.put_behind(conn, new, wall):
                # A file of the same person is still to be fetched; what was sent after it is handled after it.
                return True, False
            for file in inbound.files:
                self.file_store.record(conn, file, wall, inbound.address)
            uow = self._up_to_date(self._uow(conn, wall, seed, _cause(inbound), by=by))
            respond(uow, together(new))
            return True, papers.keep(uow)

        wanted = False
        outcome = "failed"
        try:
            taken, wanted = await self._past_unreadable(job, inbound, wall, turn)
            outcome = "taken" if taken else "repeated"
        except Exception as error:
            if is_away(error):
                # Not this message's fault, and nothing could be written about it.
                self.meter.step("away", monotonic() - arrived)
                raise
            log.exception("update %s failed", _cause(inbound))
            taken = await self.database.write(
                partial(self._fail, inbound=inbound, wall=wall, seed=seed, error=error), turn
            )
        self.meter.step(outcome, monotonic() - arrived)
        self.delivery.wake()
        if wanted:
            await self.drawing.attend()
        self.gate.worked(inbound.address, monotonic() - began)
        return taken

    async def _past_unreadable(self, job: Job[R], inbound: Inbound, wall: datetime, turn: Turn) -> R:
        """Run the job of a message; a row that cannot be read is set aside, its sender is told so, and the message is
        taken as if the row had not been there.
        """
        for number in range(SET_ASIDE):
            try:
                return await self.database.write(job, turn)
            except UnreadableError as error:
                log.error("%s", error)  # noqa: TRY400  # which row it is says all
                aside = partial(self._set_row_aside, inbound=inbound, wall=wall, broken=error, number=number)
                if not await self.database.write(aside, turn):
                    raise
        return await self.database.write(job, turn)

    def _set_row_aside(
        self, conn: Connection, *, inbound: Inbound, wall: datetime, broken: UnreadableError, number: int
    ) -> bool:
        from bot.incoming import apologise

        uow = self._uow(conn, wall, b"", f"{_cause(inbound)}/row/{number}")
        if not setting_aside.set_aside(conn, broken.table, broken.key, uow.now):
            return False
        uow.note("row-set-aside", broken.row)
        apologise(uow, inbound, Say("unreadable-set-aside", table=broken.table))
        return True

    async def decline(self, inbound: Inbound, *lines: Say) -> None:
        """Take in a message of which nothing is done, and tell its sender why."""
        from bot.incoming import decline

        wall = self._wall()

        def job(conn: Connection) -> None:
            if inbox.receive_parts(conn, inbound, wall):
                decline(self._uow(conn, wall, b"", _cause(inbound)), inbound, lines)

        await self.database.write(job, self.gate.turn(inbound.address))
        self.delivery.wake()

    async def take_or_decline(self, inbound: Inbound) -> None:
        """Take one message, or decline one of which nothing is left but what must be said of it."""
        if inbound.remarks and not (inbound.files or inbound.text):
            await self.decline(inbound, *inbound.remarks)
        else:
            await self.take(inbound)

    async def queue(self, inbound: Inbound) -> None:
        """Keep a message whose files are still to be fetched: now the platform may be told that it was taken, and any
        process sees to it, and then to what its sender sends meanwhile.
        """
        keep = partial(fetching.queue, inbounds=inbound.updates, at=self._wall())
        await self.database.write(keep, self.gate.turn(inbound.address))

    async def tell(self, inbound: Inbound, line: Say, what: str) -> None:
        """Tell the sender of a message something of it, of each kind once."""
        from bot.incoming import apologise

        wall = self._wall()
        await self.database.write(
            lambda conn: apologise(self._uow(conn, wall, b"", f"{_cause(inbound)}/{what}"), inbound, line)
        )
        self.delivery.wake()

    async def wait_with(self, inbounds: Sequence[Inbound]) -> None:
        """Keep messages that are still to be taken: now the platform may be told that they were, and a process after
        this one finds them.
        """
        await self.database.write(partial(inbox.wait, inbounds=inbounds, at=self._wall()))

    async def set_aside(
        self, address: Address, number: int, raw: str, why: str, inbound: Inbound | None = None
    ) -> None:
        """Keep an update that failed again and again, and why; tell its sender, where it is known what it was."""
        from bot.incoming import apologise

        if not self.gate.keeps_failure():
            self._dropped += 1
            if self._dropped & (self._dropped - 1) == 0:  # 1, 2, 4, 8 …: they would fill the log as well
                log.error("%s updates were dropped that should have been set aside", self._dropped)
            return
        log.error("update %s of %s/%s is set aside: %s characters", number, address.channel, address.account, len(raw))
        wall = self._wall()

        def job(conn: Connection) -> bool:
            return inbox.set_aside(conn, address, number, raw, wall, why)

        def sorry(conn: Connection) -> None:
            if inbound is not None:
                apologise(self._uow(conn, wall, b"", f"{_cause(inbound)}/aside"), inbound)

        if await self.database.write(job) and inbound is not None:
            try:
                await self.database.write(sorry)
            except Exception as error:
                if is_away(error):
                    raise
                log.exception("nobody was told of update %s", number)
            self.delivery.wake()

    def _fail(self, conn: Connection, *, inbound: Inbound, wall: datetime, seed: bytes, error: Exception) -> bool:
        """Store a message with the error that it met, and apologise; return whether it was new."""
        from bot.incoming import apologise

        if not inbox.receive_parts(conn, inbound, wall, error=repr(error)):
            return False
        broken = Say("unreadable-row", row=error.row) if isinstance(error, UnreadableError) else Say("apology")
        apologise(self._uow(conn, wall, seed, _cause(inbound)), inbound, broken)
        return True

    def use(self, case: Callable[[UnitOfWork], R], *, now: datetime | None = None, cause: str = "") -> R:
        """Run a use case in a transaction of its own, from outside the event loop, and return what it returns.

        `now` is campaign time (None: the clock's). `cause`, which is unique, begins the dedupe keys of its replies.
        """
        wall = self._wall()
        seed = secrets.token_bytes(32)
        cause = cause or f"use/{seed.hex()}"

        def job(conn: Connection) -> R:
            uow = self._up_to_date(self._uow(conn, wall, seed, cause, now, by=self._actor))
            result = case(uow)
            papers.keep(uow)
            return result

        return self.database.run(job)

    def look(self, case: Callable[[UnitOfWork], R], *, now: datetime | None = None) -> R:
        """Run a use case that only reads, as `use` does."""
        wall = self._wall()
        return self.database.look(lambda conn: case(self._uow(conn, wall, b"", "look", now, by=self._actor)))

    async def tick(self, now: datetime | None = None) -> Round:
        """Advance live permits, plan and remind, as of campaign time `now` (None: the clock's)."""
        from service.hot_work import pulse
        from service.reminders.tick import tick

        wall = self._wall()
        seed = secrets.token_bytes(32)
        everything = not self._ticked
        failed: Exception | None = None
        # In a transaction of its own, first: a site waits for it, and nothing else may hold it up, nor it the rest.
        try:
            await self.database.write(
                lambda conn: pulse.tick(self._up_to_date(self._uow(conn, wall, seed, f"pulse/{seed.hex()}", now))),
                Turn.PERMIT,
            )
        except Exception as error:
            if not is_away(error):
                log.exception("permits could not be seen to")
            failed = error
        cause = f"tick/{seed.hex()}"

        def job(conn: Connection) -> Round:
            uow = self._up_to_date(self._uow(conn, wall, seed, cause, now))
            done = tick(uow, everything=everything)
            papers.keep(uow)
            return done

        done = await self.database.write(job, Turn.WORK)
        self._ticked = True
        self.delivery.wake()
        await self.drawing.attend()
        if failed is not None:
            raise failed
        return done

    async def reclaim(self) -> None:
        """Give back what a process before this one had taken when it died: letters, papers, the lease of polling. Only
        before the delivery starts, or what this process claims would leave twice. Beside other processes, which on
        PostgreSQL may be on any machine, all that waits until its lease ends.
        """
        if self.settings.database_file is None or self._presence is not None:
            return
        self._presence = Presence(self.settings.database_file)
        if self._presence.is_alone():
            await self.database.write(paper_orders.reclaim)
            await self.database.write(fetching.reclaim)
            for channel in self._channels:
                name, account = channel.name, channel.account
                await self.database.write(partial(accounts.reclaim, channel=name, account=account))
                await self.database.write(partial(leases.give_back, channel=name, account=account))
        await asyncio.to_thread(self._presence.stay)

    def wall(self) -> datetime:
        """Return real time, in UTC."""
        return self._wall()

    async def now(self) -> datetime:
        """Return campaign time, in the zone of the settings."""
        wall = self._wall()
        return await self.database.read(lambda conn: (wall + clock.read(conn).offset).astimezone(self.context.zone))

    async def jump(self, to: datetime) -> None:
        """Move the clock of a rehearsal forward; BackwardsError for a campaign time that is past."""
        wall = self._wall()
        await self.database.write(lambda conn: rehearsal.jump(conn, to, wall))

    def trouble(self, what: str) -> Trouble:
        """Return the one place of this process where it is noted that something fails, or goes well again; `what` says
        in the log what is the matter.
        """
        return self._troubles.setdefault(what, Trouble(log, what))

    def close(self) -> None:
        """Close the database."""
        self.database.close()
        if self._presence is not None:
            self._presence.close()

    @staticmethod
    def _up_to_date(uow: UnitOfWork) -> UnitOfWork:
        """Return the unit of work of a job that writes: the roles whose date has come end before anything else, unless
        it is a clock that leapt which says so.
        """
        if uow.role_ends is not None and uow.role_ends <= uow.now and clockwork.leapt(uow.conn, uow.wall) is None:
            from service.people.ending import carry_out

            carry_out(uow)
        return uow

    def _uow(
        self,
        conn: Connection,
        wall: datetime,
        seed: bytes,
        cause: str,
        now: datetime | None = None,
        *,
        by: Actor = SYSTEM,
    ) -> UnitOfWork:
        row = clock.read(conn)
        offset = row.offset if now is None else now - wall
        uow = unit_of_work(self.context, conn, by, wall, offset, seed, cause, rehearsal=row.rehearsal)
        uow.role_ends = row.role_ends
        return uow

    def _before_leaving(self, conn: Connection, letters: Sequence[Claimed]) -> Mapping[int, Outbound | datetime | None]:
        from service.reminders.leaving import before_leaving

        return before_leaving(self._uow(conn, self._wall(), b"", "leaving"), letters)

    def _count(self, letter: Claimed, outcome: Outcome | Unsent, seconds: float) -> None:
        self.meter.sent(letter, outcome, seconds)

    def _keep_drawn(self, content: bytes, name: str) -> FileRef:
        return self.file_store.keep_drawn(content, name)

    def _count_paper(self, outcome: str, seconds: float, reader: Address | None) -> None:
        self.meter.paper(outcome, seconds)
        if reader is not None:
            # Whoever asks for one after the other waits the longer, as for other work that messages make.
            self.gate.worked(reader, seconds)

    def _tell_lost(self, conn: Connection, lost: Sequence[LostFile]) -> None:
        from service.reminders.lost_files import tell_lost

        tell_lost(self._uow(conn, self._wall(), b"", "lost"), lost)


def _cause(inbound: Inbound) -> str:
    address = inbound.address
    return f"in/{address.channel}/{address.account}/{inbound.event}"
