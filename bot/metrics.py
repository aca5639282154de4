"""The metrics of a process for Prometheus. What waits is asked of the database when somebody asks for it; nothing of it
costs a step a statement. No label says anything of anybody: each has few values, which the program names.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Connection

from bot.app import App
from bot.channels import terminal
from bot.meter import Meter
from service.care.findings import CHECKS
from storage import accounts, alarms, leases, room, schema, signs, vitals, webhooks
from storage.leases import Lease
from storage.outbox import DEADLINE, NOTICE, PERMIT, REPLY, STRANGER, Claimed
from storage.sending import Unsent
from storage.vitals import Vitals
from storage.webhooks import Webhook
from talk.messages import Outcome

CLASSES: Final = {
    PERMIT: "permit",
    REPLY: "reply",
    DEADLINE: "deadline",
    NOTICE: "notice",
    STRANGER: "stranger",
}
KINDS: Final = (*CHECKS, "data", "kept-files", "rows", "anchors", "audit")
"""What an alarm may be of."""
STEPS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
ROUNDS: Final = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)
"""Seconds."""

Figures = tuple[Vitals, int, list[signs.Sign], list[Lease], list[Webhook], set[str], set[str]]


class Metrics(Meter):
    """Counts what this process does."""

    def __init__(self, bot: App) -> None:
        self._registry = kept = CollectorRegistry()
        ProcessCollector(registry=kept)
        kept.register(_State(bot))
        about = "Messages that were handled"
        self._steps = Counter("anzhu_steps", about, ["outcome"], registry=kept)
        about = "From the arrival of a message until its commit"
        self._step = Histogram("anzhu_step_seconds", about, buckets=STEPS, registry=kept)
        about = "What came of sending letters"
        self._sends = Counter("anzhu_sends", about, ["priority", "outcome"], registry=kept)
        about = "From the claim of a letter until its outcome"
        self._send = Histogram("anzhu_send_seconds", about, ["priority"], buckets=STEPS, registry=kept)
        self._papers = Counter("anzhu_papers", "What came of drawing papers", ["outcome"], registry=kept)
        about = "From the claim of a paper until it is settled"
        self._paper = Histogram("anzhu_paper_seconds", about, buckets=ROUNDS, registry=kept)
        self._rounds = Counter("anzhu_ticks", "Rounds of the clockwork", ["outcome"], registry=kept)
        self._round = Histogram("anzhu_tick_seconds", "A round of the clockwork", buckets=ROUNDS, registry=kept)

    def step(self, outcome: str, seconds: float) -> None:
        self._steps.labels(outcome).inc()
        self._step.observe(seconds)

    def sent(self, letter: Claimed, outcome: Outcome | Unsent, seconds: float) -> None:
        priority = CLASSES[letter.priority]
        self._sends.labels(priority, type(outcome).__name__.lower()).inc()
        self._send.labels(priority).observe(seconds)

    def paper(self, outcome: str, seconds: float) -> None:
        self._papers.labels(outcome).inc()
        self._paper.observe(seconds)

    def round(self, outcome: str, seconds: float) -> None:
        self._rounds.labels(outcome).inc()
        self._round.observe(seconds)

    def text(self) -> bytes:
        """Return all metrics in Prometheus' text format. Reads the database: not to be called from the event loop."""
        return generate_latest(self._registry)


