"""The paths through a dialog, found by answering it with the samples of its questions, and their picture."""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from talk.asking import Question
from talk.conversation import Dialog, Remembered, StoredBrief, Turn, Visited, drive
from talk.questions import Confirm
from talk.texts import CHINESE, Phrase, render

ELEMENTS = 2
"""How many elements of a loop are looked at; more of them take their last sample, which may end the loop."""
LONGEST = 200
"""Questions of one path; a dialog with more is held to be endless."""

_NUMBER = re.compile("[0-9]+")
_SPECIAL = re.compile(r"""["#&<>()\[\]{}|\\`;*_~]|^[-+]|(?<=^[0-9])\.|(?<=^[0-9]{2})\.""")
"""What Mermaid, or the Markdown and HTML in its labels, would take for its own."""


class EndlessError(Exception):
    """A dialog asks on and on, or the same question again although a sample answered it."""


@dataclass(frozen=True, slots=True)
class Path:
    """One way through a dialog to an end."""

    visited: tuple[Visited, ...]
    offered: tuple[tuple[Confirm, Question[Any]], ...]
    """What is asked on request only, each with the confirmation that offers it."""
    result: Any

    @property
    def steps(self) -> list[tuple[str, Any]]:
        """The answers by key, in visiting order."""
        return [(visit.question.key, visit.value) for visit in self.visited]


def paths(dialog: Dialog[Any], brief: StoredBrief) -> Iterator[Path]:
    """Every path on which one sample of a question is tried while the others keep their first.

    What a sample opens is tried in its turn. The brief of a dialog with a loop has two elements for it.
    Raises `EndlessError`.
    """
    met: set[str] = set()
    waiting: deque[Mapping[str, Any]] = deque([{}])
    while waiting:
        chosen = waiting.popleft()
        path = _walk(dialog, brief, chosen)
        yield path
        loops: dict[str, int] = {}
        # A question that is only offered was left alone on the path that met it: its first sample is new, too.
        found = [(visit.question, visit.question.samples()[1:]) for visit in path.visited]
        for question, samples in (*found, *((extra, extra.samples()) for _, extra in path.offered)):
            if _element(question.key, loops) <= ELEMENTS and question.key not in met:
                waiting.extend({**chosen, question.key: sample} for sample in samples)
            met.add(question.key)


def outline(dialog: Dialog[Any], brief: StoredBrief, language: str = CHINESE) -> str:
    """The paths as a Mermaid flowchart: questions, answers, results; dotted is what is asked on request."""
    chart = _Chart(language)
    for path in paths(dialog, brief):
        in_turn = [visit for visit in path.visited if visit.question.on_request is None]
        places = [*(chart.question(visit.question) for visit in in_turn), chart.end(path.result)]
        for one, start, end in zip(in_turn, places, places[1:], strict=False):
            chart.arrow(start, end, one.question.describe(one.value))
        for confirm, extra in path.offered:
            chart.detour(chart.question(confirm), chart.question(extra), extra.on_request or "")
    return chart.drawn()


def _walk(dialog: Dialog[Any], brief: StoredBrief, chosen: Mapping[str, Any]) -> Path:
    answers: dict[str, Remembered] = {}
    offered: dict[str, tuple[Confirm, Question[Any]]] = {}
    loops: dict[str, int] = {}
    while isinstance(turn := drive(dialog, brief, answers), Turn):
        question = turn.question
        if isinstance(question, Confirm):
            offered |= {extra.key: (question, extra) for extra in turn.offered}
            opened = [extra for extra in turn.offered if extra.key in chosen and extra.key not in answers]
            question = next(iter(opened), question)
        if question.key in answers or len(answers) == LONGEST:
            raise EndlessError(question.key)
        usual = question.samples()[0 if _element(question.key, loops) <= ELEMENTS else -1]
        answers[question.key] = Remembered(question.rev, question.encode(chosen.get(question.key, usual)))
    return Path(turn.visited, tuple(offered.values()), turn.result)


def _element(key: str, loops: dict[str, int]) -> int:
    """Which element of its loop a question is about, by the keys met before; 1 outside of loops."""
    loop = _NUMBER.sub("#", key)
    loops[loop] = loops.get(loop, 0) + 1
    return loops[loop]


def _outcome(result: Any) -> str:
    """A result by its type and by the yes or no in it: days and words differ from talk to talk."""
    if isinstance(result, bool):
        return str(result)
    names = [field.name for field in fields(result)] if is_dataclass(result) else []
    flags = [f"{name}={getattr(result, name)}" for name in names if isinstance(getattr(result, name), bool)]
    return " ".join((type(result).__name__, *flags))


class _Chart:
    """A flowchart as it grows; what was drawn before is not drawn again."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._questions: dict[str, str] = {}
        self._ends: dict[str, str] = {}
        self._arrows: dict[tuple[str, str], list[str]] = {}
        self._detours: dict[tuple[str, str], str] = {}

    def question(self, question: Question[Any]) -> str:
        """The node of a question."""
        if question.key not in self._questions:
            self._questions[question.key] = self._text(question.ask)
        return f"q{list(self._questions).index(question.key)}"

    def end(self, result: Any) -> str:
        """The node of a result."""
        name = _outcome(result)
        self._ends.setdefault(name, self._text(name))
        return f"e{list(self._ends).index(name)}"

    def arrow(self, start: str, end: str, answer: Phrase) -> None:
        """An answer leads from a question to the next, or to an end."""
        labels = self._arrows.setdefault((start, end), [])
        label = self._text(answer)
        if label not in labels:
            labels.append(label)

    def detour(self, start: str, extra: str, label: Phrase) -> None:
        """A question that another one offers, and returns to."""
        self._detours[start, extra] = self._text(label)

    def drawn(self) -> str:
        """The chart as Mermaid takes it."""
        return "".join(
            (
                "flowchart TD\n",
                *(f'    q{number}["{text}"]\n' for number, text in enumerate(self._questions.values())),
                *(f'    e{number}(["{text}"])\n' for number, text in enumerate(self._ends.values())),
                *(f'    {start} -->|"{" / ".join(labels)}"| {end}\n' for (start, end), labels in self._arrows.items()),
                *(f'    {start} <-.->|"{label}"| {extra}\n' for (start, extra), label in self._detours.items()),
            )
        )

    def _text(self, phrase: Phrase) -> str:
        """A phrase in one line, with nothing in it that means something to Mermaid."""
        shown = " ".join(render(phrase, self._language).split())
        return _SPECIAL.sub(lambda found: f"#{ord(found[0])};", shown)
