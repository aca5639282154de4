import pytest
from hypothesis import given
from hypothesis import strategies as st

from talk.parsing import clean, pick, picks, yes_no
from tests.talk.test_parsing_numbers import chinese
from tests.talk.widths import full_width

FORMS = (
    ("meeting", ("会议调度", "Meeting")),
    ("site", ("现场调度", "On site")),
    ("remote", ("视频或电话", "Remote")),
)
MATTERS = (
    ("repair", ("更换或维修设备", "Repair")),
    ("training", ("组织培训", "Training")),
    ("contract", ("签订安全协议", "Safety agreement")),
    ("funds", ("安排资金", "Funds")),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  ６月５日　１４：３０ ", "6月5日 14:30"),
        ("郑\u200b演\ufeff丙", "郑演丙"),
        ("12\u202e人\u2069", "12人"),
        ("a\tb\r\nc", "a b c"),
        ("⚠\ufe0f", "⚠"),
        ("half\udc00", "half"),
        ("\u200b \u3000", ""),
        ("", ""),
    ],
)
def test_a_text_is_cleaned(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_line_breaks_stay_where_they_are_asked_for() -> None:
    assert clean(" 第一行 \r\n\n　第二行\u200b\u2028３ 台\n", lines=True) == "第一行\n第二行\n3 台"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "是",
            "是的",
            "是的。",
            "对",
            "对的",
            "对对对",
            "有",
            "有的",
            "已",
            "已经",
            "好",
            "好的",
            "行",
            "嗯",
            "嗯嗯",
            "可以",
        ),
        *(
            "没错",
            "没问题",
            "确认",
            "同意",
            "已调度",
            "已经调度了",
            "调度了",
            "开过了",
            "已开展",
            "都做了",
            "开了",
            "已经开过",
            "发现了",
        ),
        *(
            "是的，已调度",
            "对！有",
            "嗯 有",
            "yes",
            "YES",
            "Ｙｅｓ",
            "y",
            "Y",
            "ok",
            "OK.",
            "yeah",
            "true",
            "👍",
            "✅",
            "√",
            "\u200b是",
        ),
    ],
)
def test_yes(text: str) -> None:
    assert yes_no(text) is True


@pytest.mark.parametrize(
    "text",
    [
        *(
            "没有",
            "没有。",
            "没",
            "没有的",
            "还没",
            "还没有",
            "还没呢",
            "尚未",
            "未",
            "否",
            "无",
            "暂无",
            "不",
            "不是",
            "不是的",
            "不对",
        ),
        *("不行", "未开展", "没开", "没开过", "还没开", "还没有调度", "没调度", "未调度", "没做完", "未发现", "没发现"),
        *(
            "没有，还没开",
            "不是，没有",
            "不，没有",
            "no",
            "NO",
            "n",
            "Ｎｏ",
            "nope",
            "not yet",
            "Not yet.",
            "none",
            "❌",
            "×",
        ),
    ],
)
def test_no(text: str) -> None:
    assert yes_no(text) is False


@pytest.mark.parametrize(
    "text",
    [
        *(
            "不是没有",
            "并非没有",
            "没有不",
            "是没有",
            "不一定",
            "未必",
            "没准",
            "没关系",
            "没意见吗",
            "有没有",
            "是不是",
            "是否",
            "对吗",
        ),
        *(
            "对吗？",
            "是？",
            "已调度？",
            "行不行",
            "好像不对",
            "可能有",
            "有问题",
            "有3人",
            "对，没有",
            "没，已调度",
            "对不起",
            "好难",
            "行业",
        ),
        *(
            "无所谓",
            "不知道",
            "忘了",
            "在开",
            "准备开",
            "明天开",
            "没有人管",
            "1",
            "0",
            "2",
            "",
            " ",
            "。",
            "？",
            "yes or no",
            "know",
            "nothing",
        ),
        "有" * 10_000,
    ],
)
def test_neither_yes_nor_no(text: str) -> None:
    assert yes_no(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", "meeting"),
        ("１", "meeting"),
        ("①", "meeting"),
        ("1️⃣", "meeting"),
        ("(1)", "meeting"),
        ("（1）", "meeting"),
        ("1.", "meeting"),
        ("1、", "meeting"),
        ("一", "meeting"),
        ("第一个", "meeting"),
        ("第二项", "site"),
        ("第 3 个", "remote"),
        ("选2", "site"),
        ("我选第二个", "site"),
        ("2.现场调度", "site"),
        ("2、 现场调度", "site"),
        ("② 现场调度", "site"),
        ("site", "site"),
        ("SITE", "site"),
        ("现场调度", "site"),
        ("现场调度。", "site"),
        (" 现 场 调 度 ", "site"),
        ("【现场调度】", "site"),
        ("✅ 现场调度", "site"),
        ("On site", "site"),
        ("on  site", "site"),
        ("ＯＮ　ＳＩＴＥ", "site"),
        ("meeting", "meeting"),
        ("现场", "site"),
        ("现", "site"),
        ("电话", "remote"),
        ("视频", "remote"),
        ("我选现场调度", "site"),
        ("是现场调度的", "site"),
        ("会议调度形式", "meeting"),
    ],
)
def test_an_option_is_picked(text: str, expected: str) -> None:
    assert pick(text, FORMS) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "调度",
            "场",
            "度",
            "0",
            "4",
            "-1",
            "12",
            "3个",
            "第四个",
            "第零个",
            "2.会议调度",
            "1.2",
            "不是现场调度",
            "没有现场调度",
            "现场调度？",
        ),
        *(
            "现场调度吗",
            "会议调度和现场调度",
            "会议调度、现场调度",
            "it",
            "e",
            "?",
            "",
            " ",
            "。",
            "其他",
            "一二",
            "第",
            "第百个",
        ),
        "现场调度" * 5000,
    ],
)
def test_no_option_is_picked_in_doubt(text: str) -> None:
    assert pick(text, FORMS) is None


