"""Driving a dialog: a plain generator, run from the top with the answers it already has.

Answers are remembered by key, not by position, so restart, replica, back, edit and deploy are all
the same thing: drive again. A dialog is pure; everything it may know stands in its brief.
"""

import hashlib
import json
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from talk.questions import Confirm, Question

R = TypeVar("R")

StoredBrief = Mapping[str, Any]
"""The facts a conversation starts from: JSON, taken once and stored with it."""

Talk = Generator[Question[Any], Any, R]
Dialog = Callable[[StoredBrief], Talk[R]]


class DuplicateKeyError(Exception):
    """A dialog asked two questions under one key: the second would be fed the first one's answer."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A stored answer: under which revision of its question it was given, and its JSON value."""

    rev: int
    value: Any


@dataclass(frozen=True, slots=True)
class Visited:
    """A question that this run passed, with its decoded answer."""

    question: Question[Any]
    value: Any


@dataclass(frozen=True, slots=True)
class Turn:
    """The dialog waits for a person: the question, what came before it, what can be added on request, and
    all the answers that it has, those that sleep too.
    """

    question: Question[Any]
    visited: tuple[Visited, ...]
    offered: tuple[Question[Any], ...]
    answers: Mapping[str, Remembered]


@dataclass(frozen=True, slots=True)
class Finished(Generic[R]):
    """The dialog came to its end and decided `result`."""

    result: R
    visited: tuple[Visited, ...]


def drive(
    dialog: Dialog[R], brief: StoredBrief, answers: Mapping[str, Remembered], focus: str | None = None
) -> Turn | Finished[R]:
    """Run a dialog as far as its answers carry.

    `focus` names a question to ask again although it has an answer (back, edit, return). A question
    whose stored answer has another `rev` or cannot be decoded is asked again. Answers of questions
    that this run does not visit sleep, and wake when a later run visits them.
    """
    talk = dialog(brief)
    visited: list[Visited] = []
    offered: list[Question[Any]] = []
    keys: set[str] = set()
    value: Any = None
    try:
        while True:
            try:
                question = talk.send(value)
            except StopIteration as end:
                return Finished(end.value, tuple(visited))
            if question.key in keys:
                raise DuplicateKeyError(question.key)
            keys.add(question.key)
            if isinstance(question, Confirm):
                question = replace(question, digest=digest(brief, visited))
            remembered = answers.get(question.key)
            if remembered is None and question.on_request is not None and question.key != focus:
                value = question.default()
            else:
                try:
                    value = _recall(question, remembered, focus)
                except (LookupError, TypeError, ValueError):
                    return Turn(question, tuple(visited), tuple(offered), answers)
                visited.append(Visited(question, value))
            if question.on_request is not None:
                offered.append(question)
    finally:
        talk.close()


def _recall(question: Question[Any], remembered: Remembered | None, focus: str | None) -> Any:
    if remembered is None or remembered.rev != question.rev or question.key == focus:
        raise LookupError(question.key)
    return question.decode(remembered.value)


def digest(brief: StoredBrief, visited: Sequence[Visited]) -> str:
    """SHA-256 over canonical JSON of the brief and of [key, rev, value] in visiting order.

    Wordings are not in it, so a change of language keeps a confirmation good. What is answered just as
    it was confirmed is confirmed, whatever was answered in between.
    """
    bound = {
        "brief": brief,
        "answers": [[v.question.key, v.question.rev, v.question.encode(v.value)] for v in visited],
    }
    # In ASCII, since the name of a file may hold what UTF-8 cannot: half a surrogate pair.
    canonical = json.dumps(bound, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
