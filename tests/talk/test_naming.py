"""Names of people, and what only imitates those who give orders."""

import pytest

from talk.cleaning import clean
from talk.naming import is_name
from talk.texts import CHINESE, Say, render

RESERVED = ("沈阳市", "沈阳市应急管理局", "浑南区", "浑南区应急管理局", "经济技术开发区")


@pytest.mark.parametrize(
    "name",
    [
        *("郑演丙", "欧阳演", "阿不都·热合曼", "卓玛", "沈浑", "王市", "区演", "李 演 一", "高通"),
        *("Jean-Luc O'Brien", "Müller", "Nguyễn Văn A", "김철수", "J. Smith", "ᠪᠠᠲᠤ"),
        *("阿不都•热合曼", "阿不都●热合曼", "阿不都．热合曼", "阿不都⋅热合曼", "Jean‑Luc O‘Brien"),
    ],
)
def test_a_name_is_a_name(name: str) -> None:
    assert is_name(clean(name), RESERVED)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "【浑南区应急管理局】紧急",
            "〖浑南区应急管理局〗",
            "浑南区应急管理局",
            "应 急 管 理 局",
            "应·急",
            "浑南区",
            "浑·南·区",
        ),
        *(
            "沈阳市",
            "市局王科长",
            "紧急",
            "系统通知",
            "管理员",
            "公安张三",
            "消防",
            "安委会办公室",
            "指挥部",
            "（通知）",
        ),
        *(
            "张三\n【浑南区应急管理局】",
            "张三 https://evil.example",
            "evil.example/x",
            "@admin",
            "13800000000",
            "12350",
            "张三1",
        ),
        *(
            "Emergency Bureau",
            "system",
            "ADMIN",
            "URGENT notice",
            "/tasks",
            "<b>张三</b>",
            "张三：请立即",
            "✅张三",
            "·",
            "'",
            "",
        ),
        "\u202e局理管急应",
        "ＥＭＥＲＧＥＮＣＹ",
        "急\u200b应急",
        *("浑\U000e0100南区", "浑\u0336南\u0332区", "浑●南∙区", "应⋅急", "⼤浑南区", "sy\u0301stem"),
    ],
)
def test_what_gives_orders_is_no_name(name: str) -> None:
    # A direction mark goes with cleaning; what is left is read as it stands.
    assert not is_name(clean(name), RESERVED) or "\u202e" in name


@pytest.mark.parametrize(
    "words", ["【浑南区应急管理局】紧急", "〖浑南区应急管理局〗", "﹝浑南区﹞", "〚局〛", "\u202e【局】\u202c"]
)
@pytest.mark.parametrize("sentence", ["join-second", "signature", "summary-line"])
def test_words_of_people_never_stand_in_the_brackets_of_a_signature(words: str, sentence: str) -> None:
    args = {"place": words, "name": words, "bureau": words, "label": words, "value": words}
    keys = {"join-second": ("place", "name"), "signature": ("bureau",), "summary-line": ("label", "value")}[sentence]
    for said in (render(words, CHINESE), render(Say(sentence, **{key: args[key] for key in keys}), CHINESE)):
        ours = 1 if sentence == "signature" and said.startswith("【") else 0
        assert said.count("【") == ours
        assert not set(said) & set("〖〗﹝﹞〚〛\u202e\u202c")
