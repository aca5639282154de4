"""查看填报 and 查看照片: what was answered, as it was asked then, with its photos, and for whose eyes."""

import re
from dataclasses import replace
from functools import partial

import pytest

from campaign.roles import ROLES
from service.core.letters import rendered
from service.duties import answers
from storage.tables import conversations
from talk.messages import FileRef
from talk.texts import CHINESE
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.test_dispatch import answer_all, june, open_card
from tests.service.test_hazards import decide, evaluate, report_with_plan
from tests.town import Person, Town

OTHER = "91210112155117772D"


async def join_as(town: Town, role: str, place: str) -> Person:
    """Somebody with a role at the enterprise (or in its district), or at another."""
    enterprise, district = (FOOD, DISTRICT) if place == "own" else (OTHER, "沈河区")
    town.register(row(OTHER, 2, 企业名称="沈阳青禾试用商厦有限公司", 所属区县="沈河区", 监管单位="沈河区应急管理局"))
    subject = {"clerk": district, "leader": district, "city": CITY, "operator": CITY}.get(role, enterprise)
    return await town.join("外演人", role, subject)


async def hand_in(principal: Person, photo: FileRef) -> str:
    """June's dispatch with a photo; the receipt."""
    await answer_all(principal)
    await principal.attach(photo)
    found = re.search(r"回执编号 (.{9})", await principal.tap("确认提交"))
    assert found is not None
    return found[1]


async def test_the_card_of_what_is_done_shows_the_answers_with_their_photos(
    principal: Person, officer: Person, photo: FileRef
) -> None:
    await hand_in(principal, photo)
    for person in (principal, officer):
        await open_card(person)
        assert person.labels == ["更正", "查看填报", "填报依据"]
        assert await person.tap("查看填报") == (
            "6月调度确认填报内容（郑演丙，6月5日 09:00提交）：\n"
            "6月的工作调度开展了吗？听取排查整治进展，研究解决问题，开会、到现场均可。　已调度\n"
            "本次调度由您本人主持吗？　是\n6月调度是哪天开展的？　6月5日（周一）\n以什么形式开展？　现场调度\n"
            "议定了哪些事项？　更换除尘风机；重新签订外包安全协议\n还有什么问题需要解决？　资金3万元\n"
            "请发送照片或文件，可发多张。　1个文件"
        )
        assert person.screen[-1].files == (photo,)


async def test_what_is_only_being_prepared_is_nobody_elses_to_see(principal: Person, clerk: Person) -> None:
    await answer_all(principal)
    await open_card(clerk)
    assert clerk.labels == ["填报依据"]
    assert "还没有可查看的填报" in await clerk.press_data(f"a:answers:{june(principal.town).id}")


async def test_an_answer_of_a_dialog_that_is_no_more_is_shown_as_it_was_typed(
    town: Town, principal: Person, photo: FileRef
) -> None:
    await hand_in(principal, photo)
    town.use(lambda uow: uow.conn.execute(conversations.update().values(dialog="dispatch-of-old")))
    shown = await principal.press_data(f"a:answers:{june(town).id}")
    assert "还有什么问题需要解决？　资金3万元" in shown.splitlines()


@pytest.mark.parametrize("place", ["own", "other"])
@pytest.mark.parametrize("role", ROLES)
async def test_who_sees_what_was_answered(town: Town, principal: Person, photo: FileRef, role: str, place: str) -> None:
    code = await hand_in(principal, photo)
    person = await join_as(town, role, place)
    if (role, place) == ("principal", "own"):
        person = principal  # a second one waits to be accepted, and sees nothing
    allowed = role == "city" or (place == "own" and role in ("principal", "officer", "clerk", "leader"))
    shown = await person.press_data(f"a:answers:{june(town).id}")
    assert ("资金3万元" in shown, person.screen[-1].files == (photo,)) == (allowed, allowed)
    assert ("您现在不能办理" in shown) is not allowed
    # A receipt says to everybody that it is valid, and leads on only those who may see more.
    assert "状态：有效" in await person.say(f"/receipt {code}")
    assert person.can_tap("查看填报") is allowed


@pytest.mark.parametrize("place", ["own", "other"])
@pytest.mark.parametrize("role", ROLES)
async def test_who_sees_the_photos_of_a_hazard(
    town: Town, principal: Person, photo: FileRef, role: str, place: str
) -> None:
    await report_with_plan(principal, photo)
    person = await join_as(town, role, place)
    if (role, place) == ("principal", "own"):
        person = principal
    allowed = role == "city" or (place == "own" and role in ("principal", "officer", "worker", "clerk", "leader"))
    shown = await person.press_data("a:photos:1")
    assert ("1号隐患的照片和文件：" in shown, person.screen[-1].files == (photo,)) == (allowed, allowed)
    assert ("您现在不能办理" in shown) is not allowed


async def test_a_second_principal_who_waits_to_be_accepted_sees_nothing(
    town: Town, principal: Person, photo: FileRef
) -> None:
    await hand_in(principal, photo)
    second = await town.join("外演人", "principal", FOOD)
    assert "资金3万元" not in await second.press_data(f"a:answers:{june(town).id}")
    assert second.screen[-1].files == ()


async def test_the_photos_of_a_hazard_are_shown_by_step_nine_at_a_time(
    principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    await principal.press_data("a:hazard:1")
    assert principal.labels[-2:] == ["查看照片", "整改过程"]
    await evaluate(principal, replace(photo, sha256="c1" * 32))
    for number in range(8):
        more = replace(photo, sha256=f"{number}d" * 32)
        await decide(clerk, "failed", "还须再改一次")
        await evaluate(principal, more)
    text = await principal.press_data("a:photos:1")
    assert text.splitlines()[:2] == ["1号隐患的照片和文件：", "6月5日 09:00　发现：1个"]
    assert text.splitlines()[-1] == "还有1个文件。"
    assert len(principal.screen[-1].files) == 9
    assert await principal.tap("更多") == "1号隐患的照片和文件："
    assert len(principal.screen[-1].files) == 1
    assert principal.labels == ["返回"]


def test_documents_of_others_are_marked_where_they_are_handed_on_and_photos_are_not(town: Town) -> None:
    photo = FileRef("ab" * 32, "现场.jpg", "image/jpeg", 9)
    plan = FileRef("cd" * 32, "方案.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 9)
    for files, marked in (([photo], False), ([photo, plan], True), ([], False)):
        draft = answers.with_files(["填报内容："], files, 1, str)
        said = town.use(partial(rendered, draft=draft, person=None, language=CHINESE)).text
        assert said.endswith("附有他人上传的文件。打开后如提示“启用内容”或“启用编辑”，请不要点。") is marked
