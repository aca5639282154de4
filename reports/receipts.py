"""The receipts of a notice as a workbook: who is to be telephoned, and everybody's receipt."""

from reports import phone_list
from reports.drawing import File, draws
from reports.phone_list import WHO
from reports.workbook import Sheet, about, book, shown
from service.desk.phone_list import ToCall
from service.notices.receipts import Receipts, ReceiptsPaper
from talk.texts import CHINESE, Say, render


@draws(ReceiptsPaper)
def draw(receipts: Receipts) -> list[File]:
    """Draw the workbook."""
    name = render(Say("notice-file-name", number=receipts.number), CHINESE)
    return [File(f"{name}.xlsx", book(_phones(receipts), _everybody(receipts), _about(receipts)))]


def _phones(receipts: Receipts) -> Sheet:
    calls = [
        ToCall(
            enterprise=receipt.enterprise,
            code=receipt.code,
            district=receipt.district,
            name=receipt.name,
            role=receipt.role,
            reason=receipt.standing,
            telephone=receipt.telephone,
        )
        for receipt in receipts.unreached
    ]
    return phone_list.sheet("电话名单", calls)


def _everybody(receipts: Receipts) -> Sheet:
    columns = (*WHO, ("状态", 28), ("发出时间", 18), ("知悉时间", 18), ("答复时间", 18), ("答复", 48))
    rows = [
        (
            str(number),
            receipt.enterprise,
            receipt.code,
            receipt.district,
            receipt.name,
            receipt.role,
            receipt.standing,
            shown(receipt.sent_at),
            shown(receipt.acknowledged_at),
            shown(receipt.answered_at),
            receipt.answer,
        )
        for number, receipt in enumerate(receipts.everybody, 1)
    ]
    return "回执", columns, rows


def _about(receipts: Receipts) -> Sheet:
    return about(
        ("通知编号", receipts.number),
        ("通知", receipts.title),
        ("截至", receipts.at),
        ("说明", "“已发出”指平台已接收，“已知悉”指本人已点选；执法文书不通过本平台送达。"),
        rehearsal=receipts.rehearsal,
    )