class _State(Collector):
    """What is so at the moment when it is asked."""

    def __init__(self, bot: App) -> None:
        self._bot = bot

    def describe(self) -> list[Any]:
        """Nothing is looked at when it is registered."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = datetime.now(UTC)
        try:
            figures = self._bot.database.look(lambda conn: _read(conn, now))
        except Exception:  # noqa: BLE001  # whatever it is, the database cannot be asked: that is the figure
            figures = None
        build = GaugeMetricFamily("anzhu_build_info", "Which program this is", labels=["version", "tables"])
        build.add_metric([version("anzhu"), schema.head()], 1.0)
        yield build
        yield _gauge("anzhu_database_up", "Whether the database answers", float(figures is not None))
        if figures is not None:
            yield from _of_database(figures, now)
        seconds, job = self._bot.database.jobs.longest()
        longest = _labelled(
            "anzhu_writer_longest_job_seconds", "The longest job of the writer in the last minutes", "job"
        )
        if job:
            longest.add_metric([job], seconds)
        yield longest
        loops = _labelled("anzhu_loop_turns", "Whether a loop of this process turns", "loop")
        for name, turns in self._bot.loops.known().items():
            loops.add_metric([name], float(turns))
        yield loops
        yield from _of_disk(self._bot.settings.data_dir)


def _read(conn: Connection, now: datetime) -> Figures:
    return (
        vitals.read(conn, now, but=terminal.NAME),
        vitals.lost_letters(conn),
        signs.known(conn),
        leases.held(conn),
        webhooks.known(conn),
        {channel for channel, _, _ in accounts.down(conn)},
        {alarm.kind for alarm in alarms.known(conn).values() if alarm.since is not None},
    )


def _of_database(figures: Figures, now: datetime) -> Iterator[GaugeMetricFamily]:
    found, lost, known, held, hooks, down, wrong = figures

    def age(since: datetime | None) -> float:
        return 0.0 if since is None else max(0.0, (now - since) / timedelta(seconds=1))

    yield _gauge("anzhu_letters_waiting", "Letters that are due and have not left", found.letters)
    yield _gauge("anzhu_letters_oldest_seconds", "For how long the oldest of them is due", age(found.letter_since))
    yield _gauge("anzhu_letters_failed", "Letters that did not arrive and are not tried any more", lost)
    yield _gauge("anzhu_leases_expired", "Letters that were taken and left lying", found.leases)
    yield _gauge("anzhu_updates_waiting", "Updates that were taken in and not handled yet", found.updates)
    yield _gauge("anzhu_updates_oldest_seconds", "For how long the oldest of them waits", age(found.update_since))
    yield _gauge("anzhu_updates_queued", "Of these, those that any process may see to", found.queued)
    queued_for = age(found.queued_since)
    yield _gauge("anzhu_updates_queued_oldest_seconds", "For how long the oldest of them waits", queued_for)
    yield _gauge("anzhu_papers_waiting", "Papers that were asked for and are not sent yet", found.papers)
    yield _gauge("anzhu_papers_oldest_seconds", "For how long the oldest of them waits", age(found.paper_since))
    polls = _labelled("anzhu_last_poll_timestamp_seconds", "When a platform was last asked for updates", "channel")
    newest: dict[str, datetime] = {}
    for sign in known:
        if sign.what == signs.POLL:
            newest.setdefault(sign.channel, sign.at)
        else:
            at = sign.at.timestamp()
            yield _gauge("anzhu_last_tick_timestamp_seconds", "When a round of the clockwork was last run", at)
    for channel, last in newest.items():
        polls.add_metric([channel], last.timestamp())
    yield polls
    yield from _of_leases(held, now)
    yield from _of_webhooks(hooks)
    stopped = _labelled("anzhu_channel_down", "Channels of which an account cannot send", "channel")
    for channel in down:
        stopped.add_metric([channel], 1.0)
    yield stopped
    alarm = _labelled("anzhu_alarm", "What needs somebody now", "kind")
    for kind in KINDS:
        alarm.add_metric([kind], float(kind in wrong))
    yield alarm


def _of_leases(held: Sequence[Lease], now: datetime) -> Iterator[GaugeMetricFamily]:
    about = "Which process polls a channel: machine, process, and a name that it gave itself"
    holders = GaugeMetricFamily("anzhu_poll_lease_info", about, labels=["channel", "holder"])
    ages = _labelled("anzhu_poll_lease_age_seconds", "How long ago it last gave a sign", "channel")
    for lease in {lease.channel: lease for lease in held}.values():
        holders.add_metric([lease.channel, lease.holder or ""], 1.0)
        ages.add_metric([lease.channel], max(0.0, (now - (lease.renewed_at or now)) / timedelta(seconds=1)))
    yield holders
    yield ages


def _of_webhooks(hooks: Sequence[Webhook]) -> Iterator[GaugeMetricFamily]:
    pending = _labelled("anzhu_webhook_pending_updates", "Updates that a platform has not brought yet", "channel")
    about = "When a platform could last not bring an update"
    failed = _labelled("anzhu_webhook_last_error_timestamp_seconds", about, "channel")
    for hook in hooks:
        pending.add_metric([hook.channel], hook.pending)
        if hook.failed_at is not None:
            failed.add_metric([hook.channel], hook.failed_at.timestamp())
    yield pending
    yield failed


def _of_disk(folder: Path) -> Iterator[GaugeMetricFamily]:
    try:
        left = room.left(folder)
    except OSError:
        return
    yield _gauge("anzhu_disk_free_bytes", "Free on the disk of the data folder", left.bytes)
    if left.files is not None:
        yield _gauge("anzhu_disk_free_files", "How many more files that disk takes", left.files)


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, value=value)


def _labelled(name: str, about: str, label: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, labels=[label])
