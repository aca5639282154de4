"""/notice and /notices, and what the buttons under a notice do."""

from bot.handlers.arguments import is_id, numbered
from service.core.letters import send
from service.core.unit_of_work import Speaker, UnitOfWork
from service.notices import broadcast as notices
from service.notices import cards as notice_cards
from service.notices import receipts as notice_receipts


def write(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/notice: write one, for one's district or the city."""
    notices.begin(uow, me, argument)


def listing(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/notices: those of one's bureau, or those that one got; `2` the second page."""
    send(uow, me, notice_cards.listing(uow, me.person, int(argument) if is_id(argument) else 1))


def show(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """The card of a notice."""
    numbered(uow, me, argument, notices.show)


def refresh(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """刷新: `7:K3F9`, the card and its showing."""
    number, _, shown = argument.partition(":")
    numbered(uow, me, number, lambda uow, me, number: notices.show(uow, me, number, shown))


def confirm(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """确认发送: `7:digest` of what was shown."""
    number, _, digest = argument.partition(":")
    numbered(uow, me, number, lambda uow, me, number: notices.confirm(uow, me, number, digest))


def rewrite(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """修改, before it is sent."""
    numbered(uow, me, argument, notices.rewrite)


def drop(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """不发了."""
    numbered(uow, me, argument, notices.drop)


def stop(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """停止发送."""
    numbered(uow, me, argument, notices.stop)


def resume(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """继续发送."""
    numbered(uow, me, argument, notices.resume)


def remind(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """催办."""
    numbered(uow, me, argument, notices.remind)


def phones(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """电话名单."""
    numbered(uow, me, argument, notice_receipts.phones)


def export(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """导出回执."""
    numbered(uow, me, argument, notice_receipts.export)


def noted(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """已知悉."""
    numbered(uow, me, argument, notice_receipts.acknowledge)


def respond(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """填写答复."""
    numbered(uow, me, argument, notice_receipts.begin_answer)
