"""Who saw or took away personal data is in the audit: every way in which it reaches somebody, one row each."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import select

from reports import drawing
from service.annex.chief import ChiefPaper
from service.annex.sheet import AnnexPaper
from service.core import papers
from service.core.access_log import Access
from service.core.papers import AnyPaper
from service.desk.phone_list import PhoneListPaper
from service.desk.sheet import ProgressPaper
from service.district.report import ReportPaper
from service.district.sheet import CoveragePaper
from service.dossiers.papers import FirstRoundPaper, InspectionFilePaper
from service.factor import enrolment
from service.factor.enrolment import FactorPaper
from service.hot_work.papers import PermitPaper
from service.notices.receipts import ReceiptsPaper
from service.people.own_data import OwnDataPaper
from storage import factors
from storage.tables import audit
from talk.messages import FileRef
from talk.texts import Say
from tests.service.conftest import CITY, DISTRICT, FOOD
from tests.service.noticing import end_role, sent, write
from tests.service.site import Site
from tests.service.test_dispatch import answer_all, june
from tests.service.test_hazards import report_with_plan
from tests.service.welders import bring, line
from tests.town import Person, Town

PHOTO = FileRef("ab" * 32, "现场.jpg", "image/jpeg", 1024)


def rows(town: Town, what: Access) -> list[tuple[int | None, str, dict[str, Any]]]:
    """The audit's rows of an event: who, about what, what else."""
    found = select(audit.c.actor, audit.c.subject, audit.c.data).where(audit.c.event == what).order_by(audit.c.id)
    return [
        (one.actor, one.subject, one.data) for one in town.app.database.look(lambda conn: conn.execute(found).all())
    ]


async def _paper(town: Town) -> tuple[Person, str, dict[str, Any]]:
    principal = await town.join("郑演丙", "principal", FOOD)
    bring(town, line())
    await principal.say("/file")
    return principal, f"enterprise/{FOOD}", {"kind": "inspection-file", "people": 2}


async def _phone_list(town: Town) -> tuple[Person, str, dict[str, Any]]:
    await town.join("郑演丙", "principal", FOOD)
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    await write(clerk)
    await clerk.tap("确认发送")
    await sent(town)
    await clerk.press_data("a:notice-phones:1")
    return clerk, "notice/1", {"people": 1}


async def _own_data(town: Town) -> tuple[Person, str, dict[str, Any]]:
    principal = await town.join("郑演丙", "principal", FOOD)
    await principal.say("/me")
    await principal.tap("导出资料")
    return principal, f"person/{principal.id}", {"kind": "own-data", "people": 1}


async def _workers(town: Town) -> tuple[Person, str, dict[str, Any]]:
    principal = await town.join("郑演丙", "principal", FOOD)
    bring(town, line(1), line(2, 3))
    await principal.say("/workers")
    return principal, f"enterprise/{FOOD}", {"people": 2}


async def _photos(town: Town) -> tuple[Person, str, dict[str, Any]]:
    principal = await town.join("郑演丙", "principal", FOOD)
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    await report_with_plan(principal, PHOTO)
    await clerk.press_data("a:photos:1")
    return clerk, "hazard/1", {"people": 0, "photos": 1}


async def _answers(town: Town) -> tuple[Person, str, dict[str, Any]]:
    principal = await town.join("郑演丙", "principal", FOOD)
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    await answer_all(principal)
    await principal.tap("确认提交")
    duty = june(town).id
    await clerk.press_data(f"a:answers:{duty}")
    return clerk, f"duty/{duty}", {"people": 1}


async def _permit(town: Town) -> tuple[Person, str, dict[str, Any]]:
    site = await Site.found(town)
    site.apply()
    city = await town.join("赵演六", "city", CITY)
    await city.press_data("a:permit:1")
    return city, "permit/1", {"people": len(site.permit().people)}


CHAT: Mapping[Access, Callable[[Town], Awaitable[tuple[Person, str, dict[str, Any]]]]] = {
    Access.PAPER: _paper,
    Access.PHONE_LIST: _phone_list,
    Access.OWN_DATA: _own_data,
    Access.WORKERS: _workers,
    Access.PHOTOS: _photos,
    Access.ANSWERS: _answers,
    Access.PERMIT: _permit,
}
"""Every way in the chat: what somebody does, and the row that it leaves."""
ELSEWHERE = {Access.PERMIT_WHOLE, Access.BACKUP, Access.LISTED, Access.NUMBER, Access.TELEPHONES}
"""At the command line (`tests/cli/test_access_log.py`, `test_backup.py`), a contact's number
(`test_district_duties.py`), those of an enterprise (`test_telephones.py`).
"""


