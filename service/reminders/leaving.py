"""The last look at letters before they leave: one that comes after the answer is the complaint heard first."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from service.checks import asking
from service.core.letters import language_of, rendered
from service.core.second_looks import SecondLook
from service.core.unit_of_work import UnitOfWork
from service.desk import morning_letters
from service.duties import reminding
from service.notices import broadcast
from service.workers import register
from storage import conversations
from storage.outbox import Claimed
from talk.messages import Outbound
from talk.texts import CHINESE

SECOND_LOOKS: Final[tuple[SecondLook, ...]] = (
    reminding.SECOND_LOOK,
    register.SECOND_LOOK,
    morning_letters.SECOND_LOOK,
    broadcast.SECOND_LOOK,
    asking.SECOND_LOOK,
)
"""Letters of any other kind leave as they are."""
BUSY_FOR: Final = timedelta(minutes=30)
"""So long after somebody wrote or tapped they count as being in the middle of an answer."""


def before_leaving(uow: UnitOfWork, letters: Sequence[Claimed]) -> dict[int, Outbound | datetime | None]:
    """Look again at letters that are about to leave; return what is decided, by their ids. None: it does not leave; an
    instant (real time): it leaves then; else what it says now. A letter that is left out leaves as it is.
    """
    decided: dict[int, Outbound | datetime | None] = {}
    for second in SECOND_LOOKS:
        known = [letter for letter in letters if letter.kind in second.kinds]
        busy = {letter.id for letter in known if second.patient and _is_busy(uow, letter.person)}
        decided |= dict.fromkeys(busy, uow.wall + BUSY_FOR)
        leaving = {letter.id: letter for letter in known if letter.id not in busy}
        if not leaving:
            continue
        for id_, draft in second.look(uow, list(leaving.values())).items():
            person = leaving[id_].person
            language = CHINESE if person is None else language_of(uow, person)
            decided[id_] = None if draft is None else rendered(uow, draft, person, language)
    return decided


def _is_busy(uow: UnitOfWork, person: int | None) -> bool:
    front = None if person is None else conversations.front(uow.conn, person)
    return front is not None and uow.now - front.touched_at < BUSY_FOR
