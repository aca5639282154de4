"""Data of yesterday keeps working: a database, its half-done talks and its buttons, made before the redesign.

Commit 6fb5246, the last one before `service/` got its rooms, wrote `tests/data/before-redesign/`: a filled district
(`tests.service.fenced`) as SQL; what each button and each command answered its people there, with nothing of it kept;
and buttons of every shape that its tests made.
"""

import gzip
import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from bot.incoming import respond
from bot.subjects import action_behind
from service.core.unit_of_work import UnitOfWork
from service.hot_work import vacancies
from service.people import ending, joining
from service.people.own_data import OwnDataPaper
from service.talks import flow
from storage import audit_chain, people, schema
from storage.audit_chain import State
from storage.conversations import by_id
from storage.tables import conversations, outbox
from talk.conversation import Turn
from talk.messages import Address, Inbound, Kind
from talk.texts import LANGUAGES, Say, render
from tests.town import Town

MADE = Path(__file__).parents[1] / "data" / "before-redesign"
SEED = b"golden" * 5
NEW_COMMANDS = (
    "/people 人员：邀请、移交、结束身份、锁定\n",
    "/people people: invite, hand over, end roles, lock out lost phones\n",
    *("/accident 报告生产安全事故\n", "/accident 企业的事故报告\n"),
    *("/accident report an accident\n", "/accident accidents that were reported\n"),
)
"""What is named among the commands since."""
SIGNED_FOR = re.compile("（[^（）]*由孙演九登记时代签）| \\(signed for by [^()]*\\)")
REWORDED = {
    "me-exported": ("这是您的全部资料。", "This is all your data."),
    "leave-done": ("您已退出，姓名和聊天账号已删除。", "You have left; your name and chat account were deleted."),
    "me-why": (
        "填报内容属于本企业，供监管部门核查；退出后保留填报，不再保留您的姓名和聊天账号。",
        (
            "Your answers belong to the enterprise and can be checked by its department; if you leave, they stay, "
            "your name and chat account do not."
        ),
    ),
    "file-nothing": (
        "这是企业主要负责人和安全管理人员使用的功能。",
        "This is for principals and safety officers of enterprises.",
    ),
    "annex-making": ("正在整理迎检资料，随后发来。", "The inspection file is being made and follows."),
}
"""Sentences that say more than they did, of what is kept or of who may; and what they said in each language."""


VALUES: dict[str, dict[str, int]] = {"leave-done": {"days": 180}}
"""What stands in them."""


@cache
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress((MADE / "expected.json.gz").read_bytes()))
    return found


GONE = "韩演旧"
"""An officer whose role had ended in the middle of an answer. The bot of then let him go on; this one does not, and
names it no more.
"""


CHANGED = ("/nonsense", "/cancel", "a:permit-do:1:leave", "a:action-new:6", "a:action-new:14")
"""Yesterday the first left the question unheard; inside a talk it is an answer since. The second offered nothing that
discards. A permit whose guardian had gone was headed by ✅, and is not any more. Actions have rows more.
"""


NUMBER = "1"
"""Outside of any talk it was left unheard; since then it taps what stands first on the newest message."""


def was_unheard(to: list[Any]) -> bool:
    return str(to[0][1]).startswith(("目前没有待填报的任务。", "最近的一项："))


NEW = {
    render(Say(label), language)
    for label in (
        *("option-firm-state", "option-telephones", "option-hand-over", "option-rename"),
        *("option-major", "option-merge", "option-withdraw"),
        *("option-all-tasks", "option-invite", "option-invitations", "option-file", "option-checks-of"),
    )
    for language in LANGUAGES
}
"""The buttons that a card of yesterday did not have."""


class UndoneError(Exception):
    """Ends a transaction in which somebody only tried something."""


def yesterday(folder: Path) -> Town:
    """Return the filled district as it was kept before the redesign, upgraded, at its own time."""
    path = folder / "anzhu.db"
    with sqlite3.connect(path) as database:
        database.executescript(gzip.decompress((MADE / "anzhu.sql.gz").read_bytes()).decode())
    database.close()
    schema.upgrade(f"sqlite:///{path}")
    found = Town.found(f"sqlite:///{path}", folder)
    found.now = datetime.fromisoformat(expected()["now"])
    return found


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    found = yesterday(tmp_path_factory.mktemp("yesterday"))
    yield found
    found.app.close()


