"""/notice and /notices, and what the buttons under a notice do."""

from collections.abc import Callable

from bot.handlers.duties import is_id
from service.letters import answer, send
from service.notices import broadcast as notices
from service.notices import cards as notice_cards
from service.notices import receipts as notice_receipts
from service.work import Speaker, Work
from talk.texts import Say


def write(work: Work, me: Speaker, argument: str) -> None:
    """/notice: write one, for one's district or the city."""
    notices.begin(work, me, argument)


def listing(work: Work, me: Speaker, argument: str) -> None:
    """/notices: those of one's bureau, or those that one got; `2` the second page."""
    send(work, me, notice_cards.listing(work, me.person, int(argument) if is_id(argument) else 1))


def show(work: Work, me: Speaker, argument: str) -> None:
    """The card of a notice."""
    _with(work, me, argument, notices.show)


def refresh(work: Work, me: Speaker, argument: str) -> None:
    """刷新: `7:K3F9`, the card and its showing."""
    number, _, shown = argument.partition(":")
    _with(work, me, number, lambda work, me, number: notices.show(work, me, number, shown))


def confirm(work: Work, me: Speaker, argument: str) -> None:
    """确认发送: `7:digest` of what was shown."""
    number, _, digest = argument.partition(":")
    _with(work, me, number, lambda work, me, number: notices.confirm(work, me, number, digest))


def rewrite(work: Work, me: Speaker, argument: str) -> None:
    """修改, before it is sent."""
    _with(work, me, argument, notices.rewrite)


def drop(work: Work, me: Speaker, argument: str) -> None:
    """不发了."""
    _with(work, me, argument, notices.drop)


def stop(work: Work, me: Speaker, argument: str) -> None:
    """停止发送."""
    _with(work, me, argument, notices.stop)


def resume(work: Work, me: Speaker, argument: str) -> None:
    """继续发送."""
    _with(work, me, argument, notices.resume)


def remind(work: Work, me: Speaker, argument: str) -> None:
    """催办."""
    _with(work, me, argument, notices.remind)


def phones(work: Work, me: Speaker, argument: str) -> None:
    """电话名单."""
    _with(work, me, argument, notice_receipts.phones)


def export(work: Work, me: Speaker, argument: str) -> None:
    """导出回执."""
    _with(work, me, argument, notice_receipts.export)


def noted(work: Work, me: Speaker, argument: str) -> None:
    """已知悉."""
    _with(work, me, argument, notice_receipts.acknowledge)


def respond(work: Work, me: Speaker, argument: str) -> None:
    """填写答复."""
    _with(work, me, argument, notice_receipts.begin_answer)


def _with(work: Work, me: Speaker, argument: str, then: Callable[[Work, Speaker, int], None]) -> None:
    if is_id(argument):
        then(work, me, int(argument))
    else:
        answer(work, me, Say("not-allowed"))
