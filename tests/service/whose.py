"""Whose it is: what people are told is overheard, and must name it to whoever stands for several."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from unittest.mock import patch

from sqlalchemy import Connection, select

from service.core import letters as outgoing
from service.core.letters import Draft
from service.core.unit_of_work import UnitOfWork
from storage import people
from storage.tables import memberships
from talk.messages import Outbound
from talk.texts import Say

NAME: Final = "沈阳白桦示范食品有限公司"
FOOD: Final = "91210112114884238K"
DISTRICT: Final = "浑南区"
ELSEWHERE: Final = "沈河区"

OF_NOBODY = frozenset(
    {
        *("not-allowed", "stranger", "outside-nothing-open", "help-intro", "help-commands", "help-commands-staff"),
        *("help-commands-leader", "feedback-ask", "feedback-hint", "language-ask", "language-set", "join-refused"),
        *(
            "leave-done",
            "leave-stayed",
            "factor-off",
            "me-kept-none",
            "me-joined",
            "me-channels",
            "me-answers",
            "me-reminded",
        ),
        *("me-why", "talk-no-longer-yours", "tap-outdated", "tap-not-yours", "file-nothing", "workers-not-yours"),
        # What was named is nothing of theirs, or nothing at all.
        *("which-none", "receipt-how", "receipt-unknown", "permit-unknown", "annex-unknown", "verify-help"),
        # Whoever has the code in hand reads whether it holds, and not whose it is.
        "verify-approved",
        # Which of theirs it is about is just what is asked.
        *("which-ask", "which-hint", "invite-which", "invite-ask-district", "invite-district-hint"),
        *("invite-ask-role", "invite-ask-enterprise", "invite-enterprise-hint"),
        # Nothing is there, of none of theirs.
        *("tasks-none", "hazards-none", "hazards-none-closed", "notices-none-got", "notices-none-sent"),
        *("file-pause", "back-at-start", "check-code-hint"),
    }
)
"""What is about no enterprise and no district. A new sentence fails the test until it names whose it is, or stands
here.
"""
OF_THE_CITY = frozenset(
    {
        *("check-few-inspectors", "check-suggested-none", "check-inspectors-none", "checks-none", "owes-making"),
        *("notice-text", "notice-text-hint", "notices-sent", "task-line", "list-more", "action-on", "day-hint"),
        *("owes-own-heading", "permits-none-staff", "permits-blocked", "tasks-heading", "tasks-later"),
    }
)
"""What the city's staff read of the city itself: they stand for no other."""
OWN_AFFAIR = re.compile("退出")
"""A talk about leaving goes on, or waits."""


Heard = tuple[int | None, Draft, Outbound]
"""Who reads it, as it was drafted, and as it is written for them."""


@contextmanager
def overheard() -> Iterator[list[Heard]]:
    """Give what people are told meanwhile."""
    found: list[Heard] = []
    written = outgoing.rendered

    def rendered(uow: UnitOfWork, draft: Draft, reader: int | None, language: str) -> Outbound:
        message = written(uow, draft, reader, language)
        found.append((reader, draft, message))
        return message

    with patch.object(outgoing, "rendered", rendered):
        yield found


def once_more(conn: Connection, enterprise: str) -> None:
    """Give everybody of the enterprise and the district the same role once more, in another one."""
    for role in conn.execute(select(memberships).where(memberships.c.state == "active")).all():
        place = {FOOD: enterprise, DISTRICT: ELSEWHERE}.get(role.subject)
        if place is not None:
            people.grant(conn, role.person, role.role, place, "active", role.since)


def ids(draft: Draft) -> set[str]:
    """Return the sentences of a message by their ids."""
    return {line.id for line in draft.lines if isinstance(line, Say)}


def shown(message: Outbound) -> str:
    """Return what there is to read, on buttons too."""
    return "\n".join([message.text, *(button.text for row in message.buttons for button in row)])
