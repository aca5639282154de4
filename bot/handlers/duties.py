"""/tasks and what the buttons of a duty's card do; /back, /cancel, /receipt."""

from collections.abc import Callable

from bot.handlers.arguments import is_id
from bot.handlers.me import commands
from service import answers as told
from service import bundles, cards, lists, problems, receipts, talks
from service import duties as service
from service.hazards import cards as hazard_cards
from service.letters import Tap, answer, send
from service.mine import Mine, may_fill, of_person, visible
from service.work import Speaker, Work
from storage.duties import UNDONE, receipts_of
from talk.texts import Say


def tasks(work: Work, me: Speaker, argument: str) -> None:
    """/tasks: the desk, one tap to answer; `done` and `done:2` what was answered, with its receipts."""
    mine = of_person(work, me.person)
    finished = [one for one in mine if one.duty.status in ("answered", "excused")]
    undone = [one for one in mine if one.duty.status in UNDONE]
    explained = [one for one in mine if one.duty.status == "explained"]
    ledger = hazard_cards.counted(work, me.person)
    which, _, page = argument.partition(":")
    if finished and (which == "done" or not (undone or explained or ledger.open)):
        codes = receipts_of(work.conn, [one.duty.id for one in finished])
        send(work, me, lists.done(work, finished, codes, _page(page), nothing_left=not undone))
    else:
        send(work, me, lists.tasks(work, undone, explained, len(finished), ledger, _page(argument)))


def bundle(work: Work, me: Speaker, argument: str) -> None:
    """The parts of a bundle, each with one tap to answer."""
    name, _, page = argument.partition(":")
    if not bundles.show(work, me, name, _page(page)):
        what_now(work, me)


def review(work: Work, me: Speaker, argument: str) -> None:
    """核对提交: everything of a bundle that is filled in."""
    if not bundles.review(work, me, argument):
        what_now(work, me)


def submit(work: Work, me: Speaker, argument: str) -> None:
    """确认提交 of a bundle: `ID:digest` of what was shown."""
    name, _, digest = argument.partition(":")
    if not bundles.confirm(work, me, name, digest):
        answer(work, me, Say("not-allowed"))


def hand(work: Work, me: Speaker, argument: str) -> None:
    """交负责人: what the officer has prepared of a bundle."""
    if not bundles.hand_over(work, me, argument):
        answer(work, me, Say("not-allowed"))


def change(work: Work, me: Speaker, argument: str) -> None:
    """Change an answer that was prepared in a bundle."""
    _with(work, me, argument, lambda mine: bundles.change(work, me, mine), filling=True)


def prepare(work: Work, me: Speaker, argument: str) -> None:
    """请安全员先填, a whole bundle."""
    if not bundles.delegate(work, me, argument):
        answer(work, me, Say("not-allowed"))


def _page(argument: str) -> int:
    return int(argument) if argument.isdecimal() and len(argument) < 4 else 1


def what_now(work: Work, me: Speaker) -> None:
    """A message that belongs to nothing: what can be done now, with the first open duty."""
    undone = [one for one in of_person(work, me.person) if one.duty.status in UNDONE]
    if not undone:
        answer(work, me, Say("outside-nothing-open"), commands(work, me))
        return
    first = undone[0]
    answer(
        work,
        me,
        Say("outside-first-duty", title=first.title, when=cards.when(work, first.duty)),
        taps=[
            Tap(Say("option-fill"), f"a:show:{first.duty.id}"),
            Tap(Say("option-tasks"), "a:tasks:"),
        ],
    )


def show(work: Work, me: Speaker, argument: str) -> None:
    """The card of a duty."""
    _with(work, me, argument, lambda mine: send(work, me, cards.card(work, me.person, mine)))


def fill(work: Work, me: Speaker, argument: str) -> None:
    """Start, go on with, or correct an answer; `ID` or `ID:option` of the first question."""
    duty, _, first = argument.partition(":")
    _with(work, me, duty, lambda mine: service.fill(work, me, mine, first or None), filling=True)


def check(work: Work, me: Speaker, argument: str) -> None:
    """去核对, 去重填."""
    _with(work, me, argument, lambda mine: service.check(work, me, mine), filling=True)


def snooze(work: Work, me: Speaker, argument: str) -> None:
    """明早提醒."""
    _with(work, me, argument, lambda mine: service.snooze(work, me, mine), filling=True)


def delegate(work: Work, me: Speaker, argument: str) -> None:
    """请安全员先填."""
    _with(work, me, argument, lambda mine: service.delegate(work, me, mine), filling=True)


def explain(work: Work, me: Speaker, argument: str) -> None:
    """说明情况."""
    _with(work, me, argument, lambda mine: service.explain(work, me, mine))


def excuse(work: Work, me: Speaker, argument: str) -> None:
    """Staff accept an explanation."""
    _with(work, me, argument, lambda mine: service.decide_explanation(work, me, mine, accept=True))


def reopen(work: Work, me: Speaker, argument: str) -> None:
    """Staff return an explanation."""
    _with(work, me, argument, lambda mine: service.decide_explanation(work, me, mine, accept=False))


def ground(work: Work, me: Speaker, argument: str) -> None:
    """填报依据."""
    _with(work, me, argument, lambda mine: send(work, me, cards.ground(work, me.person, mine)))


def answers(work: Work, me: Speaker, argument: str) -> None:
    """查看填报: what was answered, with its photos; `ID` or `ID:page`."""
    duty, _, page = argument.partition(":")
    _with(work, me, duty, lambda mine: told.show(work, me, mine, _page(page)))


def problem(work: Work, me: Speaker, argument: str) -> None:
    """What became of a problem raised in a dispatch: `7:solved`, `7:needed`, `7:coordinated`."""
    number, _, state = argument.partition(":")
    if is_id(number):
        problems.tapped(work, me, int(number), state)
    else:
        answer(work, me, Say("not-allowed"))


def _with(work: Work, me: Speaker, argument: str, then: Callable[[Mine], None], *, filling: bool = False) -> None:
    mine = visible(work, me.person, int(argument)) if is_id(argument) else None
    if mine is None or mine.duty.status == "withdrawn" or (filling and not may_fill(work, me.person, mine.duty)):
        answer(work, me, Say("not-allowed"))
    else:
        then(mine)


def back(work: Work, me: Speaker, argument: str) -> None:
    """/back: the question before this one."""
    del argument
    if not talks.back(work, me):
        what_now(work, me)


def cancel(work: Work, me: Speaker, argument: str) -> None:
    """/cancel: put the conversation away; what was answered is kept."""
    del argument
    if not talks.put_away(work, me):
        what_now(work, me)


def receipt(work: Work, me: Speaker, argument: str) -> None:
    """/receipt CODE: what a receipt proves."""
    receipts.show(work, me, argument)
