"""Which bureau checks which enterprise: by the column of the annex that counts it."""

from campaign.talks.checks import DrawBrief, DropBrief, InspectorsBrief, PickBrief, RecordBrief, TakeBackCheckBrief
from service.core.permissions import CITY_ITSELF, Act, Area, Needed, may, require, supervisor
from service.core.refusal import existing
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import checks
from storage.conversations import Conversation
from storage.registry import Enterprise


def places(uow: UnitOfWork) -> tuple[str, ...]:
    """Every place that checks: the city itself first."""
    return (uow.pack.annex.city_column, *uow.pack.district_names)


def number_of(uow: UnitOfWork, place: str) -> int:
    """A place as buttons name it: names are too long for them."""
    return places(uow).index(place)


def place_of(uow: UnitOfWork, enterprise: Enterprise) -> str:
    """The place whose bureau supervises an enterprise: its district, or the city itself."""
    return supervisor(uow.pack, enterprise)


def reaches(uow: UnitOfWork, place: str, enterprise: Enterprise) -> bool:
    """Whether a place may check an enterprise: the city any, a district those that it supervises."""
    return place in (uow.pack.annex.city_column, place_of(uow, enterprise))


def own_places(uow: UnitOfWork, person: int, act: Act) -> list[str]:
    """For which places somebody acts: the city itself first, or their districts."""
    return [place for place in places(uow) if may(uow, person, act, Area.of_column(uow.pack, place))]


def planning_place(uow: UnitOfWork, me: Speaker, number: str) -> str:
    """For which place somebody plans checks, by its number; an older button ("") means the first that is theirs.
    RefusedError: it is none of theirs.
    """
    known = places(uow) if number else own_places(uow, me.person, Act.PLAN_CHECK)
    place = existing(dict(zip(map(str, range(len(known))), known, strict=True)).get(number or "0"))
    require(uow, me, Act.PLAN_CHECK, Area.of_column(uow.pack, place))
    return place


def to_plan(uow: UnitOfWork, talk: Conversation, brief: PickBrief | InspectorsBrief | DrawBrief) -> Needed:
    """Return what somebody needs who plans checks for a place."""
    del talk
    return Needed(Area.of_column(uow.pack, brief.place), (Act.PLAN_CHECK,))


def to_drop(uow: UnitOfWork, talk: Conversation, brief: DropBrief) -> Needed | None:
    """Return what somebody needs who takes a planned check off."""
    del talk
    return _needed(uow, brief.check, Act.PLAN_CHECK)


def to_record(uow: UnitOfWork, talk: Conversation, brief: RecordBrief | TakeBackCheckBrief) -> Needed | None:
    """Return what somebody needs who enters what a check found, or takes it back."""
    del talk
    return _needed(uow, brief.check, Act.RECORD_ACTION)


def _needed(uow: UnitOfWork, number: int, act: Act) -> Needed | None:
    check = checks.get(uow.conn, number)
    return None if check is None else Needed(Area.of_column(uow.pack, check.place), (act,), of=check.enterprise)


def place_for(uow: UnitOfWork, person: int, enterprise: Enterprise) -> str | None:
    """For which place somebody would check an enterprise; None: it is not theirs to check."""
    if may(uow, person, Act.PLAN_CHECK, CITY_ITSELF):
        return uow.pack.annex.city_column
    return place_of(uow, enterprise) if may(uow, person, Act.PLAN_CHECK, enterprise) else None