def test_a_talk_that_was_begun_asks_what_it_asked(town: Town) -> None:
    def asked(uow: UnitOfWork) -> list[list[Any]]:
        found = []
        for number, *_ in expected()["talks"]:
            talk = by_id(uow.conn, number)
            assert talk is not None
            turn = flow.state_of(uow, talk)
            found.append([number, talk.dialog, talk.state, turn.question.key if isinstance(turn, Turn) else None])
        return found

    assert town.use(asked) == expected()["talks"]


def test_its_log_is_whole_after_the_first_start(town: Town) -> None:
    verdict = town.app.look(lambda uow: audit_chain.verify(uow.conn, uow.context.keys))
    assert (verdict.state, verdict.unsealed, verdict.broken_at) == (State.WHOLE, 0, None)
    assert verdict.sealed > 50


RENAMED = {
    "联络人报送情况": "报送联络人",
    "浑南区联络人": "浑南区区县联络人",
    "浑南区领导": "浑南区区县领导",
    "沈阳市应急局工作人员": "沈阳市市局工作人员",
    # Nobody said whose levels of hot work these are.
    "（参照GB 30871-2022）": "",
}


def as_it_was(text: str) -> str:
    # Yesterday staff did not read which enterprise or district something was about.
    text = re.sub(r"^(企业：沈阳.{2}示范.{4}公司|区县：.{2,7})\n", "", text)
    # Nor what else was overdue, below the reminder of one task.
    text = re.sub(r"\n另有已逾期[^\n]*|\nAlso overdue \(\d+\): [^\n]*", "", text)
    # Nor until when what they handed in can be corrected.
    text = re.sub(r"\n[^\n]*(前可更正，此后更正将注明日期。|afterwards a correction shows its date\.)", "", text)
    # Nor whoever leaves, that nobody else is left in the office.
    text = re.sub(r"\n[^\n]*只有您一人，退出后无人办理。建议先由接替的人加入再退出。", "", text)
    # Nor a criterion in its own words, and which standards are for what else; one that is for smelters was counted.
    text = re.sub(r"\n(原文|In its own words)[^\n]*|(本次对照|This check is against)[^\n]*\n", "", text)
    text = re.sub(r"\b0( of |/)13(?= criteria|条)", r"0\g<1>14", text)
    text = text.replace("已办理过，这里不用再答。", "已经办完。")
    # The words of a post named its place twice, and a duty was called by what was to be done.
    for now, then in RENAMED.items():
        text = text.replace(now, then)
    # Yesterday a day that must have been could be of any month to come.
    text = text.replace("至今天的日期", "至12月31日之间的日期")
    # Yesterday whoever entered a check signed it for the inspectors, and nothing said so.
    text = re.sub(r"\n检查人：(.*)", lambda line: f"　检查人（签名）：{SIGNED_FOR.sub('', line[1])}", text)
    text = re.sub(r"\nInspectors: (.*)", lambda line: f", signed by {SIGNED_FOR.sub('', line[1])}", text)
    # A hazard of which nobody was sure was called a major one.
    text = text.replace("号隐患（是否重大待认定）", "号重大事故隐患")
    text = re.sub(r"hazard (\d+) \(major or not: to be decided\)", r"major hazard \1", text)
    # Nor was it said how many spot checks stand in an inspection file.
    text = re.sub(r"其中有已登记的抽查\d+次。| Spot checks in it: \d+\.", "", text)
    for line in NEW_COMMANDS:
        text = text.replace(line, "")
    for sentence, before in REWORDED.items():
        for language, said in zip(LANGUAGES, before, strict=True):
            text = text.replace(render(Say(sentence, **VALUES.get(sentence, {})), language), said)
    return text


def tried(town: Town, person: str, kind: str, what: str) -> list[Any]:
    """What comes of a button or a text: who is told what with which buttons, papers, talks; nothing of it is kept."""
    said: list[Any] = []

    def job(conn: Connection) -> None:
        text, data = ("", what) if kind == "button" else (what, "")
        inbound = Inbound(Address("web", "test", person), 999_999, town.now, Kind(kind), text=text, data=data)
        newest = conn.execute(select(func.max(outbox.c.id))).scalar_one()
        talk = conn.execute(select(func.max(conversations.c.id))).scalar_one()
        uow = town.app._uow(conn, town.app._wall(), SEED, "in/web/test/golden")
        respond(uow, inbound)
        # Yesterday nobody was told that a role had ended, neither who had it nor those on the same permit; and files
        # went out with their words.
        told = (outbox.c.kind.not_in((vacancies.KIND, ending.KIND, joining.OWED)), outbox.c.follows.is_(None))
        since = (outbox.c.id > newest, *told)
        letters = conn.execute(select(outbox).where(*since).order_by(outbox.c.id)).all()
        said.append(
            [
                [
                    letter.external_id,
                    as_it_was(letter.body["text"]),
                    [one[0] for row in letter.body["buttons"] for one in row if one[0] not in NEW],
                ]
                for letter in letters
            ]
        )
        # Yesterday one's own data was written in the transaction, and its letter went out with it.
        for paper in uow.papers:
            if isinstance(paper, OwnDataPaper):
                me = people.person(conn, paper.person)
                assert me is not None
                said[0] += [[person, as_it_was(render(line, me.language)), []] for _, line in paper.to]
        said.append([str(paper.kind) for paper in uow.papers if not isinstance(paper, OwnDataPaper)])
        said.append([row.dialog for row in conn.execute(select(conversations).where(conversations.c.id > talk))])
        raise UndoneError

    with pytest.raises(UndoneError):
        town.app.database.run(job)
    return said


