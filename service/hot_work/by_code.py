"""What reaches a permit by its code, outside of any talk: a gas value, a stop, a photo; sent late, twice, out of order.

Where there is no signal a phone sends things when it finds one, so each has two times: when it was done, as the message
or the text says, and when it reached us.
"""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from campaign.gases import in_doubt, sample, share
from campaign.hot_work import Gas, HotWork
from campaign.permits import ON_SITE, Event, State
from service.core.letters import answer
from service.core.refusal import RefusedError, saying_refusals
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import actions, letters, outcomes
from service.hot_work.gates import rules_of
from service.hot_work.in_hand import PermitInHand
from service.hot_work.photos import of_another_day
from service.hot_work.steps import visible, visible_by_code
from service.talks import aims
from storage import permits
from talk.messages import FileRef, Inbound
from talk.shares import read_gas
from talk.texts import Say

_MINUTE: Final = re.compile(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])[ 。.]*\Z")
_STOP: Final = frozenset({"停", "停止", "立即停止", "立即停止作业", "停工", "stop", "stop now"})
_TAKES_PHOTOS: Final = (State.APPROVED, *ON_SITE)


def heard(uow: UnitOfWork, me: Speaker, inbound: Inbound) -> bool:
    """Do with a permit what a message says that names it; return False where it names none."""
    found = actions.code_in(inbound.text) or _by_reply(uow, me, inbound)
    if found is None:
        return False
    code, words = found
    permit = visible_by_code(uow, me.person, code)
    if permit is None:
        raise RefusedError(Say("permit-unknown", code=code))
    at = uow.written
    if inbound.files:
        # Whatever becomes of the photos, a stop in the words beside them counts.
        with saying_refusals(uow, me):
            _photos(uow, me, permit, inbound.files, at)
    if _stops(words):
        outcomes.do(uow, me, permit, Event.STOP, at=at)
    elif words and inbound.borrowed:
        answer(uow, me, Say("borrowed-words"))
    elif words:
        _gas(uow, me, permit, words, at)
    elif not inbound.files:
        letters.show(uow, me.person, permit)
    return True


def _stops(words: str) -> bool:
    return words.rstrip("。.!！").lower() in _STOP


def _by_reply(uow: UnitOfWork, me: Speaker, inbound: Inbound) -> tuple[str, str] | None:
    """Return what a reply to a message about one permit says of it, as if its code stood before: a stop, a value, a
    photo. None: it says none of these, or answers a question.
    """
    code = actions.replied_to(inbound)
    if code is None or inbound.reply is None or aims.find(uow, me, inbound.reply).prompt is not None:
        return None
    value, _ = _when(uow, inbound.text, uow.written)
    means = inbound.files or _stops(inbound.text) or read_gas(value) is not None
    return (code, inbound.text.strip()) if means else None


def loose_photos(uow: UnitOfWork, me: Speaker, inbound: Inbound) -> bool:
    """Keep photos that no question asked for with the one permit on site that this person is on; return False where
    they are on none.
    """
    owned = permits.find(uow.conn, person=me.person, states=_TAKES_PHOTOS)
    if not inbound.files or not owned:
        return False
    if len(owned) > 1:
        raise RefusedError(Say("permit-ambiguous", number=len(owned), code=owned[0].code))
    permit = visible(uow, me.person, owned[0].id)
    if permit is not None:
        _photos(uow, me, permit, inbound.files, uow.written)
    return permit is not None


def _photos(uow: UnitOfWork, me: Speaker, permit: PermitInHand, files: Sequence[FileRef], at: datetime) -> None:
    if (other := next((file for file in files if not file.is_picture), None)) is not None:
        raise RefusedError(Say("hint-not-a-photo", name=other.name))
    shot = of_another_day(uow, files)
    if shot is not None:
        then = uow.in_campaign(shot)
        if then >= uow.now:
            raise RefusedError(Say("permit-photo-old", day=shot.date()))
        # Kept as what it is: taken then, and no picture of the place as it is today.
        answer(uow, me, Say("permit-photo-late", code=permit.row.code, day=shot.date()))
        at = min(at, then)
    photos = [file.as_json() for file in files]
    outcomes.do(uow, me, permit, Event.PHOTO, at=at, data={"photos": photos})


def _gas(uow: UnitOfWork, me: Speaker, permit: PermitInHand, words: str, at: datetime) -> None:
    rules, code = rules_of(uow), permit.row.code
    words, at = _when(uow, words, at)
    reading = read_gas(words)
    gas = _measured(rules, permit)
    if reading is None:
        answer(uow, me, Say("permit-quick-gas", code=code, text=words))
    elif gas is None:
        answer(uow, me, Say("permit-quick-which", code=code))
    elif in_doubt(gas, reading):
        answer(uow, me, Say("permit-quick-unit", code=code, text=words))
    elif (value := share(gas, reading)) is None:
        answer(uow, me, Say("permit-quick-gas", code=code, text=words))
    else:
        outcomes.measured(uow, me, permit, [sample(rules, gas, value, at)], None)


def _when(uow: UnitOfWork, words: str, at: datetime) -> tuple[str, datetime]:
    """A minute behind a value is when it was measured: the last time that it was so late before it was written."""
    found = _MINUTE.search(words)
    value = "" if found is None else words[: found.start()].rstrip(" ,，").strip()
    if found is None or not value:
        return words, at
    taken = datetime.combine(at.date(), time(int(found[1]), int(found[2])), uow.context.zone)
    return value, taken if taken <= at else taken - timedelta(days=1)


def _measured(rules: HotWork, permit: PermitInHand) -> Gas | None:
    """The gas that a bare value is of: the combustible one that was measured on this permit before, if it was one."""
    known = {sample.gas for sample in permit.life.samples}
    combustible = [gas for gas in rules.gases if gas.id in known and gas.lel is not None]
    return combustible[0] if len(combustible) == 1 else None
