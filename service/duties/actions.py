"""What can be started about duties: commands, and the buttons of their cards and lists, of bundles, of calls."""

import re
from dataclasses import dataclass
from typing import Final, Literal, get_args

from talk.actions import MAYBE, NUMBER, PAGE, WORD, Arg, Command, Listener, action, is_row_number, one_of
from talk.cleaning import clean

TASKS: Final = Command("tasks")
BACK: Final = Command("back")
CANCEL: Final = Command("cancel")
RECEIPT: Final = Command("receipt")
_CODE: Final = re.compile(r"(?=.*[-0-9])[A-HJ-NP-Z2-9]{4}-?[A-HJ-NP-Z2-9]{4}")
RECEIPT_CODE: Final = Listener(
    lambda inbound: not inbound.files and _CODE.fullmatch(clean(inbound.text).upper()) is not None,
    before_questions=False,
)
"""The code of a receipt alone."""


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A page of the desk (/tasks), from 1; `done`: of what was handed in; `of`: of one enterprise or district alone;
    `choosing`: of those among which somebody chooses one.
    """

    number: int = 1
    done: bool = False
    of: str = ""
    choosing: bool = False


_DONE: Final = "done"
_CHOOSING: Final = "of"
_OF: Final = "@"


def _read_page(text: str) -> TaskPage:
    words = text.split(":")
    page = next((PAGE.read(word) for word in words if is_row_number(word)), 1)
    of = next((word.removeprefix(_OF) for word in words if word.startswith(_OF)), "")
    return TaskPage(page, done=_DONE in words, of=of, choosing=_CHOOSING in words)


def _written(page: TaskPage) -> str:
    words = (
        _CHOOSING if page.choosing else "",
        _DONE if page.done else "",
        "" if page.number == 1 else str(page.number),
        f"{_OF}{page.of}" if page.of else "",
    )
    return ":".join(filter(None, words))


DESK: Final = action("tasks", Arg(_read_page, _written, default=TaskPage()))
"""/tasks; `done` and `done:2` what was handed in; `@` with a code or a district what is open there."""

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

PROMISE: Final = action("promise", NUMBER)
"""选日期, 改日期: by which day will be met what is answered and not met."""
GIVE_BACK: Final = action("return", NUMBER)
"""退回补正: staff give an answer back with one question."""

EXPLAIN: Final = action("explain", NUMBER)
"""说明情况."""
EXCUSE: Final = action("excuse", NUMBER)
"""Staff accept an explanation."""
REOPEN: Final = action("reopen", NUMBER)
"""Staff return an explanation."""

BUNDLE: Final = action("bundle", WORD, PAGE, MAYBE)
"""The parts of a bundle, by its id in the pack. As with the others of a bundle, the last argument says whose it is: an
enterprise by its code, or a district; older buttons do not carry it.
"""
REVIEW: Final = action("review", WORD, MAYBE)
"""核对提交: everything of a bundle that is filled in."""
SUBMIT: Final = action("submit", WORD, WORD, MAYBE)
"""确认提交 of a bundle, with the digest of what was shown."""
HAND: Final = action("hand", WORD, MAYBE)
"""交负责人: what the officer has prepared of a bundle."""
CHANGE: Final = action("change", NUMBER)
"""Change an answer that was prepared in a bundle."""
PREPARE: Final = action("prepare", WORD, MAYBE)
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
