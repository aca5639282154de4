"""Conversations, their answers by key, and the prompts that wait for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from storage.records import as_values, columns, row_or_none, rows
from storage.tables import answers, conversations, duties, prompts
from storage.unreadable import named
from talk.conversation import Remembered

LIVE = ("front", "waiting", "aside")


@dataclass(frozen=True, slots=True)
class Conversation:
    """One run of a dialog."""

    id: int
    dialog: str
    duty: int | None
    person: int
    started_by: int
    brief: Mapping[str, Any]
    state: str
    focus: str | None
    remark: str | None
    started_at: datetime
    touched_at: datetime


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question as it was shown."""

    token: str
    conversation: int
    key: str
    state: str
    picked: tuple[str, ...]
    answered_with: str | None
    shown_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was given: the newest of its key is current."""

    key: str
    rev: int
    raw: str
    value: Any
    wording: str
    person: int
    at: datetime
    operator: str | None = None
    """Who gave it at the server, in the place of the person."""


_columns = columns(conversations, Conversation)
_front = (
    select(*_columns)
    .where(conversations.c.person == bindparam("person"), conversations.c.state == "front")
    .with_for_update()
)
_by_id = select(*_columns).where(conversations.c.id == bindparam("conversation")).with_for_update()
_result = select(conversations.c.result).where(conversations.c.id == bindparam("conversation"))
_of_duty = (
    select(*_columns)
    .where(conversations.c.duty == bindparam("of_duty"), conversations.c.state.in_(LIVE))
    .order_by(conversations.c.id.desc())
    .limit(1)
    .with_for_update()
)
_waiting = (
    select(*_columns)
    .where(conversations.c.person == bindparam("of_person"), conversations.c.state == "waiting")
    .order_by(conversations.c.touched_at.desc(), conversations.c.id.desc())
)
_begin = insert(conversations).returning(conversations.c.id)
_change = update(conversations).where(conversations.c.id == bindparam("of_conversation"))
_set_state = _change.values(state=bindparam("new_state"), touched_at=bindparam("at"))
_finish = _change.values(
    state="finished", focus=None, result=bindparam("end"), touched_at=bindparam("at"), finished_at=bindparam("at")
)
_latest_result = (
    select(conversations.c.result)
    .join(duties, duties.c.conversation == conversations.c.id)
    .where(
        duties.c.obligation == bindparam("of_obligation"),
        duties.c.subject == bindparam("of_subject"),
        duties.c.opens < bindparam("before"),
    )
    .order_by(duties.c.opens.desc())
    .limit(1)
)
_prompt_columns = columns(prompts, Prompt)
_PROMPT_WIDTH = len(_prompt_columns)
_open_prompt = select(*_prompt_columns).where(
    prompts.c.conversation == bindparam("conversation"), prompts.c.state == "open"
)
_prompt = (
    select(*_prompt_columns, *_columns)
    .join(conversations, conversations.c.id == prompts.c.conversation)
    .where(prompts.c.token == bindparam("token"))
    .with_for_update(of=conversations)
)
_current = (
    select(answers.c.key, answers.c.rev, answers.c.value)
    .where(answers.c.conversation == bindparam("conversation"), answers.c.current)
    .order_by(answers.c.at, answers.c.key)
)
_supersede = (
    update(answers)
    .where(
        answers.c.conversation == bindparam("of_conversation"),
        answers.c.key == bindparam("of_key"),
        answers.c.current,
    )
    .values(current=False)
)
_answer_columns = columns(answers, Answer)
_operator = (
    select(answers.c.operator)
    .where(answers.c.conversation == bindparam("of_conversation"), answers.c.current, answers.c.operator.is_not(None))
    .order_by(answers.c.at.desc())
    .limit(1)
)
_earlier = answers.alias("earlier")
_remember = insert(answers).values(
    conversation=bindparam("of_conversation"),
    seq=select(func.coalesce(func.max(_earlier.c.seq), 0) + 1)
    .where(_earlier.c.conversation == bindparam("of_conversation"), _earlier.c.key == bindparam("key"))
    .scalar_subquery(),
    current=True,
    **{column.name: bindparam(column.name) for column in _answer_columns},
)
_rebrief = _change.values(brief=bindparam("new_brief"))
_touch = _change.values(focus=bindparam("new_focus"), touched_at=bindparam("at"))
_show = insert(prompts)
_set_picked = update(prompts).where(prompts.c.token == bindparam("of_token")).values(picked=bindparam("toggled"))
_close_prompt = (
    update(prompts)
    .where(prompts.c.conversation == bindparam("of_conversation"), prompts.c.state == "open")
    .values(state=bindparam("new_state"), answered_with=bindparam("option"))
)


def front(conn: Connection, person: int) -> Conversation | None:
    """Return the conversation in front of a person, locked."""
    return row_or_none(conn, Conversation, _front, {"person": person})


def by_id(conn: Connection, conversation: int) -> Conversation | None:
    """Return a conversation, locked."""
    return row_or_none(conn, Conversation, _by_id, {"conversation": conversation})


def of_duty(conn: Connection, duty: int) -> Conversation | None:
    """Return the unfinished conversation about a duty: one duty is filled by one person at a time."""
    return row_or_none(conn, Conversation, _of_duty, {"of_duty": duty})


def to_print(conn: Connection, duty: int, counted: int | None) -> Conversation | None:
    """Return the conversation whose answer counts for a duty, else the one in which it is being given. Not locked: it
    is read while people go on writing.
    """
    which = conversations.c.state.in_(LIVE) if counted is None else conversations.c.id == counted
    statement = (
        select(*_columns).where(conversations.c.duty == duty, which).order_by(conversations.c.id.desc()).limit(1)
    )
    return row_or_none(conn, Conversation, statement)


def waiting(conn: Connection, person: int) -> list[Conversation]:
    """Return the conversations that wait behind the front one, the newest first."""
    return rows(conn, Conversation, _waiting, {"of_person": person})


def begin(
    conn: Connection,
    dialog: str,
    person: int,
    brief: Mapping[str, Any],
    duty: int | None,
    at: datetime,
    state: str = "front",
) -> Conversation:
    """Begin a conversation, in front: the caller has moved another one out of the way."""
    new = {
        "dialog": dialog,
        "duty": duty,
        "person": person,
        "started_by": person,
        "brief": dict(brief),
        "state": state,
        "started_at": at,
        "touched_at": at,
    }
    number = int(conn.execute(_begin, new).scalar_one())
    return Conversation(number, dialog, duty, person, person, brief, state, None, None, at, at)


def set_state(conn: Connection, conversation: int, state: str, at: datetime) -> None:
    """Move a conversation to front, waiting or aside."""
    conn.execute(_set_state, {"of_conversation": conversation, "new_state": state, "at": at})


def hand_to(conn: Connection, conversation: int, person: int, focus: str | None, remark: str | None) -> None:
    """Give a conversation to another person, behind whatever is in front of them."""
    handed = _change.values(person=person, state="waiting", focus=focus, remark=remark)
    conn.execute(handed, {"of_conversation": conversation})


def take_over(conn: Connection, conversation: int, person: int, started_by: int, brief: Mapping[str, Any]) -> None:
    """Give an unfinished conversation to another person, who goes on from what was answered: whoever had it has no
    business with it any more.
    """
    taken = _change.values(person=person, started_by=started_by, brief=dict(brief), state="waiting")
    conn.execute(taken, {"of_conversation": conversation})


def unfinished(conn: Connection, person: int) -> list[Conversation]:
    """Return the conversations that somebody has begun and not finished."""
    statement = select(*_columns).where(conversations.c.person == person, conversations.c.state.in_(LIVE))
    return rows(conn, Conversation, statement.order_by(conversations.c.id))


def live(conn: Connection) -> list[Conversation]:
    """Return every conversation that is not finished."""
    return rows(
        conn, Conversation, select(*_columns).where(conversations.c.state.in_(LIVE)).order_by(conversations.c.id)
    )


def finish(conn: Connection, conversation: int, result: Any, at: datetime) -> None:
    """End a conversation with the result of its dialog (JSON)."""
    conn.execute(_finish, {"of_conversation": conversation, "end": result, "at": at})


def discard(conn: Connection, conversation: int, at: datetime) -> None:
    """End a conversation of which nothing is to come, and let go what was answered in it."""
    conn.execute(delete(answers).where(answers.c.conversation == conversation))
    ended = _change.values(state="discarded", focus=None, touched_at=bindparam("at"), finished_at=bindparam("at"))
    conn.execute(ended, {"of_conversation": conversation, "at": at})


def touch(conn: Connection, conversation: int, focus: str | None, at: datetime) -> None:
    """Set which question is asked again (None: the next unanswered one)."""
    conn.execute(_touch, {"of_conversation": conversation, "new_focus": focus, "at": at})


def rebrief(conn: Connection, conversation: int, brief: Mapping[str, Any]) -> None:
    """Give a conversation other facts from now on: what was confirmed upon the old ones is not confirmed any more."""
    conn.execute(_rebrief, {"of_conversation": conversation, "new_brief": dict(brief)})


def remembered(conn: Connection, conversation: int) -> dict[str, Remembered]:
    """Return the current answers by key."""
    found = conn.execute(_current, {"conversation": conversation})
    return {row.key: Remembered(row.rev, row.value) for row in found}


def remember(conn: Connection, conversation: int, answer: Answer, *, again: bool) -> None:
    """Add an answer. `again`: its key has a current one, which is kept, but no longer current."""
    if again:
        unremember(conn, conversation, answer.key)
    conn.execute(_remember, {**as_values(answer), "of_conversation": conversation})


def unremember(conn: Connection, conversation: int, key: str) -> None:
    """Let an answer stop being current without a successor: it will be asked again."""
    conn.execute(_supersede, {"of_conversation": conversation, "of_key": key})


def journal(conn: Connection, conversation: int) -> list[tuple[Answer, bool]]:
    """Return every answer ever given in a conversation, oldest first, each with whether it is current."""
    statement = (
        select(answers.c.current, *_answer_columns)
        .where(answers.c.conversation == conversation)
        .order_by(answers.c.at, answers.c.seq, answers.c.key)
    )
    return [(Answer(*row), current) for current, *row in conn.execute(statement)]


def operator_of(conn: Connection, conversation: int) -> str | None:
    """Return who gave the newest of the answers that were given at the server in the person's place; None: nobody."""
    return conn.execute(_operator, {"of_conversation": conversation}).scalar_one_or_none()


