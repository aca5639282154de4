"""The people of the demo: twelve enterprises with theirs, a clerk, a leader, the city. All of them are invented."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bot import stand_ins
from bot.app import App
from bot.channels.web.channel import address_of
from bot.channels.web.pages import Persona
from campaign.roles import CITY, CLERK, LEADER, OFFICER, PRINCIPAL, WORKER
from campaign.talks.duties import DispatchBrief
from service.core.unit_of_work import UnitOfWork
from service.duties.actions import FILL
from service.imports.sheets import read_sheet
from service.registry.enterprise_import import import_enterprises
from service.registry.enterprise_rows import COLUMNS
from service.workers import worker_import
from storage import checks, duties, people, registry
from storage.registry import Enterprise
from talk.messages import Address, Inbound, Kind
from talk.texts import CHINESE, Say, render

REGISTRY = Path(__file__).with_name("demo_data.csv")
WORKERS = Path(__file__).with_name("demo_workers.csv")
"""Welders of the shown enterprise. No person has such a number: it begins with 999999, which is the code of no place.
One has not been reviewed in time, one must be renewed by the end of August.
"""

SHOWN = "沈阳青松演示食品有限公司"
"""The enterprise whose people the page shows."""
CLERK_NAME = "孙演清"
LEADER_NAME = "周演岳"
"""A district files its table only after a leader has reviewed it."""
CITY_NAME = "李演明"
HANDS = ("何演松", "韩演竹", "蒋演梅")
"""A welder of the register, and who can be guardian and gas tester of a hot-work permit."""
SHOWN_PEOPLE = 5 + len(HANDS)
INSPECTORS = ("许演河", "何演溪", "吕演湖", "施演江")
"""The inspectors of the district's bureau, so that the clerk can draw at once."""

ANSWERED = 4
"""So many of the other principals answer before a visitor looks: staff have something to see."""
ANSWERS = ("是", "今天", "会议调度", "落实整改、开展培训", "没有")


@dataclass(frozen=True, slots=True)
class _Member:
    """Somebody in the demo."""

    name: str
    role: str
    subject: str
    place: str
    address: Address


def populate(uow: UnitOfWork) -> list[Persona]:
    """Import the registry, let everybody in it join, and return those whom the page shows."""
    import_enterprises(uow, read_sheet(REGISTRY, COLUMNS).rows)
    worker_import.import_workers(uow, read_sheet(WORKERS, worker_import.COLUMNS).rows)
    for name in INSPECTORS:
        checks.name_inspector(uow.conn, _shown(uow).district, name, uow.now)
    return [
        Persona(
            person_id=_join(uow, member),
            name=member.name,
            role_title=render(Say("role", role=member.role), CHINESE),
            place=member.place,
            address=member.address,
            language=CHINESE,
            staff=member.role in (CLERK, LEADER, CITY),
        )
        for member in _members(uow)
    ][:SHOWN_PEOPLE]


def _members(uow: UnitOfWork) -> list[_Member]:
    """Return everybody, those whom the page shows first."""
    enterprises = registry.all_enterprises(uow.conn).values()
    shown = _shown(uow)
    bureau = uow.pack.district(shown.district).bureau
    keys = (address_of(f"p{number}") for number in count(1))
    return [
        _Member(shown.principal_name, PRINCIPAL, shown.code, shown.name, next(keys)),
        _Member(shown.officer_name, OFFICER, shown.code, shown.name, next(keys)),
        _Member(CLERK_NAME, CLERK, shown.district, bureau, next(keys)),
        _Member(LEADER_NAME, LEADER, shown.district, bureau, next(keys)),
        _Member(CITY_NAME, CITY, uow.pack.city, uow.pack.city_bureau, next(keys)),
        *(_Member(name, WORKER, shown.code, shown.name, next(keys)) for name in HANDS),
        *(
            _Member(enterprise.principal_name, PRINCIPAL, enterprise.code, enterprise.name, next(keys))
            for enterprise in enterprises
            if enterprise.code != shown.code
        ),
    ]


def _join(uow: UnitOfWork, member: _Member) -> int:
    return stand_ins.join(uow, member.address, member.name, member.role, member.subject)


async def answer(bot: App) -> None:
    """Let some of the other principals say that they have dispatched, as anybody would."""
    updates = count(1)
    for address, duty in bot.look(_to_answer):
        # Of the list of May this part is confirmed on its own.
        dispatched, review = FILL.data(duty, "yes"), FILL.data(duty, "")
        for data, text in ((dispatched, ""), *(("", text) for text in ANSWERS), (review, ""), ("", "确认提交")):
            kind = Kind.BUTTON if data else Kind.TEXT
            await bot.take(
                Inbound(address, next(updates), datetime.now(UTC), kind, text=text, data=data, language=CHINESE)
            )


def _to_answer(uow: UnitOfWork) -> Sequence[tuple[Address, int]]:
    owed = [
        duty
        for duty in duties.find(uow.conn, status="open")
        if uow.pack.obligation(duty.obligation).form == DispatchBrief.talk
    ]
    found: list[tuple[Address, int]] = []
    for duty in owed:
        for person in people.holders(uow.conn, PRINCIPAL, duty.subject):
            address = people.address_of(uow.conn, person)
            if address is not None and duty.subject != _shown(uow).code:
                found.append((address, duty.id))
    return found[:ANSWERED]


def _shown(uow: UnitOfWork) -> Enterprise:
    return next(known for known in registry.all_enterprises(uow.conn).values() if known.name == SHOWN)
