"""A hard rule has a way round for the true exception: a code that the standard calls wrong is on a real licence."""

import pytest
from sqlalchemy import select

from bot.dialogs.check_plan import Enterprises
from bot.dialogs.narrowing import Codes
from campaign.identity import may_be_on_a_licence
from service.imports.report import ImportReport, refused_sentences
from service.registry import search
from service.registry.enterprise_import import import_enterprises
from storage import registry
from storage.tables import audit
from talk.asking import Hint
from talk.texts import CHINESE, Say, render
from tests.dialogs.talker import NOW
from tests.service.conftest import row
from tests.service.welders import bring, line
from tests.town import Person, Town

CHECK = "91210103M0001ABC1X"
LETTER = "92210103MAOOSV1Z23"
OLD = "210112000012345"


def imported(town: Town, *codes: str, licensed: tuple[str, ...] = ()) -> ImportReport:
    rows = [row(code, number, 企业名称=f"沈阳示范{number}厂") for number, code in enumerate(codes, 2)]
    return town.use(lambda uow: import_enterprises(uow, rows, licensed=frozenset(licensed)))


async def test_a_hard_rule_has_a_way_round_for_a_code_that_is_on_a_licence(town: Town, clerk: Person) -> None:
    said = [render(one, CHINESE) for one in refused_sentences(imported(town, CHECK, LETTER, OLD))]
    hints = [f"--as-on-licence {code} 再导入。" for code in (CHECK, LETTER, OLD)]
    assert [one.endswith(hint) for one, hint in zip(said, hints, strict=True)] == [True] * 3
    # One that is named is taken; the others are refused as before, and nothing is written.
    assert not imported(town, CHECK, OLD, licensed=(CHECK,)).written
    first = imported(town, CHECK, LETTER, OLD, licensed=(CHECK, LETTER, OLD))
    assert first.written
    assert render(first.warnings[0].say, CHINESE) == (
        f"第2行 统一社会信用代码“{CHECK}”与国家标准不符，已按营业执照所载收录，并作标记。"
    )
    marked = select(audit.c.subject).where(audit.c.event == "code-as-on-licence").order_by(audit.c.id)
    seen = town.use(lambda uow: list(uow.conn.execute(marked).scalars()))
    assert seen == [f"enterprise/{code}" for code in (CHECK, LETTER, OLD)]
    # A later list need not say so again, and the mark stays.
    again = imported(town, CHECK, LETTER, OLD)
    assert (len(again.unchanged), again.refused, again.warnings) == (3, (), ())
    assert town.use(lambda uow: registry.count_as_on_licence(uow.conn)) == (4, 3)
    assert "代码与国家标准不符，按营业执照收录。" in await clerk.say(f"/district {CHECK}")
    # With it the enterprise is everywhere what any other is.
    assert not bring(town, line(统一社会信用代码=OLD)).refused
    assert town.use(lambda uow: [one.code for one in search.named(uow, OLD, lambda _: True)]) == [OLD]


@pytest.mark.parametrize("pasted", [CHECK, LETTER, OLD, f"{CHECK}、{OLD}", f" {OLD}\n{LETTER.lower()}"])
def test_a_code_that_is_on_a_licence_can_be_typed_where_codes_are_asked(pasted: str) -> None:
    for question in (Codes(key="a", ask=Say("notice-codes")), Enterprises(key="b", ask=Say("check-pick"))):
        read = question.read(pasted, NOW)
        assert not isinstance(read, Hint)
        assert set(read.split("\n")) <= {CHECK, LETTER, OLD}


@pytest.mark.parametrize("code", ["", "9121011211488423", "9121011211488423882", "21011200001234", "甲" * 18, "9" * 16])
def test_what_stands_on_no_licence_has_no_way_round(code: str) -> None:
    assert not may_be_on_a_licence(code)
