"""When the photos of a permit were taken, by what the phone wrote into them: one of another day shows another place."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from service.work import Work
from storage.files import Shelf
from storage.location import taken
from talk.messages import FileRef

LAST_HOUR: Final = timedelta(hours=1)
"""A photo of yesterday is one of now, just after midnight."""


def of_another_day(work: Work, photos: Sequence[FileRef]) -> datetime | None:
    """When the first photo was taken that is not of today, aware, by the clock on the wall: a phone knows no rehearsal.
    None: all are of today, or do not say.
    """
    now = work.wall.astimezone(work.house.zone)
    shelf = Shelf(work.house.files)
    for photo in photos:
        path = shelf.path(photo.sha256)
        moment = taken(path.read_bytes()) if photo.mime.startswith("image/") and path.exists() else None
        if moment is not None:
            shot = moment.replace(tzinfo=work.house.zone)
            if shot.date() != now.date() and abs(now - shot) > LAST_HOUR:
                return shot
    return None
