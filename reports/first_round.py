"""What is handed over at the end of the first round: the form to be signed, and the file for the city's platform."""

from reports import commitment, platform
from reports.drawing import File, draws
from service.dossiers.inspection_file import Dossier
from service.dossiers.papers import FirstRoundPaper
from talk.texts import CHINESE, Say, render


@draws(FirstRoundPaper)
def draw(facts: Dossier) -> list[File]:
    """Draw the form as .pdf and .docx, and the entry for the platform as .xlsx and .json."""
    form = f"{facts.enterprise.name}{render(Say('first-round-file-form'), CHINESE)}"
    entry = f"{facts.enterprise.name}{render(Say('first-round-file-platform'), CHINESE)}"
    return [
        File(f"{form}.pdf", commitment.pdf(facts)),
        File(f"{form}.docx", commitment.docx(facts)),
        File(f"{entry}.xlsx", platform.xlsx(facts)),
        File(f"{entry}.json", platform.json_file(facts)),
    ]
