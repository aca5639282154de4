"""What can be started about duties: commands, and the buttons of their cards and lists, of bundles, of calls."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from talk.actions import MAYBE, NUMBER, PAGE, WORD, Arg, Command, action, one_of

TASKS: Final = Command("tasks")
BACK: Final = Command("back")
CANCEL: Final = Command("cancel")
RECEIPT: Final = Command("receipt")


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A page of the desk (/tasks), from 1; `done`: of what was handed in."""

    number: int = 1
    done: bool = False


def _read_page(text: str) -> TaskPage:
    which, _, page = text.partition(":")
    done = which == "done"
    try:
        return TaskPage(PAGE.read(page if done else text), done=done)
    except ValueError:
        return TaskPage()


def _written(page: TaskPage) -> str:
    number = "" if page.number == 1 else str(page.number)
    return ":".join(filter(None, ("done", number))) if page.done else number


DESK: Final = action("tasks", Arg(_read_page, _written, default=TaskPage()))
"""/tasks; `done` and `done:2` what was handed in."""

SHOW: Final = action("show", NUMBER)
"""The card of a duty."""
FILL: Final = action("fill", NUMBER, MAYBE)
"""现在填报, 更正; the second argument is an option of the opening question."""
CHECK: Final = action("check", NUMBER)
"""去核对, 去重填."""
SNOOZE: Final = action("snooze", NUMBER)
"""明早提醒."""
DELEGATE: Final = action("delegate", NUMBER)
"""请安全员先填."""
GROUND: Final = action("ground", NUMBER)
"""填报依据."""
ANSWERS: Final = action("answers", NUMBER, PAGE)
"""查看填报: what was answered, with its files."""

EXPLAIN: Final = action("explain", NUMBER)
"""说明情况."""
EXCUSE: Final = action("excuse", NUMBER)
"""Staff accept an explanation."""
REOPEN: Final = action("reopen", NUMBER)
"""Staff return an explanation."""

BUNDLE: Final = action("bundle", WORD, PAGE)
"""The parts of a bundle, by its id in the pack."""
REVIEW: Final = action("review", WORD)
"""核对提交: everything of a bundle that is filled in."""
SUBMIT: Final = action("submit", WORD, WORD)
"""确认提交 of a bundle, with the digest of what was shown."""
HAND: Final = action("hand", WORD)
"""交负责人: what the officer has prepared of a bundle."""
CHANGE: Final = action("change", NUMBER)
"""Change an answer that was prepared in a bundle."""
PREPARE: Final = action("prepare", WORD)
"""请安全员先填, a whole bundle."""

ProblemSaid = Literal["solved", "needed", "coordinated"]
PROBLEM: Final = action("problem", NUMBER, one_of(get_args(ProblemSaid)))
"""What became of a problem raised in a dispatch."""

PHONE_DUTIES: Final = action("phone-duties", WORD, PAGE)
"""电话代录 on the card of an enterprise, by its code: which duty was answered."""
BY_PHONE: Final = action("by-phone", NUMBER)
"""电话代录 of a duty."""
PHONE_CARD: Final = action("phone-card", NUMBER)
"""An answer by phone as its principal is asked to confirm it, by its conversation."""
PHONE_CARDS: Final = action("phone-cards", WORD, PAGE)
"""Those of an enterprise that wait for its principal."""
PHONE_TRUE: Final = action("phone-true", NUMBER)
"""属实."""
PHONE_WRONG: Final = action("phone-wrong", NUMBER)
"""有误."""