UNDECIDED = ("总体情况：\\n1. 企业自查发现的重大事故隐患（个）：1\\n其余5项为0。", "总体情况：6项都是0。")
"""What the annex counted yesterday before anybody had decided that it is a major hazard (说不准), and counts now."""


CARD = "动火作业票 D-"


def but_for_cards(said: list[Any]) -> list[Any]:
    """What is said, without the cards of permits: they were written anew since they name a standard."""
    to, *more = said
    return [[letter for letter in to if CARD not in letter[1][:12]], *more]


OF_THE_PACK = {
    "我按工贸行业重大事故隐患专项排查整治2023行动的要求": "我按全市工贸行业重大事故隐患专项排查整治2023行动的要求",
    "将直接送市应急管理局": "将直接送组织本次行动的部门",
    "确认后交市应急管理局处理": "确认后交上级应急管理部门处理",
    "已送市应急管理局": "已送沈阳市应急管理局",
}
"""What the program called the campaign and its bureau, which the pack names since."""


def uncounted(said: list[Any]) -> Any:
    """Return what is said without the count of what else is owed, which the reminder of one task has since; the
    campaign and its bureau as the pack names them.
    """
    told = re.sub(r"\\n另有\d+项未到期。", "", json.dumps(said, ensure_ascii=False))
    for before, since in OF_THE_PACK.items():
        told = told.replace(before, since)
    return json.loads(told)


def in_one_row(said: list[Any]) -> list[Any]:
    """What was said then, with the buttons of each letter in one row: a new one moves the others."""
    to, *more = said
    return [[[person, text, [label for row in rows for label in row]] for person, text, rows in to], *more]


def pictures_only(said: list[Any]) -> Any:
    """What was said then, as it is said where a file is no evidence any more, and of a form that asks more; the
    annex without what nobody was sure of.
    """
    told = json.dumps(said, ensure_ascii=False).replace("请发送照片或文件。", "请发送照片。").replace(*UNDECIDED)
    return json.loads(told.replace("动员部署会议是哪天召开的？（1/3）", "动员部署会议是哪天召开的？（1/5）"))


def as_hinted(then: list[Any], now: list[Any]) -> list[Any]:
    """What was said then, with the buttons that a hint has since, and above those of a confirmation what it binds."""
    to, *more = then
    hinted = [
        new if not old[2] and new[0] == old[0] and new[1].startswith(old[1]) else old
        for old, new in zip(to, now[0], strict=False)
    ]
    return [hinted + to[len(hinted) :], *more]


@pytest.mark.parametrize("kind", ["button", "text"])
def test_whatever_people_had_on_their_screens_answers_as_it_did(town: Town, kind: str) -> None:
    others = [
        (person, what, now, then)
        for person, how, what, to, papers, talks in expected()["taps"]
        if how == kind and what not in CHANGED and not (what == NUMBER and was_unheard(to))
        for now in [uncounted(tried(town, person, how, what))]
        for then in [uncounted(in_one_row([to, papers, talks]))]
        for renewed in [as_hinted(pictures_only(then), now)]
        if now not in (as_hinted(then, now), renewed) and but_for_cards(now) != but_for_cards(renewed)
    ]
    assert {person for person, *_ in others} == {GONE}
    for _, _, now, then in others:
        assert "动火等危险作业" not in str(now)
        assert now[0][0][1].startswith("您现在不能办理这件事") or now[0] == then[0][1:]


@pytest.mark.parametrize("data", (MADE / "buttons.txt").read_text(encoding="utf-8").splitlines())
def test_a_button_that_was_sent_is_read(data: str) -> None:
    behind = action_behind(data.removeprefix("a:"))
    assert behind is not None
    action, written = behind
    action.read(written)