def copy_answers(conn: Connection, source: int, target: int, leave_out: Sequence[str]) -> None:
    """Copy the current answers of a conversation into its correction, but those to leave out (the confirmation)."""
    for answer, current in journal(conn, source):
        if current and answer.key not in leave_out:
            remember(conn, target, answer, again=False)


def show(conn: Connection, token: str, conversation: int, key: str, at: datetime, picked: Sequence[str] = ()) -> None:
    """Open a prompt: its question is shown, and waits for an answer. `picked`: what of it is picked already."""
    new = {
        "token": token,
        "conversation": conversation,
        "key": key,
        "state": "open",
        "picked": list(picked),
        "shown_at": at,
    }
    conn.execute(_show, new)


def open_prompt(conn: Connection, conversation: int) -> Prompt | None:
    """Return the prompt that waits in a conversation."""
    return row_or_none(conn, _prompt_of, _open_prompt, {"conversation": conversation})


def prompted(conn: Connection, token: str) -> tuple[Prompt, Conversation] | None:
    """Return a prompt by its token, and its conversation, locked."""
    row = conn.execute(_prompt, {"token": token}).one_or_none()
    if row is None:
        return None
    values = list(named(row))
    return _prompt_of(*values[:_PROMPT_WIDTH]), Conversation(*values[_PROMPT_WIDTH:])


