"""Papers: a new one is a class and a draw function, as CONTRIBUTING.md says, and no more."""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from reports import drawing
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import people
from storage.tables import audit
from talk import texts
from talk.messages import Inbound
from tests.service.conftest import DISTRICT, FOOD
from tests.test_docs import DRAWING, PAPER
from tests.town import Town

ROOT = Path(__file__).parents[2]
SENTENCES = "roll-ready = { $place }企业名录：\nroll-making = 正在制作。\n"


def _saved(monkeypatch: pytest.MonkeyPatch, name: str, code: str) -> ModuleType:
    """A module as if its code were saved under a name."""
    module = ModuleType(name)
    monkeypatch.setitem(sys.modules, name, module)
    exec(compile(code, name, "exec", dont_inherit=True), vars(module))  # noqa: S102  # our own example
    return module


@pytest.fixture
def roll(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The example of the guide, with its sentences."""
    files = texts._files
    monkeypatch.setattr(texts, "_files", lambda language: {**files(language), "roll.ftl": SENTENCES})
    texts._sources.cache_clear()
    known = dict(drawing.registered())
    module = _saved(monkeypatch, "service.district.roll", PAPER)
    _saved(monkeypatch, "reports.roll", DRAWING)
    yield module
    for added in drawing.registered().keys() - known.keys():
        del drawing.registered()[added]
    texts._sources.cache_clear()


async def test_a_report_that_is_added_by_the_guide_is_drawn_sent_and_on_record(
    town: Town, roll: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    number = clerk.id

    def respond(uow: UnitOfWork, inbound: Inbound) -> None:
        identity = people.meet(uow.conn, inbound.address, texts.CHINESE, uow.wall)
        roll.ask(uow, Speaker(number, identity), DISTRICT)

    monkeypatch.setattr("bot.incoming.respond", respond)
    assert await clerk.say("名录") == f"正在制作。\n{DISTRICT}企业名录："
    (file,) = clerk.screen[-1].files
    assert file.name == "企业名录.xlsx"
    book = load_workbook(io.BytesIO(town.app.file_store.path(file.sha256).read_bytes()))
    listed = [cells[1] for cells in book["企业"].iter_rows(min_row=2, values_only=True)]
    assert FOOD in listed
    row = town.app.look(
        lambda uow: uow.conn.execute(
            select(audit.c.actor, audit.c.subject, audit.c.data).where(audit.c.event == "paper-sent")
        ).one()
    )
    assert (row.actor, row.subject) == (number, f"place/{DISTRICT}")
    assert row.data == {"kind": "roll", "people": len(listed)}


def test_every_paper_has_a_function_that_draws_it() -> None:
    declared = {
        node.name
        for path in (ROOT / "service").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and any("Paper[" in ast.unparse(base) for base in node.bases)
    }
    assert declared == {paper.__name__ for paper in drawing.registered()}
