"""A person who talks with a dialog: types, taps, sends photos, goes back, edits; without a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from campaign.pack import load
from talk.conversation import Dialog, Finished, Remembered, StoredBrief, Turn, drive
from talk.messages import FileRef
from talk.questions import Choices, Confirm, Hint, Photo, Question
from talk.texts import CHINESE, Phrase, Say, render

PACK = load("shenyang_2023")
SHENYANG = ZoneInfo("Asia/Shanghai")
NOW = datetime(2023, 6, 6, 9, 0, tzinfo=SHENYANG)
"""A Tuesday morning in the campaign's second week."""


def photo(name: str = "调度会.jpg") -> FileRef:
    """Give a photo as the shelf keeps it."""
    return FileRef("3b" * 32, name, "image/jpeg", 184_320)


def duty_brief(first: date = date(2023, 6, 1), last: date = date(2023, 6, 30), **changed: Any) -> dict[str, Any]:
    """Give the brief of a duty of June, as the service makes it."""
    brief = {
        "title": {"zh": "6月调度确认", "en": "Dispatch of June"},
        "demand": {"zh": "专项行动期间主要负责人每月至少调度一次。", "en": None},
        "first": first.isoformat(),
        "last": last.isoformat(),
        "due": last.isoformat(),
        "enterprise": "91210112MA0YQ1XH3C",
        "delegated": False,
        "principal_name": "郑演丙",
        "presence": None,
        "previous": {},
    }
    return brief | changed


def form_brief(form: str, **changed: Any) -> dict[str, Any]:
    """Give the brief of a duty that is answered by a form of the shipped pack."""
    more = {"form": PACK.form(form).as_json(), "period": "once", "employees": 85, "usual": {}}
    return duty_brief(PACK.start, PACK.end) | more | changed


@dataclass
class Talker:
    """One run of a dialog. Every answer that was given is kept in order, as a journal keeps them."""

    dialog: Dialog[Any]
    brief: StoredBrief
    at: datetime = NOW
    given: list[tuple[str, Remembered]] = field(default_factory=list)
    focus: str | None = None

    def says(self, *texts: str) -> Self:
        """Type something that must be an answer, once for each question."""
        for text in texts:
            self._take(self.question, self.question.read(text, self.at))
        return self

    def taps(self, *options: str) -> Self:
        """Tap a button for each question."""
        for option in options:
            self._take(self.question, self.question.choose(option, self.at))
        return self

    def toggles(self, *options: str) -> Self:
        """Toggle several choices and tap 完成, or tap the button that answers outright."""
        question = self.question
        assert isinstance(question, Choices)
        outright = [offered.id for offered, _ in question.offers(self.at)]
        one = next((option for option in options if option in outright), None)
        self._take(question, question.finish(options) if one is None else question.choose(one, self.at))
        return self

    def sends(self, *files: FileRef) -> Self:
        """Send photos for the question, or for the one that the confirmation offers."""
        offered = [extra for extra in self.turn.offered if isinstance(extra, Photo)]
        question = next(iter(offered), self.question)
        self._take(question, question.receive(files))
        return self

    def back(self) -> Self:
        """Go one question back."""
        return self.edits(self.turn.visited[-1].question.key)

    def edits(self, key: str) -> Self:
        """Ask for one question again."""
        self.focus = key
        return self

    def refused(self, text: str) -> str:
        """Type something that must be no answer; give what is said to it."""
        value = self.question.read(text, self.at)
        assert isinstance(value, Hint), value
        return render(value.what, CHINESE)

    @property
    def state(self) -> Turn | Finished[Any]:
        """Where the talk stands."""
        return drive(self.dialog, self.brief, self.answers, self.focus)

    @property
    def answers(self) -> Mapping[str, Remembered]:
        """The current answers: the last of each key."""
        return dict(self.given)

    @property
    def turn(self) -> Turn:
        """The turn that waits for this person."""
        state = self.state
        assert isinstance(state, Turn), state
        return state

    @property
    def end(self) -> Finished[Any]:
        """The end that was reached."""
        state = self.state
        assert isinstance(state, Finished), state
        return state

    @property
    def question(self) -> Question[Any]:
        """The question that waits."""
        return self.turn.question

    @property
    def asked(self) -> str:
        """The key of the question that waits."""
        return self.question.key

    @property
    def prompt(self) -> list[str]:
        """The question as it is read: what is asked with its number, the hint, the buttons."""
        question = self.question
        shown: list[Phrase] = [question.ask]
        if question.step is not None:
            number, total = question.step
            shown = [Say("ask-with-step", ask=question.ask, number=number, total=total)]
        if question.hint is not None:
            shown.append(question.hint)
        return [render(one, CHINESE) for one in shown]

    @property
    def buttons(self) -> list[str]:
        """The labels of the question's own buttons."""
        return [render(option.shown, CHINESE) for option in self.question.options(self.at)]

    @property
    def summary(self) -> list[str]:
        """What a confirmation shows."""
        return [
            f"{render(one.question.label, CHINESE)}：{render(one.question.describe(one.value), CHINESE)}"
            for one in self.state.visited
            if one.question.label is not None and not isinstance(one.question, Confirm)
        ]

    def _take(self, question: Question[Any], value: Any) -> None:
        assert not isinstance(value, Hint), render(value.what, CHINESE)
        self.given.append((question.key, Remembered(question.rev, question.encode(value))))
        self.focus = None
