"""经服务器代录: the mark of answers that an operator gave at the server, wherever they are shown."""

from service.core.unit_of_work import UnitOfWork
from storage import conversations
from talk.texts import Say


def of(uow: UnitOfWork, conversation: int | None) -> Say | None:
    """Return the mark of a conversation with its operator; None: the person gave every answer that counts."""
    operator = None if conversation is None else conversations.operator_of(uow.conn, conversation)
    return None if operator is None else Say("at-server-mark", operator=operator)


def without_people(uow: UnitOfWork, conversation: int) -> Say | None:
    """Return the mark on a receipt, which names no person."""
    return None if of(uow, conversation) is None else Say("at-server-mark-receipt")
