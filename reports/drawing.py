"""What is drawn for whom: the files of each kind of paper, kept on the shelf."""

from reports import commitment, inspection, platform, receipts
from service.dossier import Dossier
from service.notice_receipts import Receipts
from service.work import PaperKind
from storage.files import Shelf
from talk.messages import FileRef
from talk.texts import CHINESE, Say, render


def drawn(kind: PaperKind, facts: Dossier | Receipts, shelf: Shelf) -> list[FileRef]:
    """The files of a paper. RefusedFileError when one became too big to be sent, OSError when the disk is full."""
    if isinstance(facts, Receipts):
        name = render(Say("notice-file-name", number=facts.number), CHINESE)
        return [shelf.keep(receipts.xlsx(facts), f"{name}.xlsx")]
    enterprise = facts.enterprise.name
    if kind is PaperKind.FIRST_ROUND:
        form = f"{enterprise}{render(Say('first-round-file-form'), CHINESE)}"
        entry = f"{enterprise}{render(Say('first-round-file-platform'), CHINESE)}"
        return [
            shelf.keep(commitment.pdf(facts), f"{form}.pdf"),
            shelf.keep(commitment.docx(facts), f"{form}.docx"),
            shelf.keep(platform.xlsx(facts), f"{entry}.xlsx"),
            shelf.keep(platform.json_file(facts), f"{entry}.json"),
        ]
    name = f"{enterprise}{render(Say('file-name'), CHINESE)}{facts.at:%Y%m%d}.pdf"
    return [shelf.keep(inspection.pdf(facts, shelf), name)]