@pytest.mark.parametrize(
    ("labels", "text", "expected"),
    [
        (("已调度", "还没有"), "没有", 1),
        (("已调度", "还没有"), "还没", 1),
        (("已调度", "还没有"), "已", 0),
        (("已调度", "还没有"), "有", None),
        (("已调度", "还没有"), "不是", None),
        (("有", "没有"), "有", 0),
        (("有", "没有"), "没有", 1),
        (("有", "没有"), "有的", 0),
        (("是", "否"), "是的", 0),
        (("是", "否"), "不是", None),
        (("是", "否"), "是否", None),
        (("是", "否"), "是不是", None),
        (("确认提交",), "确认", 0),
        (("确认提交",), "提交", 0),
        (("确认提交",), "不确认", None),
        (("确认提交",), "确认提交吗", None),
        (("未调度",), "调度", None),
        (("本人未主持",), "本人主持", None),
        (("本人未主持",), "主持", None),
        (("由本人主持", "他人主持"), "主持", None),
        (("由本人主持", "他人主持"), "本人", 0),
        (("非工贸企业", "其他"), "工贸企业", None),
        (("非工贸企业", "其他"), "其它", 1),
        (("Not yet", "Done"), "yet", None),
        (("Not yet", "Done"), "not", 0),
        (("Not done",), "done", None),
        (("3天内", "7天内"), "3", None),
        (("3天内", "7天内"), "3天", 0),
        (("2", "1"), "1", 1),
        (("重复", "重复"), "重复", None),
        (("重复", "重复"), "2", 1),
    ],
)
def test_a_pick_says_what_its_label_says(labels: tuple[str, ...], text: str, expected: int | None) -> None:
    options = [(f"id-{number}", (label,)) for number, label in enumerate(labels)]
    assert pick(text, options) == (None if expected is None else f"id-{expected}")


@pytest.mark.parametrize(
    ("text", "ids", "rest"),
    [
        *(
            (text, ("repair", "contract"), "")
            for text in ("1,3", "1 3", "1、3", "1和3", "1，3", "１，３", "①③", "1;3", "13", "1\n3")
        ),
        *(
            (text, ("repair", "contract"), "")
            for text in ("1.3.", "第1个和第3个", "1以及3", "1 and 3", "1、 3 、", "1,3,1")
        ),
        ("3,1", ("contract", "repair"), ""),
        ("组织培训", ("training",), ""),
        ("组织培训、安排资金", ("training", "funds"), ""),
        ("培训、资金", ("training", "funds"), ""),
        ("培训和资金", ("training", "funds"), ""),
        ("training, funds", ("training", "funds"), ""),
        ("Training and funds", ("training", "funds"), ""),
        ("1、组织培训", (), "1、组织培训"),
        ("2、组织培训", ("training",), ""),
        ("2、组织培训\n4、安排资金", ("training", "funds"), ""),
        ("全部", ("repair", "training", "contract", "funds"), ""),
        ("更换除尘风机", (), "更换除尘风机"),
        ("更换除尘风机；重新签订外包安全协议", (), "更换除尘风机；重新签订外包安全协议"),
        ("更换除尘风机和电机", (), "更换除尘风机和电机"),
        ("1,3,更换除尘风机", ("repair", "contract"), "更换除尘风机"),
        ("1,3 更换除尘风机", ("repair", "contract"), "更换除尘风机"),
        ("1 3 更换除尘风机", ("repair", "contract"), "更换除尘风机"),
        ("2 更换除尘风机，7月完成", ("training",), "更换除尘风机，7月完成"),
        ("组织培训，更换除尘风机", ("training",), "更换除尘风机"),
        ("更换除尘风机、组织培训、清理粉尘", ("training",), "更换除尘风机；清理粉尘"),
        ("更换除尘风机、清理粉尘、组织培训", ("training",), "更换除尘风机、清理粉尘"),
        ("组织培训和安排资金、更换风机", ("training", "funds"), "更换风机"),
        ("3 台风机更换", (), "3 台风机更换"),
        ("购买 3 台风机", (), "购买 3 台风机"),
        ("更换风机，3", (), "更换风机，3"),
        ("1,200元用于培训教材", (), "1,200元用于培训教材"),
        ("1，200 元", (), "1，200 元"),
        ("1、更换风机\n2、签订协议", (), "1、更换风机\n2、签订协议"),
        ("1. 更换风机；2. 签订协议", (), "1. 更换风机；2. 签订协议"),
        ("（1）更换风机（2）签订协议", (), "（1）更换风机（2）签订协议"),
        ("①更换风机②签订协议", (), "①更换风机②签订协议"),
        ("没有组织培训", (), "没有组织培训"),
        ("  更换除尘风机。 ", (), "更换除尘风机。"),
        ("5", (), "5"),
        ("1,9", ("repair",), "9"),
        ("31", (), "31"),
        ("", (), ""),
        (" 、， ", (), ""),
        ("\u200b", (), ""),
    ],
)
def test_several_options_are_picked_and_own_words_kept(text: str, ids: tuple[str, ...], rest: str) -> None:
    assert picks(text, MATTERS) == (ids, rest)