def _prompt_of(
    token: str,
    conversation: int,
    key: str,
    state: str,
    picked: Sequence[str],
    answered_with: str | None,
    shown_at: datetime,
) -> Prompt:
    return Prompt(token, conversation, key, state, tuple(picked), answered_with, shown_at)


def close_prompt(conn: Connection, conversation: int, state: str, option: str | None) -> None:
    """Close the prompt that waits: it was answered with an option (None: with words), or replaced."""
    conn.execute(_close_prompt, {"of_conversation": conversation, "new_state": state, "option": option})


def set_picked(conn: Connection, token: str, picked: Sequence[str]) -> None:
    """Keep what is picked so far of a question of several choices."""
    conn.execute(_set_picked, {"of_token": token, "toggled": list(picked)})


def durations(conn: Connection) -> list[tuple[str, int, timedelta]]:
    """Return how long each finished conversation about a duty took, from its first prompt on: (dialog, duty, time)."""
    statement = (
        select(
            conversations.c.dialog,
            conversations.c.duty,
            func.min(prompts.c.shown_at).label("first"),
            conversations.c.finished_at,
        )
        .join(prompts, prompts.c.conversation == conversations.c.id)
        .where(conversations.c.state == "finished", conversations.c.duty.is_not(None))
        .group_by(conversations.c.id)
    )
    return [(row.dialog, row.duty, row.finished_at - row.first) for row in conn.execute(statement)]


