"""What the platform showed and was told, beside what is stored: what was lost, and why what came twice did."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, func, select

from bot.channels.telegram.writing import calls
from storage.outbox import PERMIT, REPLY, STRANGER
from storage.tables import answers, inbox, outbox, receipts
from storage.unreadable import broken_in
from talk.messages import Outbound
from tests.telegram.fake_api import Call, FakeApi
from tests.telegram.rules import shown_text
from tests.torture.people import Person

URGENT = (PERMIT, REPLY, STRANGER)
Words = tuple[int, str]
"""A chat, and what it was shown."""


@dataclass(frozen=True, slots=True)
class Life:
    """One process, by `monotonic`."""

    began: float
    ended: float
    killed: bool


@dataclass(frozen=True, slots=True)
class Twice:
    """Letters that were shown more often than they were written, by what explains it."""

    by: Counter[str]
    unexplained: list[str] = field(default_factory=list[str])


def shown_twice(
    api: FakeApi, written: Counter[Words], lives: dict[int, Life], away: Sequence[tuple[float, float]]
) -> Twice:
    """Explain each time that a letter was shown once more than it was written."""
    shown: dict[Words, list[Call]] = defaultdict(list)
    for call in api.sends():
        if call.status == 200 and call.chat is not None:
            shown[call.chat, _content(call)].append(call)
    found = Twice(Counter())
    for words, made in shown.items():
        more = len(made) - max(1, written[words])
        # Which of them are the repeats nobody can say: the pairs that are explained come first.
        reasons = sorted((_why(before, after, lives, away) for before, after in pairwise(made)), key=bool)
        for reason in reasons[::-1][: max(0, more)]:
            found.by[reason or "unexplained"] += 1
            if not reason:
                found.unexplained.append(
                    f"{words[0]}: {words[1][:60]!r}: {' '.join(_told(one, lives) for one in made)}"
                )
    return found


def _why(before: Call, after: Call, lives: dict[int, Life], away: Sequence[tuple[float, float]]) -> str:
    life = lives[before.life]
    if not before.told:
        return "unknown outcome"
    # What a process has sent may be read when it is gone.
    if life.killed and before.life != after.life and life.ended <= after.at + 1:
        return "kill"
    if any(began - 1 <= after.at and ended >= before.at for began, ended in away):
        return "database away"
    return ""


def _told(call: Call, lives: dict[int, Life]) -> str:
    life = lives[call.life]
    return f"{call.at - life.began:.2f} s in life {call.life} of {life.ended - life.began:.2f} s"


def _content(call: Call) -> str:
    file = call.params.get("photo") or call.params.get("document")
    if file is not None:
        return sha256(file[1]).hexdigest()
    return _text(call.params)


def _text(params: Mapping[str, Any]) -> str:
    markup = str(params["text"])
    return shown_text(markup) if params.get("parse_mode") == "HTML" else markup


def written(conn: Connection) -> Counter[Words]:
    """How often which words were written to whom."""
    found: Counter[Words] = Counter()
    for row in conn.execute(select(outbox.c.id, outbox.c.external_id, outbox.c.body)):
        if broken_in(row) is not None or not row.external_id.removeprefix("-").isdecimal():
            continue
        message = Outbound.from_json(row.body)
        for call in calls(message, row.external_id, None) if message.text else []:
            found[int(row.external_id), _text(call.params)] += 1
        for file in message.files:
            found[int(row.external_id), file.sha256] += 1
    return found


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored of what people sent. From `lost` on all should be 0."""

    acknowledged: int
    """Answers of which the platform was told that they were taken."""
    stored: int
    lost: int
    twice: int
    updates_lost: int
    """Updates of which the platform was told, and nothing is stored."""
    unsent: int
    """Replies and prompts that may leave and have not."""
    by_a_wrong_clock: int
    """What time brought by a clock that was not to be believed."""


def kept(conn: Connection, people: Sequence[Person], api: FakeApi, now: datetime) -> Kept:
    """Count."""
    raw = Counter(conn.execute(select(answers.c.raw)).scalars())
    said = [(words, update) for person in people for words, update in person.said.items()]
    sure = [words for words, update in said if update in api.confirmed]
    again = conn.execute(
        select(func.count())
        .select_from(answers)
        .where(answers.c.raw.in_([words for words, _ in said]))
        .group_by(answers.c.conversation, answers.c.key)
        .having(func.count() > 1)
    ).all()
    taken = set(conn.execute(select(inbox.c.update_id)).scalars())
    doubled = conn.execute(select(receipts.c.duty).group_by(receipts.c.duty).having(func.count() > 1)).all()
    owed = (outbox.c.state.in_(("ready", "leased")), outbox.c.not_before <= now, outbox.c.dedupe.not_like("poison/%"))
    return Kept(
        acknowledged=len(sure),
        stored=sum(raw[words] > 0 for words in sure),
        lost=sum(raw[words] == 0 for words in sure),
        twice=sum(raw[words] > 1 for words, _ in said) + len(again) + len(doubled),
        updates_lost=len((api.confirmed & {update for person in people for update in person.updates}) - taken),
        unsent=conn.execute(select(func.count()).where(*owed, outbox.c.priority.in_(URGENT))).scalar_one(),
        by_a_wrong_clock=conn.execute(
            select(func.count()).where(outbox.c.kind != "reply", outbox.c.created_at > now)
        ).scalar_one(),
    )
