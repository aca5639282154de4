"""The hot-work permit on paper and on a phone, as an inspector would hold it."""

import io
import json
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typst
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.channels.telegram.links import start_address
from campaign.certificates import masked
from campaign.hot_work import Level
from campaign.permit_life import BARRED, GAS
from campaign.permits import State
from reports import permit, qr, typesetting
from service.hot_work.actions import LINK
from service.hot_work.sheet import GasRow, Mark, Measure, Opinion, Pause, PermitSheet, Signer, Welder
from service.hot_work.verification import verification_address
from tests.reports.permits import AT, CLOSED, SHEET

WHOLE = "T21010219900101123X"
SIGNERS: tuple[Signer, ...] = ("leader", "unit", "safety", "approver")


def drawn(sheet: PermitSheet, *, full: bool = False, ppi: float = 100) -> list[Image.Image]:
    pictures = {"qr.png": qr.png(sheet.verification)}
    sheets = typesetting.pages("permit", permit.document(sheet, full=full), sheet.made, pictures, ppi)
    return [Image.open(io.BytesIO(one)) for one in sheets]


def on_card(sheet: PermitSheet) -> Image.Image:
    return Image.open(io.BytesIO(permit.card(sheet)))


def filled(words: str, people: int, rows: int, measures: int) -> PermitSheet:
    """A permit of which every field says the same, all that can be there is there."""
    mark = Mark(AT, words, words)
    return PermitSheet(
        code="D-0619-07",
        state=State.EXPIRED,
        level=Level.SPECIAL,
        upgraded=words,
        enterprise=words,
        bureau=words,
        unit=words,
        applicant=words,
        applied=AT,
        content=words,
        place=words,
        part=words,
        way=words,
        welders=(Welder(words, words, words, AT.date(), words, AT.date()),) * people,
        leader=words,
        guardian=words,
        guardian_without_bot=True,
        tester=words,
        approver=words,
        begins=AT,
        until=AT + timedelta(days=400),
        daily=words,
        risks=words,
        others=words,
        made=AT,
        verification=SHEET.verification,
        gas=(GasRow(AT, words, words, words, ok=False, tester=words),) * rows,
        gas_skipped=words,
        measures=tuple(
            Measure(n, words, applies=True, confirmed_by=words, confirmed_at=AT, lacking=n % 2 == 0)
            for n in range(measures)
        ),
        briefed=mark,
        briefed_people=(words,) * people,
        prohibitions=mark,
        opinions=tuple(Opinion(AT, words, words, signer) for signer in SIGNERS),
        checked=mark,
        started=mark,
        pauses=(Pause(AT, words, words),) * rows,
        finished=mark,
        looks=(mark,) * rows,
        accepted=mark,
        violation=words,
        photos=99,
        rehearsal=True,
    )


# One page


@pytest.mark.parametrize("words", ["更换除尘器弯头，" * 40, "W" * 400, "长 " * 200, "", "1、换\n2、焊\n" * 30])
@pytest.mark.parametrize(("people", "rows", "measures"), [(0, 0, 0), (1, 1, 1), (6, 8, 30), (40, 90, 60)])
def test_whatever_is_typed_it_is_one_page_and_nothing_hangs_over(
    words: str, people: int, rows: int, measures: int
) -> None:
    sheets = drawn(filled(words, people, rows, measures), full=True)
    assert len(sheets) == 1
    grey = sheets[0].convert("L")
    # Strips of white above the last line of the page and at both its sides.
    for strip in ((0, 1123, 827, 1129), (0, 0, 40, 1169), (787, 0, 827, 1169)):
        assert grey.crop(strip).getextrema() == (255, 255)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    words=st.text(max_size=300),
    people=st.integers(0, 12),
    rows=st.integers(0, 20),
    measures=st.integers(0, 40),
    state=st.sampled_from(sorted(permit.STATES)),
)
def test_any_permit_is_one_page(words: str, people: int, rows: int, measures: int, state: State) -> None:
    assert len(drawn(replace(filled(words, people, rows, measures), state=state), ppi=20)) == 1


def test_each_measure_bears_who_confirmed_it_at_which_minute_and_whether_it_is_lacking() -> None:
    rows = permit.document(SHEET)["measures"]
    assert [(row["by"], row["at"]) for row in rows[2:5]] == [
        ("吴演六", "06-19 08:58"),
        ("—", ""),
        ("吴演六", "06-19 08:58"),
    ]
    one = Measure(1, "设警戒线", applies=True, confirmed_by="周演工", confirmed_at=AT, lacking=True)
    lacking = replace(SHEET, measures=(one, *SHEET.measures[1:]))
    assert permit.document(lacking)["measures"][0]["lacking"]
    assert (
        drawn(lacking)[0].tobytes()
        != drawn(replace(lacking, measures=(replace(one, lacking=False), *SHEET.measures[1:])))[0].tobytes()
    )


