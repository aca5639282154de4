"""A .docx as an office prints it: converted by LibreOffice, its words with their places read by poppler."""

import io
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from PIL import Image

POINTS_OF_CM = 72 / 2.54
PPI = 100


@dataclass(frozen=True, slots=True)
class Word:
    """Letters that stand together on a line; places in cm from the upper left."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Printed:
    """The pages of a document: the words of each, and a picture of it."""

    words: list[list[Word]]
    pictures: Sequence[Image.Image]

    def inked(self, word: Word, page: int = 0) -> bool:
        """Whether something dark stands where a word should."""
        box = [round(place / 2.54 * PPI) for place in (word.left, word.top, word.right, word.bottom)]
        darkest, _ = self.pictures[page].convert("L").crop((box[0], box[1], box[2] + 1, box[3] + 1)).getextrema()
        return isinstance(darkest, int | float) and darkest < 128


def printed(data: bytes, folder: Path) -> Printed:
    """Print a .docx; CalledProcessError where LibreOffice cannot."""
    (folder / "it.docx").write_bytes(data)
    # A profile of its own: two offices at once would wait for each other's.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "it.docx"))
    _run("pdftoppm", "-r", str(PPI), "-png", str(folder / "it.pdf"), str(folder / "page"))
    boxes = ET.fromstring(_run("pdftotext", "-bbox", str(folder / "it.pdf"), "-"))  # noqa: S314  # made just now
    words = [
        [
            Word(
                str(word.text),
                *(float(word.attrib[place]) / POINTS_OF_CM for place in ("xMin", "xMax", "yMin", "yMax")),
            )
            for word in page.iter("{http://www.w3.org/1999/xhtml}word")
        ]
        for page in boxes.iter("{http://www.w3.org/1999/xhtml}page")
    ]
    pictures = [Image.open(io.BytesIO(path.read_bytes())) for path in sorted(folder.glob("page-*.png"))]
    return Printed(words, pictures)


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout
