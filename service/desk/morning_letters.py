"""The letters of a morning: one to each clerk and to the city, with the card of what rose to them, their own duties,
and on its day the draft of the annex table.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from service.annex import filing
from service.core import letters as outgoing
from service.core.letters import Draft
from service.core.second_looks import SecondLook
from service.core.ticking import Due, Tick
from service.core.unit_of_work import UnitOfWork
from service.desk import morning
from service.desk.morning import Facts, Reader
from service.duties import burden, reminding
from storage import outbox, people
from storage.engine import apart
from storage.outbox import Claimed

KIND: Final = "morning"
"""The kind of these letters."""
VALID: Final = timedelta(days=2)
"""A card that could not leave until then is not worth it any more."""


def tell(uow: UnitOfWork, tick: Tick) -> int:
    """Queue what there is for staff; return how many letters, a reminder beside a draft counted apart."""
    # One card that cannot be made keeps nothing from anybody else, and the clock goes on.
    made = apart(uow.conn, [partial(morning.facts, uow, tick.before)]) if morning.is_due(uow, tick.before) else []
    facts = made[0] if made else None
    drafts = filing.drafts(uow, tick.holders)
    told = 0
    for reader in sorted(morning.readers(uow, tick.holders), key=lambda reader: reader.person):
        due, draft = tick.due.get(reader.person, Due()), drafts.get(reader.person)
        if facts is None and draft is None and not due.duties:
            continue
        sent = apart(uow.conn, [partial(_tell_reader, uow, reader, due, draft, facts)])
        if not sent and facts is not None:
            # Without the card they still get their own duties, and the draft.
            sent = apart(uow.conn, [partial(_tell_reader, uow, reader, due, draft, None)])
        told += sum(sent)
    return told


def _tell_reader(
    uow: UnitOfWork, reader: Reader, due: Due, named_draft: tuple[str, Draft] | None, facts: Facts | None
) -> int:
    """Return how many letters one of the staff gets: none, one, or a reminder beside the draft."""
    draft = None if named_draft is None else named_draft[1]
    card = draft if facts is None else morning.card(uow, reader, facts, due.duties, draft)
    told = 0
    if card is None or (facts is None and due.duties):
        told += bool(due.duties) and reminding.remind(uow, reader.person, due)
    if card is not None and named_draft is None:
        told += _queue_card(uow, reader.person, card, due.duties)
    elif card is not None and named_draft is not None:
        told += filing.send_draft(uow, reader.person, card, named_draft[0])
    return told


def _queue_card(uow: UnitOfWork, person: int, card: Draft, about: Sequence[int]) -> bool:
    replaced = sum(outbox.cancel(uow.conn, person, kind) for kind in (reminding.REMINDER, KIND))
    burden.note(uow, person, 1 - replaced)
    return outgoing.tell(
        uow, person, card, kind=KIND, dedupe=f"morning/{uow.now.date()}/{person}", about=about, valid=VALID
    )


def look_again(uow: UnitOfWork, letters: Sequence[Claimed]) -> dict[int, Draft | None]:
    """Return what is left of cards: their duties may have been answered, their decisions taken."""
    facts = morning.facts(uow)
    readers = {reader.person: reader for reader in morning.readers(uow, people.all_holders(uow.conn))}
    return {
        letter.id: morning.card(uow, reader, facts, letter.about) or reminding.digest(uow, reader.person, letter.about)
        if (reader := readers.get(letter.person or 0)) is not None
        else None
        for letter in letters
    }


SECOND_LOOK: Final = SecondLook(frozenset({KIND}), look_again, patient=True)
