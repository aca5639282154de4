"""When the photos of a permit were taken, by what the phone wrote into them: one of another day shows another place."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from service.core.unit_of_work import UnitOfWork
from talk.messages import FileRef

LAST_HOUR: Final = timedelta(hours=1)
"""A photo of yesterday is one of now, just after midnight."""


def of_another_day(uow: UnitOfWork, photos: Sequence[FileRef]) -> datetime | None:
    """Return when the first photo was taken that is not of the day on which it was sent, aware, by the clock on the
    wall: a phone knows no rehearsal. None: all are of that day, or do not say.
    """
    sent = uow.sent.astimezone(uow.context.zone)
    file_store = uow.context.file_store
    for photo in photos:
        moment = file_store.taken(photo)
        if moment is not None:
            shot = moment.replace(tzinfo=uow.context.zone)
            if shot.date() != sent.date() and abs(sent - shot) > LAST_HOUR:
                return shot
    return None
