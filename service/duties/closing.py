"""The one place where a duty becomes answered: its status, the receipt that proves it, and the audit."""

from datetime import datetime
from typing import Any

from service.core.unit_of_work import UnitOfWork
from storage import duties
from storage.conversations import Conversation
from storage.duties import Duty


def close(uow: UnitOfWork, duty: Duty, *, by: int | None, **source: Any) -> None:
    """Let a duty be answered by what was done elsewhere, without a talk about it and so without a receipt.

    `by` is the person who did it (None: several, or the system); `source` names for the audit what answers the duty, as
    `hazard=41`.
    """
    duties.answered(uow.conn, duty.id, None, uow.now)
    uow.note("duty-answered", f"duty/{duty.id}", actor=uow.acting(by), **source)


def close_by_talk(uow: UnitOfWork, duty: Duty, talk: Conversation, *, by: int, at: datetime | None = None) -> str:
    """Let a talk be the answer to a duty that counts from now on, in the place of an earlier one; return the code of
    its receipt.

    `at` is campaign time, aware: since when the duty is answered, where what was told before had answered it already.
    """
    code = uow.fresh.code()
    duties.answered(uow.conn, duty.id, talk.id, at or uow.now)
    duties.add_receipt(uow.conn, code, duty.id, talk.id, uow.now, uow.assurance)
    uow.note("duty-answered", f"duty/{duty.id}", actor=uow.acting(by), conversation=talk.id, assurance=uow.assurance)
    return code
