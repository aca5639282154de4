"""/file 迎检资料: everything that an enterprise answered as one file; and the report of its first round."""

from typing import Final

from bot.dialogs import first_round as dialog
from bot.handlers.subject import Subject
from campaign.talks.dossiers import FirstRoundBrief
from service.core.unit_of_work import Speaker, UnitOfWork
from service.dossiers import actions, first_round, papers
from service.duties.talks import duty_talk, never
from storage.conversations import Conversation

SUBJECT: Final = Subject()


def _asked(uow: UnitOfWork, me: Speaker, talk: Conversation, key: str) -> None:
    """Whoever is asked for the signed page gets the form to sign."""
    if key.startswith(dialog.SIGNED):
        first_round.order_form(uow, me, FirstRoundBrief.from_json(talk.brief))


SUBJECT.talk(
    duty_talk(
        FirstRoundBrief,
        dialog.first_round,
        first_round.brief,
        finish=first_round.reported,
        bundled=False,
        by_phone=never,
        asks=_asked,
    )
)

SUBJECT.command(actions.INSPECTION_FILE)(papers.ask_for_file)
SUBJECT.on(actions.FILE)(papers.ask_for_file)