def test_what_people_type_is_never_markup() -> None:
    typed = '#panic("!") $x$ *粗* _斜_ `码` \\ " @a <b> // 注 #[ ] https://例.cn'
    assert permit.pdf(filled(typed, 2, 2, 2)).startswith(b"%PDF-")
    assert permit.card(filled(typed, 2, 2, 2)).startswith(b"\x89PNG")


# What it says


def test_the_page_says_what_the_form_asks() -> None:
    said = permit.document(CLOSED)
    assert said["reference"] == "参照 GB 30871-2022 表A.1"
    assert (said["state"], said["follows"], said["across"]) == ("已关闭", "已验收", "")
    assert said["levels"] == [["特级", False], ["一级", True], ["二级", False], ["固定动火区", False]]
    assert said["period"] == "2023年6月19日 09:00 至 17:00"
    assert said["welders"][0] == {
        "name": "王演三",
        "trade": "熔化焊接与热切割",
        "number": "T210*************3X",
        "review": "2024-03-31",
        "until": "2026-03-31",
    }
    assert said["gas"][0] == {
        "at": "06-19 08:45",
        "gas": "可燃气体",
        "value": "0.02%",
        "limit": "≤0.2%",
        "ok": "合格",
        "over": False,
        "tester": "周演九",
    }
    assert said["measures"][3]["applies"] == "否"
    assert said["prohibitions"] == "已逐条核对焊割作业“十不准”，所列情形均不存在"
    assert [opinion["by"] for opinion in said["opinions"]] == ["孙演五", "何演十", "钱演七", "钱演七"]
    assert said["pauses"][0] == {"what": "暂停", "words": "午休", "by": "李演八", "at": "6月19日 11:58"}
    assert said["looks"][1] == {"words": "无余火、无异味", "by": "李演八", "at": "6月19日 17:10"}
    assert said["accepted"]["at"] == "6月19日 17:15"


def test_what_is_not_there_yet_is_left_to_be_written_by_hand() -> None:
    said = permit.document(replace(SHEET, opinions=(), checked=None, accepted=None, prohibitions=None))
    assert {opinion["by"] for opinion in said["opinions"]} == {""}
    assert said["checked"] == said["accepted"] == {"words": "", "by": "", "at": ""}
    assert said["prohibitions"] == ""


def test_a_guardian_without_the_bot_is_marked() -> None:
    told = replace(SHEET, guardian_without_bot=True)
    assert permit.document(told)["guardian"] == "李演八（未使用本系统，由申请人代录）"


def test_of_many_samples_the_first_and_those_over_the_limit_are_kept() -> None:
    rows = [replace(SHEET.gas[0], at=AT + timedelta(hours=hour), ok=hour not in {2, 5}) for hour in range(20)]
    assert [rows.index(row) for row in permit.chosen(rows)] == [0, 2, 5, 15, 16, 17, 18, 19]
    assert permit.document(replace(SHEET, gas=tuple(rows)))["more_gas"] == "共20次，列8次"


def test_every_state_and_level_has_its_words() -> None:
    assert (set(permit.STATES), set(permit.LEVELS)) == ({*State, GAS, BARRED}, set(Level))


@pytest.mark.parametrize("level", Level)
def test_each_level_is_ticked(level: Level) -> None:
    ticked = [words for words, on in permit.document(replace(SHEET, level=level))["levels"] if on]
    assert ticked == [permit.LEVELS[level]]


@pytest.mark.parametrize("state", sorted(State))
def test_a_permit_that_allows_no_fire_says_so_across_the_page(state: State) -> None:
    told = replace(SHEET, state=state)
    assert bool(permit.document(told)["across"]) == (
        state in {"drafted", "submitted", "returned", "refused", "suspended", "expired", "cancelled"}
    )
    assert "不得动火" in permit.document(told)["follows"] or state not in {"expired", "suspended", "cancelled"}


@pytest.mark.parametrize(
    ("typed", "letters", "shown"),
    [
        ("更换弯头", 4, "更换弯头"),
        ("更换弯头", 3, "更换…"),
        ("DN100", 3, "DN100"),
        ("DN1000 x", 3, "DN100…"),
        ("一\n二  三", 9, "一 二 三"),
        ("", 3, ""),
    ],
)
def test_a_text_is_cut_where_it_has_no_more_room(typed: str, letters: int, shown: str) -> None:
    assert permit.cut(typed, letters) == shown


@given(st.text(max_size=60), st.integers(2, 30))
def test_a_cut_text_ends_with_dots_and_is_shorter(typed: str, letters: int) -> None:
    shown, whole = permit.cut(typed, letters), " ".join(typed.split())
    assert shown == whole or (shown.endswith("…") and whole.startswith(shown[:-1]) and len(shown) <= letters * 2)


# Certificate numbers


def test_a_number_is_whole_only_where_it_is_asked_for() -> None:
    masked, whole = permit.document(SHEET), permit.document(SHEET, full=True)
    assert WHOLE not in json.dumps(masked)
    assert masked["secrecy"] == "证号已遮盖"
    assert [welder["number"] for welder in whole["welders"]] == [WHOLE, "T210*************2X"]
    assert whole["secrecy"] == "含完整证号，注意保密"
    assert permit.pdf(SHEET) != permit.pdf(SHEET, full=True)
    bare = replace(SHEET, welders=SHEET.welders[1:])
    assert permit.document(bare, full=True)["secrecy"] == "证号已遮盖"


