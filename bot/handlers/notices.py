"""/notice and /notices, and what the buttons under a notice do."""

from bot.handlers.arguments import is_id, numbered
from service.letters import send
from service.notices import broadcast as notices
from service.notices import cards as notice_cards
from service.notices import receipts as notice_receipts
from service.work import Speaker, Work


def write(work: Work, me: Speaker, argument: str) -> None:
    """/notice: write one, for one's district or the city."""
    notices.begin(work, me, argument)


def listing(work: Work, me: Speaker, argument: str) -> None:
    """/notices: those of one's bureau, or those that one got; `2` the second page."""
    send(work, me, notice_cards.listing(work, me.person, int(argument) if is_id(argument) else 1))


def show(work: Work, me: Speaker, argument: str) -> None:
    """The card of a notice."""
    numbered(work, me, argument, notices.show)


def refresh(work: Work, me: Speaker, argument: str) -> None:
    """刷新: `7:K3F9`, the card and its showing."""
    number, _, shown = argument.partition(":")
    numbered(work, me, number, lambda work, me, number: notices.show(work, me, number, shown))


def confirm(work: Work, me: Speaker, argument: str) -> None:
    """确认发送: `7:digest` of what was shown."""
    number, _, digest = argument.partition(":")
    numbered(work, me, number, lambda work, me, number: notices.confirm(work, me, number, digest))


def rewrite(work: Work, me: Speaker, argument: str) -> None:
    """修改, before it is sent."""
    numbered(work, me, argument, notices.rewrite)


def drop(work: Work, me: Speaker, argument: str) -> None:
    """不发了."""
    numbered(work, me, argument, notices.drop)


def stop(work: Work, me: Speaker, argument: str) -> None:
    """停止发送."""
    numbered(work, me, argument, notices.stop)


def resume(work: Work, me: Speaker, argument: str) -> None:
    """继续发送."""
    numbered(work, me, argument, notices.resume)


def remind(work: Work, me: Speaker, argument: str) -> None:
    """催办."""
    numbered(work, me, argument, notices.remind)


def phones(work: Work, me: Speaker, argument: str) -> None:
    """电话名单."""
    numbered(work, me, argument, notice_receipts.phones)


def export(work: Work, me: Speaker, argument: str) -> None:
    """导出回执."""
    numbered(work, me, argument, notice_receipts.export)


def noted(work: Work, me: Speaker, argument: str) -> None:
    """已知悉."""
    numbered(work, me, argument, notice_receipts.acknowledge)


def respond(work: Work, me: Speaker, argument: str) -> None:
    """填写答复."""
    numbered(work, me, argument, notice_receipts.begin_answer)
