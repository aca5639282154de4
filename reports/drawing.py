"""What is drawn for whom: the files of each kind of paper, kept on the shelf."""

from reports import commitment, inspection, platform
from service.dossier import Dossier
from service.work import PaperKind
from storage.files import Shelf
from talk.messages import FileRef
from talk.texts import CHINESE, Say, render


def drawn(kind: PaperKind, dossier: Dossier, shelf: Shelf) -> list[FileRef]:
    """The files of a paper. RefusedFileError when one became too big to be sent, OSError when the disk is full."""
    enterprise = dossier.enterprise.name
    match kind:
        case PaperKind.FIRST_ROUND:
            form = f"{enterprise}{render(Say('first-round-file-form'), CHINESE)}"
            entry = f"{enterprise}{render(Say('first-round-file-platform'), CHINESE)}"
            return [
                shelf.keep(commitment.pdf(dossier), f"{form}.pdf"),
                shelf.keep(commitment.docx(dossier), f"{form}.docx"),
                shelf.keep(platform.xlsx(dossier), f"{entry}.xlsx"),
                shelf.keep(platform.json_file(dossier), f"{entry}.json"),
            ]
        case PaperKind.INSPECTION_FILE:
            name = f"{enterprise}{render(Say('file-name'), CHINESE)}{dossier.at:%Y%m%d}.pdf"
            return [shelf.keep(inspection.pdf(dossier, shelf), name)]
