"""迎检资料, as an inspector would read it."""

import io
from dataclasses import replace
from time import perf_counter
from typing import Any

import pytest
from PIL import Image

from reports import inspection, pictures, typesetting
from service.dossiers.inspection_file import Dossier, Ledger
from storage.files import SIZE_LIMIT, FileStore
from storage.keys import KeyRing
from talk.messages import FileRef
from tests.reports.conftest import DONE, OPEN, duty
from tests.samples import pdf


def photograph(width: int = 1200, height: int = 900, form: str = "JPEG", mode: str = "RGB") -> bytes:
    """A picture as a phone takes it."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert(mode).save(out, form)
    return out.getvalue()


def of_yesterday(file_store: FileStore, data: bytes, name: str) -> FileRef:
    """A photo as it was kept when photos were kept as they came."""
    return file_store.keep_drawn(data, name)


def with_files(dossier: Dossier, *files: FileRef) -> Dossier:
    return replace(dossier, duties=(*dossier.duties, duty("hot-work-education", files=files)))


def test_it_follows_the_order_of_the_notice(dossier: Dossier) -> None:
    facts = inspection.document(dossier, {})
    assert [part["clause"] for part in facts["parts"]] == ["三（一）1", "三（一）3"]
    first, second = facts["parts"][0]["duties"]
    assert (first["state"], first["receipt"]) == ("2023-06-14 10:30提交", "K7Q4-M2PX")
    assert first["said"] == [["第12条液氨制冷｜速冻间", "未单独设间或超9人"]]
    assert second["state"] == "填报中，尚未提交"
    assert facts["parts"][1]["duties"][0]["state"] == "未填报"
    assert facts["count"] == {"all": 3, "answered": 1}
    assert [hazard["state"] for hazard in facts["ledger"]["hazards"]] == ["整改中", "已销号"]
    assert facts["page"]["commitment"][0] == "本人作为企业安全生产第一责任人，郑重承诺："


def test_photos_are_shown_small_and_what_is_no_picture_is_named(dossier: Dossier, file_store: FileStore) -> None:
    photo = file_store.keep(photograph(4000, 3000), "现场.jpg")
    clear = file_store.keep(photograph(300, 200, "PNG", "LA"), "截图.png")
    plan = file_store.keep(pdf(), "方案.pdf")
    broken = of_yesterday(file_store, b"\xff\xd8\xff broken", "坏.jpg")
    gone = FileRef("ab" * 32, "缺失.jpg", "image/jpeg", 10)
    told = with_files(dossier, photo, clear, plan, broken, gone)
    shown = inspection.photos(told, file_store)
    facts = inspection.document(told, shown, inspection.gone(told, file_store))
    last = facts["parts"][-1]["duties"][-1]
    assert [one["name"] for one in last["pictures"]] == ["现场.jpg", "截图.png"]
    assert last["files"] == ["方案.pdf", "坏.jpg", "缺失.jpg（原文件已不在本机保存）"]
    sizes = [Image.open(io.BytesIO(picture)).size for picture in shown.values()]
    assert sizes == [(1200, 900), (300, 200)]
    assert inspection.pdf(told, file_store).startswith(b"%PDF-")


def test_a_photo_that_does_not_open_is_named_and_the_file_is_drawn(dossier: Dossier, file_store: FileStore) -> None:
    photo, changed = file_store.keep(photograph(), "现场.jpg"), file_store.keep(photograph(300, 200), "改过.jpg")
    path = file_store.path(changed.sha256)
    path.write_bytes(path.read_bytes() + b"x")
    lost = FileStore(file_store.folder, keys=KeyRing.of(b"s" * 32), encrypts=True).keep(photograph(320, 200), "丢.jpg")
    told = with_files(dossier, photo, changed, lost)
    last = inspection.document(told, inspection.photos(told, file_store))["parts"][-1]["duties"][-1]
    assert [one["name"] for one in last["pictures"]] == ["现场.jpg"]
    assert last["files"] == ["改过.jpg", "丢.jpg"]
    assert inspection.pdf(told, file_store).startswith(b"%PDF-")


def test_the_ledger_shows_what_became_of_each_hazard(dossier: Dossier, file_store: FileStore) -> None:
    photo = file_store.keep(photograph(), "整改后.jpg")
    history = ("2023-06-02 发现", "2023-06-03 制定整改方案")
    told = replace(
        dossier,
        ledger=Ledger(
            (
                replace(OPEN, history=history, files=(photo,), device_failed=True),
                replace(DONE, own=False, criterion=""),
            )
        ),
    )
    shown = inspection.photos(told, file_store)
    facts = inspection.document(told, shown)
    own, found = facts["ledger"]["hazards"]
    assert [one["name"] for one in own["pictures"]] == ["整改后.jpg"]
    assert own["history"] == "2023-06-02 发现；2023-06-03 制定整改方案"
    assert own["criterion"].endswith("（装置已设置但失效，按第14条判定）")
    assert found["criterion"] == "待监管部门判定"
    assert found["found"] == "2023-06-03部门检查"
    figures = ("found", "rectified", "left", "department")
    assert [facts["ledger"][figure] for figure in figures] == [1, 0, 1, 1]
    assert len(typesetting.pages("inspection", facts, told.at, shown)) == 3


def test_the_signed_page_stands_with_the_commitment(dossier: Dossier, file_store: FileStore) -> None:
    page = file_store.keep(photograph(900, 1200), "签字页.jpg")
    told = replace(
        dossier,
        duties=tuple(replace(one, files=(page,)) if one.obligation == "first-round" else one for one in dossier.duties),
    )
    shown = inspection.photos(told, file_store)
    facts = inspection.document(told, shown)
    assert [one["name"] for one in facts["signed"]["pictures"]] == ["签字页.jpg"]
    assert facts["parts"][0]["duties"][1]["pictures"] == []
    assert len(typesetting.pages("inspection", facts, told.at, shown)) > 2


@pytest.mark.parametrize(
    ("status", "said"),
    [("explained", "已说明情况，等待监管部门处理"), ("excused", "已说明情况，监管部门已接受"), ("returned", "未填报")],
)
def test_what_was_not_handed_in_says_why(dossier: Dossier, status: str, said: str) -> None:
    told = replace(dossier, duties=(duty("drill", status=status, receipt=None, at=None),))
    facts = inspection.document(told, {})
    assert facts["parts"][0]["duties"][0]["state"] == said


def test_a_photo_is_printed_upright_and_without_its_place(file_store: FileStore) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (41.0, 40.0, 0.0)
    Image.new("RGB", (400, 200), "red").save(out, "JPEG", exif=exif)
    kept = file_store.keep(out.getvalue(), "现场.jpg")
    printed = pictures.printed(file_store, kept.sha256, 1200)
    assert printed is not None
    picture = Image.open(io.BytesIO(printed))
    assert picture.size == (200, 400)
    assert dict(picture.getexif()) == {}


@pytest.mark.parametrize(("side", "form", "more"), [(20000, "PNG", {}), (12000, "JPEG", {"progressive": True})])
def test_a_picture_too_big_to_hold_is_named_and_the_paper_is_drawn(
    dossier: Dossier, file_store: FileStore, side: int, form: str, more: dict[str, Any]
) -> None:
    """It was kept before pictures were written anew; its decoding would take gigabytes."""
    out = io.BytesIO()
    Image.new("L", (side, side)).save(out, form, **more)
    big = of_yesterday(file_store, out.getvalue(), f"大图.{'png' if form == 'PNG' else 'jpg'}")
    told = with_files(dossier, big)
    shown = inspection.photos(told, file_store)
    assert shown == {}
    assert inspection.document(told, shown)["parts"][-1]["duties"][-1]["files"] == [big.name]
    assert inspection.pdf(told, file_store).startswith(b"%PDF-")


def noise() -> bytes:
    """A photo that hardly shrinks: every pixel is another one."""
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 90).convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


def test_a_hundred_photos_take_seconds_and_can_be_sent(dossier: Dossier, file_store: FileStore) -> None:
    page = file_store.keep(photograph(900, 1200), "签字页.jpg")
    photo = noise()
    files = [of_yesterday(file_store, photo + bytes([number]), f"{number}.jpg") for number in range(100)]
    signed = replace(dossier, duties=(*dossier.duties[:1], duty("first-round", files=(page,))))
    told = with_files(signed, *files)
    before = perf_counter()
    shown = inspection.photos(told, file_store)
    made = typesetting.pdf("inspection", inspection.document(told, shown), told.at, shown)
    assert perf_counter() - before < 30
    assert len(made) < SIZE_LIMIT
    sides = {max(Image.open(io.BytesIO(picture)).size) for picture in shown.values()}
    assert len(shown) == 101
    assert max(sides) == 1200
    assert len(sides) == 2


def test_what_people_type_is_never_markup(dossier: Dossier, file_store: FileStore) -> None:
    photo = file_store.keep(photograph(), '#image("x") $.jpg')
    told = with_files(dossier, replace(photo, name='#panic("!") *x*.jpg'))
    shown = inspection.photos(told, file_store)
    facts = inspection.document(told, shown)
    assert len(typesetting.pages("inspection", facts, told.at, shown)) == 3