def test_every_way_is_tried_here_or_at_the_command_line() -> None:
    assert CHAT.keys() | ELSEWHERE == set(Access)


@pytest.mark.parametrize("what", CHAT)
async def test_what_somebody_was_shown_is_one_row_with_ids_and_numbers_and_no_name(town: Town, what: Access) -> None:
    who, subject, data = await CHAT[what](town)
    assert rows(town, what) == [(who.id, subject, data)]
    every = town.app.database.look(lambda conn: conn.execute(select(audit.c.subject, audit.c.data)).all())
    assert not [one for one in every if any(name in str(one) for name in ("郑演丙", "孙演九", "何演松", "赵演六"))]


LINE = Say("papers-failed")
PAPERS: Mapping[str, tuple[Callable[[int], AnyPaper], str]] = {
    "first-round": (lambda person: FirstRoundPaper(((person, LINE),), FOOD), f"enterprise/{FOOD}"),
    "inspection-file": (lambda person: InspectionFilePaper(((person, LINE),), FOOD), f"enterprise/{FOOD}"),
    "permit": (lambda person: PermitPaper(((person, LINE),), FOOD, 1), f"enterprise/{FOOD}"),
    "receipts": (lambda person: ReceiptsPaper(((person, LINE),), 1), "notice/1"),
    "annex": (lambda person: AnnexPaper(((person, LINE),), "2023-06", None), "annex/2023-06/"),
    "chief": (lambda person: ChiefPaper(((person, LINE),), "2023-06"), "annex/2023-06/"),
    "owes": (lambda person: ProgressPaper(((person, LINE),), DISTRICT, DISTRICT), f"place/{DISTRICT}"),
    "phone-list": (lambda person: PhoneListPaper(((person, LINE),), CITY, None), f"place/{CITY}"),
    "coverage": (lambda person: CoveragePaper(((person, LINE),), DISTRICT), f"coverage/{DISTRICT}"),
    "factor": (lambda person: FactorPaper(((person, LINE),), person), "person/{person}"),
    "own-data": (lambda person: OwnDataPaper(((person, LINE),), person), "person/{person}"),
    "report": (
        lambda person: ReportPaper(((person, LINE),), "phase-report", "phase-1", DISTRICT),
        f"report/phase-report/phase-1/{DISTRICT}",
    ),
}
"""A paper of every kind for somebody, and its subject in the audit."""


def test_every_paper_that_is_drawn_is_tried_here() -> None:
    assert {paper.kind for paper in drawing.registered()} == PAPERS.keys()


@pytest.mark.parametrize("kind", PAPERS)
async def test_every_paper_leaves_its_row_with_the_number_of_people_on_it(town: Town, kind: str) -> None:
    site = await Site.found(town)
    site.apply()
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    await write(clerk)
    await clerk.tap("确认发送")
    city = await town.join("赵演六", "city", CITY)
    own = {"first-round": site.crew["principal"], "inspection-file": site.crew["principal"]}
    reader = own.get(kind, city)
    person = reader.id
    paper, subject = PAPERS[kind][0](person), PAPERS[kind][1].format(person=person)
    town.use(lambda uow: factors.begin(uow.conn, person, enrolment.sealed(uow, person, "A" * 32), uow.wall))
    people = town.app.look(lambda uow: paper.people(uow, paper.gather(uow)))
    town.use(lambda uow: papers.send(uow, paper, (), people))
    assert rows(town, paper.event) == [(reader.id, subject, {"kind": kind, "people": people})]
    if kind in ("factor", "own-data"):
        return  # one's own affair, which no role gives
    # Who is gone before it is drawn gets words, and leaves no row.
    reader.look()
    end_role(town, reader.id)
    town.use(lambda uow: uow.papers.append(paper))
    await town.app.drawing.round()
    assert reader.look() == "这份文件现在不由您领取，没有发送。"
    assert len(rows(town, Access.PAPER)) == 1