def latest_result(conn: Connection, obligation: str, subject: str, before: datetime) -> Mapping[str, Any]:
    """Return the answers that count for an obligation's last duty that opened before an instant, by key; {} if none."""
    keys = {"of_obligation": obligation, "of_subject": subject, "before": before}
    found = conn.execute(_latest_result, keys).scalar_one_or_none()
    return found if isinstance(found, Mapping) else {}


def result(conn: Connection, conversation: int) -> Mapping[str, Any]:
    """Return the answers with which a conversation finished, by key; {} while it is not."""
    found = conn.execute(_result, {"conversation": conversation}).scalar_one_or_none()
    return found if isinstance(found, Mapping) else {}


def count_of(conn: Connection, person: int) -> int:
    """Return how many answers a person gave."""
    statement = select(func.count()).select_from(answers).where(answers.c.person == person)
    return int(conn.execute(statement).scalar_one())


def put_all_aside(conn: Connection, person: int, at: datetime) -> None:
    """Put aside what a person who leaves had begun: it waits for another."""
    conn.execute(
        update(conversations)
        .where(conversations.c.person == person, conversations.c.state.in_(("front", "waiting")))
        .values(state="aside", touched_at=at)
    )


def forget(conn: Connection, person: int, dialog: str) -> None:
    """Empty the conversations of one dialog, in which a person who leaves gave a name."""
    whose = select(conversations.c.id).where(conversations.c.person == person, conversations.c.dialog == dialog)
    conn.execute(delete(answers).where(answers.c.conversation.in_(whose)))
    conn.execute(
        update(conversations)
        .where(conversations.c.person == person, conversations.c.dialog == dialog)
        .values(brief={}, result=None)
    )


def forget_answers(conn: Connection, conversation: int) -> None:
    """Let go what was said in a conversation that has finished, where it is kept elsewhere, encrypted."""
    conn.execute(delete(answers).where(answers.c.conversation == conversation))
    conn.execute(update(conversations).where(conversations.c.id == conversation).values(result=None))


def last_about(conn: Connection, dialog: str, status: str) -> dict[int, datetime]:
    """Return when the newest finished conversation of a dialog ended, by the duty that it is about; of the duties of
    a status that have one.
    """
    statement = (
        select(conversations.c.duty, func.max(conversations.c.touched_at).label("at"))
        .join(duties, duties.c.id == conversations.c.duty)
        .where(conversations.c.dialog == dialog, conversations.c.state == "finished", duties.c.status == status)
        .group_by(conversations.c.duty)
    )
    return {row.duty: row.at for row in conn.execute(statement)}


def last_of_duty(conn: Connection, dialog: str, duty: int) -> Conversation | None:
    """Return the newest finished conversation of a dialog about a duty; it was last touched when it ended."""
    statement = (
        select(*_columns)
        .where(conversations.c.dialog == dialog, conversations.c.duty == duty, conversations.c.state == "finished")
        .order_by(conversations.c.id.desc())
        .limit(1)
    )
    return row_or_none(conn, Conversation, statement)
