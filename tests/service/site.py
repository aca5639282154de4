"""A worksite with its people, on which a permit lives from application to closure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from campaign.applications import Application, MeasureTaken, Who
from campaign.permit_life import Checked, Sample
from campaign.permits import Event, Gate, State
from campaign.talks.hot_work import ApplicationBrief
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import acting, applying, steps
from service.hot_work.in_hand import PermitInHand, glance
from service.hot_work.refusals import GatesShutError
from storage import conversations, people, permits
from storage.conversations import Answer
from talk.messages import FileRef
from talk.texts import CHINESE
from tests.service.conftest import DISTRICT, FOOD
from tests.service.welders import bring, line, register
from tests.town import Person, Town

CREW = {
    "officer": "钱演七",
    "principal": "郑演丙",
    "guardian": "吴演看",
    "leader": "周演工",
    "tester": "冯演气",
    "welder": "何演松",
}
STATES: tuple[object, ...] = tuple(State)
ANSWERS = {"place": "1号冷库机房", "surroundings": "danger", "starts": "10:00"}


def moment(text: str) -> datetime:
    """A moment of June 2023, "05T10:00"."""
    return datetime.fromisoformat(f"2023-06-{text}+08:00")


def photo(number: int) -> FileRef:
    """One photo of many."""
    return FileRef(f"{number:064x}", "现场.jpg", "image/jpeg", 1024)


def application_brief(**changed: Any) -> ApplicationBrief:
    """The brief of an application of the enterprise."""
    return ApplicationBrief.from_json({**ApplicationBrief.sample().as_json(), "enterprise": FOOD, **changed})


def or_gates(case: Callable[[], PermitInHand]) -> PermitInHand | tuple[Gate, ...]:
    """Give the permit after a use case, or the gates that refused it."""
    try:
        return case()
    except GatesShutError as refused:
        return refused.gates


@dataclass
class Site:
    """An enterprise with its crew; `now` moves by `at`."""

    town: Town
    crew: dict[str, Person]
    photos: int = 0

    @classmethod
    async def found(cls, town: Town) -> "Site":
        """Everybody has joined, a welder is in the register."""
        crew = {}
        for role, name in CREW.items():
            crew[role] = await town.join(name, role if role in ("officer", "principal") else "worker", FOOD)
        crew["clerk"] = await town.join("孙演九", "clerk", DISTRICT)
        bring(town, line())
        return cls(town, crew)

    def at(self, text: str) -> None:
        """The clock goes on."""
        self.town.now = moment(text)

    def who(self, seat: str) -> Who:
        """Somebody of the crew as he is named."""
        return Who(CREW[seat], self.crew[seat].id)

    def application(self, **changes: Any) -> Application:
        """First level, from ten to four today."""
        welder = register(self.town)[0]
        plain = Application(
            place="1号冷库机房",
            part="氨管支架",
            content="更换支架",
            surroundings="danger",
            stopped=False,
            workpiece="pipe",
            wind=False,
            ways=("arc",),
            welders=(Who(welder.name, self.crew["welder"].id, welder.id),),
            leader=self.who("leader"),
            guardian=self.who("guardian"),
            tester=self.who("tester"),
            starts=moment("05T10:00"),
            until=moment("05T16:00"),
            hours=None,
            no_sample="",
            risks=("fire",),
            others=(),
            measures=(MeasureTaken("extinguishers", 2),),
            photos=(photo(999),),
        )
        return replace(plain, **changes)

    def days(self, **changes: Any) -> Application:
        """Second level, over three days from eight to five."""
        several: dict[str, Any] = {
            "surroundings": "elsewhere",
            "workpiece": "other",
            "starts": moment("05T10:00"),
            "until": moment("07T17:00"),
            "hours": (time(8), time(17)),
        }
        return self.application(**{**several, **changes})

    def use(self, seat: str, case: Callable[[UnitOfWork, Speaker], Any]) -> Any:
        """A use case by somebody of the crew."""
        person = self.crew[seat]

        def run(uow: UnitOfWork) -> Any:
            identity = people.meet(uow.conn, person.address, CHINESE, uow.wall)
            assert identity.person is not None
            return case(uow, Speaker(identity.person, identity))

        return self.town.use(run)

    def apply(self, application: Application | None = None, *, by: str = "officer", **brief: Any) -> Any:
        """Hand an application in: the permit, or the gates that are shut."""
        wanted = application or self.application()

        def case(uow: UnitOfWork, me: Speaker) -> Any:
            told = application_brief(**brief)
            talk = conversations.begin(uow.conn, told.talk, me.person, told.as_json(), None, uow.now, "aside")
            for key, value in ANSWERS.items():
                answer = Answer(key, 1, value, value, key, me.person, uow.now)
                conversations.remember(uow.conn, talk.id, answer, again=False)
            return or_gates(lambda: applying.submit(uow, me, talk, told, wanted))

        return self.use(by, case)

    def permit(self, number: int = 1) -> PermitInHand:
        """The permit as it is now."""

        def look(uow: UnitOfWork) -> PermitInHand:
            kept = permits.get(uow.conn, number)
            assert kept is not None
            return glance(uow, kept)

        return self.town.use(look)

    def do(self, seat: str, event: Event, number: int = 1, **said: Any) -> State | tuple[Gate, ...]:
        """Cause an event: the state after it, or the gates that are shut."""

        def case(uow: UnitOfWork, me: Speaker) -> State | tuple[Gate, ...]:
            one = steps.visible(uow, me.person, number)
            if one is None:
                return (Gate.POSSIBLE,)
            after = or_gates(lambda: acting.act(uow, me, one, event, **said))
            return after.life.state if isinstance(after, PermitInHand) else after

        found: State | tuple[Gate, ...] = self.use(seat, case)
        return found

    def photo(self, seat: str, number: int = 1, *, at: datetime | None = None) -> State | tuple[Gate, ...]:
        """Send a new photo of the place."""
        self.photos += 1
        one = photo(self.photos)
        return self.do(seat, Event.PHOTO, number, at=at, data={"photos": [[one.sha256, one.name, one.mime, one.size]]})

    def sample(
        self, seat: str = "tester", value: str = "0.05", *, taken: datetime | None = None, number: int = 1
    ) -> State | tuple[Gate, ...]:
        """Enter a gas sample of methane."""
        one = Sample(taken or self.town.now, "methane", Decimal(value), ok=True)
        return self.do(seat, Event.SAMPLE, number, sample=one)

    def check(self, seat: str = "guardian", number: int = 1, *lacking: str) -> State | tuple[Gate, ...]:
        """Look at the measures on site: all are in place but those `lacking`."""
        wanted = self.permit(number).terms.measures
        found = Checked(tuple(id_ for id_ in wanted if id_ not in lacking), lacking)
        return self.do(seat, Event.MEASURES, number, checked=found)

    def decide(self, seat: str, how: str, *said: Any, number: int = 1) -> Any:
        """Approve, refuse or return it."""

        def case(uow: UnitOfWork, me: Speaker) -> Any:
            one = steps.visible(uow, me.person, number)
            if one is None:
                return (Gate.POSSIBLE,)
            match how:
                case "approve":
                    return or_gates(lambda: acting.act(uow, me, one, Event.APPROVE))
                case "refuse":
                    return or_gates(lambda: acting.act(uow, me, one, Event.REFUSE, data={"remark": said[0]}))
                case _:
                    return or_gates(lambda: applying.give_back(uow, me, one, *said))

        return self.use(seat, case)

    def approved(self, application: Application | None = None, number: int = 1) -> None:
        """An application, approved."""
        assert isinstance(self.apply(application), PermitInHand)
        assert isinstance(self.decide("principal", "approve", number=number), PermitInHand)

    def ready(self, number: int = 1) -> None:
        """Everything that a start asks for on site."""
        assert self.do("guardian", Event.ARRIVE, number) in STATES
        assert self.check(number=number) in STATES
        assert self.photo("leader", number) in STATES
        assert self.sample(number=number) in STATES

    def started(self, application: Application | None = None, at: str = "05T10:00") -> None:
        """A job at work."""
        self.approved(application)
        self.at(at)
        self.ready()
        assert self.do("leader", Event.START) is State.STARTED

    def events(self, number: int = 1) -> list[str]:
        """What happened, in order."""
        return [step.event for step in self.town.use(lambda uow: permits.steps(uow.conn, number))]

    def expire_certificate(self, on: date) -> None:
        """The register learns that the welder's certificate ends on a day."""
        bring(self.town, line(1, 2, 有效期至=on.isoformat(), 应复审日期=on.isoformat()))