def test_the_card_has_no_number_at_all() -> None:
    said = json.dumps(permit.card_document(SHEET))
    assert "T210" not in said


@given(st.text("0123456789TX", max_size=24))
def test_a_number_that_comes_whole_by_mistake_is_masked(number: str) -> None:
    shown = masked(number)
    assert len(shown) == len(number)
    assert masked(shown) == shown
    assert len(number) - shown.count("*") <= 6
    assert not number or "*" in shown


# The QR code


@cache
def seen(picture: bytes) -> str:
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))
    return code.text


def png_of(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("bot", ["anzhu_demo_bot", "a" * 27 + "_long", None])
def test_the_code_on_the_page_and_on_the_card_can_be_read_again(bot: str | None) -> None:
    link = bot and start_address(bot, f"{LINK}7KQ4M2PXW9HT")
    address = verification_address(link, "7KQ4M2PXW9HT", SHEET.code)
    sheet = replace(SHEET, verification=address)
    assert seen(png_of(drawn(sheet, ppi=150)[0])) == address
    assert seen(permit.card(sheet)) == address


@pytest.mark.parametrize("state", sorted(permit.STATES))
def test_what_is_written_across_the_page_leaves_the_code_readable(state: State) -> None:
    assert seen(png_of(drawn(replace(SHEET, state=state), ppi=150)[0])) == SHEET.verification


# The card


def test_the_card_is_as_wide_as_a_phone_and_taller() -> None:
    card = on_card(SHEET)
    assert card.width == 1080
    assert 1.2 < card.height / card.width < 1.9
    # A platform takes no picture whose sides are more than 10000 together.
    assert sum(on_card(filled("长" * 400, 40, 90, 60)).size) < 10_000


def test_the_state_is_a_word_and_a_colour() -> None:
    colours: dict[str, set[Any]] = {}
    for state, (words, _, colour) in permit.STATES.items():
        told = replace(SHEET, headline=state)
        assert permit.card_document(told)["state"] == words
        colours.setdefault(colour, set()).add(on_card(told).convert("RGB").getpixel((5, 5)))
    assert all(len(pixels) == 1 for pixels in colours.values())
    assert len({next(iter(pixels)) for pixels in colours.values()}) == 5


# Letters


def with_our_font_alone(template: str, facts: dict[str, Any], folder: Path) -> None:
    """Compile as PDF/A, which refuses every letter that no font has."""
    for source in typesetting.TEMPLATES.iterdir():
        (folder / source.name).write_bytes(source.read_bytes())
    (folder / "qr.png").write_bytes(qr.png("https://t.me/x"))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[typesetting.FONTS])
    typst.Compiler(folder / f"{template}.typ", root=folder, font_paths=fonts).compile(
        format="pdf",
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
        pdf_standards=["a-2b"],
        timestamp=int(AT.timestamp()),
    )


@pytest.mark.parametrize("state", sorted(permit.STATES))
def test_the_shipped_font_has_every_word_of_the_form(state: State, tmp_path: Path) -> None:
    for told in (
        replace(CLOSED, state=state, rehearsal=True, violation="作业票到期后仍在动火"),
        replace(
            SHEET, state=state, gas=(), gas_skipped="非受限空间、无可燃物", checked=None, opinions=(), started=None
        ),
        filled("长", 40, 90, 60),
    ):
        with_our_font_alone("permit", permit.document(told), tmp_path)
        with_our_font_alone("permit-card", permit.card_document(told), tmp_path)


@pytest.mark.parametrize("name", ["陶𬭎", "陶㛃", "陶喆堃", "陶𬀩", "约12㎡、±0.5℃、Φ219×8、≤0.2％、③、√、→、❶"])
def test_the_shipped_font_has_rare_names_and_signs(name: str, tmp_path: Path) -> None:
    with_our_font_alone("permit", permit.document(replace(SHEET, leader=name, content=name)), tmp_path)


def test_a_letter_that_the_font_lacks_would_be_noticed_here(tmp_path: Path) -> None:
    with pytest.raises(typst.TypstError, match="龘"):
        with_our_font_alone("permit", permit.document(replace(SHEET, leader="陶龘")), tmp_path)


def test_a_letter_that_no_font_has_is_a_box_not_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[typesetting.FONTS])
    monkeypatch.setattr(typesetting, "_fonts", lambda: alone)
    boxed, gap = (drawn(replace(SHEET, leader=f"陶{letter}"))[0] for letter in "龘　")
    assert boxed.tobytes() != gap.tobytes()


def test_the_same_is_drawn_twice_the_same() -> None:
    assert permit.pdf(SHEET) == permit.pdf(SHEET)
    assert permit.card(SHEET) == permit.card(SHEET)