names = st.text(alphabet="甲乙丙丁戊己庚辛壬癸", min_size=2, max_size=6)
labels = st.lists(names, min_size=1, max_size=9, unique=True)


@given(labels, st.data())
def test_every_option_is_picked_by_number_id_and_label(shown: list[str], data: st.DataObject) -> None:
    options = [(f"id-{number}", (label,)) for number, label in enumerate(shown)]
    position = data.draw(st.integers(0, len(shown) - 1))
    number = position + 1
    for spelling in (
        *(
            str(number),
            chinese(number),
            f"第{number}个",
            f"第{chinese(number)}项",
            f"({number})",
            f"{number}、{shown[position]}",
        ),
        *(chr(ord("①") + position), options[position][0], shown[position]),
    ):
        for text in (spelling, full_width(spelling), f" {spelling}。"):
            assert pick(text, options) == f"id-{position}"


@given(labels, st.data())
def test_every_choice_of_options_is_picked_in_its_order(shown: list[str], data: st.DataObject) -> None:
    options = [(f"id-{number}", (label,)) for number, label in enumerate(shown)]
    chosen = data.draw(st.lists(st.integers(0, len(shown) - 1), min_size=1, unique=True))
    ids = tuple(f"id-{position}" for position in chosen)
    for mark in ("、", ",", "，", " ", "；", "\n", "和"):
        assert picks(mark.join(str(position + 1) for position in chosen), options) == (ids, "")
        assert picks(mark.join(shown[position] for position in chosen), options) == (ids, "")
    own = data.draw(st.text(alphabet="风机更换培训协议", min_size=1))
    assert picks("，".join([*(shown[position] for position in chosen), own]), options) == (ids, own)
    assert picks(own, options) == ((), own)


typed = st.one_of(
    st.text(),
    st.text(alphabet="0123456789一二三第个、，,;； \n和是不没有调度现场会议电话①②３(（）).。?？", max_size=20),
    st.lists(st.sampled_from([label for _, both in (*FORMS, *MATTERS) for label in both])).map("，".join),
)


@given(typed)
def test_any_text_is_read_without_an_exception(text: str) -> None:
    said = yes_no(text)
    assert said in {True, False, None}
    assert yes_no(full_width(text)) is said
    for options in (FORMS, MATTERS):
        one = pick(text, options)
        assert one is None or one in dict(options)
        assert pick(full_width(text), options) == one
        ids, rest = picks(text, options)
        assert set(ids) <= set(dict(options))
        assert len(set(ids)) == len(ids)
        assert all(line.strip() in text for line in rest.split("；")) or "；" in text
        assert ids or rest or not clean(text).strip("、,;。. ")


@given(st.text())
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    for lines in (False, True):
        once = clean(text, lines=lines)
        assert clean(once, lines=lines) == once
        assert once == once.strip()
        assert "  " not in once
        once.encode()


@pytest.mark.parametrize("typed", ["現場調度", "【現場 調度】", "現場"])
def test_traditional_characters_name_the_same_option(typed: str) -> None:
    assert pick(typed, [("site", ["现场调度"]), ("meeting", ["会议调度"])]) == "site"


def test_traditional_characters_say_yes_and_no() -> None:
    assert yes_no("確認") is True
    assert yes_no("沒有") is False
    assert yes_no("還沒開會") is False


@pytest.mark.parametrize(
    "typed", ["1 3", "1、3", "1和3", "1,3", "①③", "1/3", "1。3", "13", "一、三", "第1个和第3个", "选1、3"]
)
def test_several_numbers_on_the_screen_pick_several_options(typed: str) -> None:
    assert picks(typed, [("a", ["整改"]), ("b", ["培训"]), ("c", ["资金"])]) == (("a", "c"), "")


@pytest.mark.parametrize(
    "typed", ["2", "②", "二", "第2个", "选2", "#2", "No. 2", "2.", "（2）", "2\ufe0f\u20e3", "培訓", "✅ 培训"]
)
def test_one_number_or_label_on_the_screen_picks_one_option(typed: str) -> None:
    assert pick(typed, [("a", ["整改"]), ("b", ["培训"]), ("c", ["资金"])]) == "b"
