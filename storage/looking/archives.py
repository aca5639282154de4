"""Zipped documents: .docx and .xlsx (ECMA-376), .ofd (GB/T 33190). One that runs anything, or loads anything from
elsewhere when it is opened, is refused, wherever in it that stands.
"""

import io
import re
import zipfile
from typing import Final
from xml.parsers import expat

from storage.looking.outcomes import RefusedError

PARTS: Final = 10_000
"""Parts of an archive at the most."""
UNPACKED: Final = 256 * 1024 * 1024
"""Bytes of its parts together, and bytes of their XML that are read."""
DEPTH: Final = 2
"""Documents inside one another: the table behind a diagram is a workbook in a document."""

OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_MAIN: Final = {
    f"{OFFICE}wordprocessingml.document.main+xml": f"{OFFICE}wordprocessingml.document",
    f"{OFFICE}spreadsheetml.sheet.main+xml": f"{OFFICE}spreadsheetml.sheet",
}
_RUNS: Final = ("macroenabled", "vbaproject", "vbadata", "activex", "intlmacrosheet", "macrosheet")
"""What a type of content, of a relationship or the name of a part has where something runs."""
_LIVE_PARTS: Final = (*_RUNS, "xl/connections.", "xl/querytables/", "webextension", "attachedtoolbars", "customui/")
_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_PROGRAM_ENDINGS: Final = re.compile(
    r"\.(exe|dll|scr|com|pif|cpl|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|wsh|hta|lnk|jar|sh|py|chm|reg|url)\Z"
)
_XML: Final = re.compile(r"\.(xml|rels|vml)\Z|\A\[content_types\]\.xml\Z")
_SCHEMES: Final = re.compile(r"(?i)\s*([a-z][a-z0-9+.-]*):")
_HARMLESS: Final = frozenset({"http", "https", "mailto", "tel", "ftp", "file"})
"""Where a link may lead on which somebody has to click."""
_DDE: Final = re.compile(r"(?i)\bDDE(AUTO)?\b")
"""The fields of ECMA-376 part 1, 17.16.5 that start another program."""
_LIVE_FORMULA: Final = re.compile(r"(?i)[\w.]\s*\|.*!|\b(WEBSERVICE|CALL|REGISTER(\.ID)?|EXEC|RTD)\s*\(")
"""A formula that starts a program (cmd|'/C calc'!A0), or sends cells away."""
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind(data: bytes, depth: int = 1) -> str:
    """Return the type of a zipped document. RefusedError for one that is not taken."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        names = [part.filename.lower().replace("\\", "/").lstrip("/") for part in parts]
        if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
            raise RefusedError("slow")
        if any(part.flag_bits & 1 for part in parts):
            raise RefusedError("locked")
        if len(set(names)) < len(names) or any(".." in name.split("/") for name in names):
            # Which of two parts counts differs from program to program.
            raise RefusedError("unreadable")
        if any(mark in name for name in names for mark in _LIVE_PARTS):
            raise RefusedError("active")
        found = "application/ofd" if "ofd.xml" in names else None
        for part, name in zip(parts, names, strict=True):
            if part.is_dir():
                continue
            if _XML.search(name):
                reader = _Xml()
                with archive.open(part) as content:
                    reader.parser.ParseFile(content)
                found = reader.main or found
                reader.end()
                continue
            with archive.open(part) as content:
                start = content.read(8)
            _check_part(archive, part, name, start, depth)
    if found is None:
        raise RefusedError("type")
    return found


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, start: bytes, depth: int) -> None:
    if _PROGRAM_ENDINGS.search(name) or start.startswith(_PROGRAMS):
        raise RefusedError("active")
    inside = start.startswith((b"PK\x03\x04", _COMPOUND))
    if inside and depth >= DEPTH:
        raise RefusedError("active")
    if inside and start.startswith(b"PK"):
        kind(archive.read(part), depth + 1)
    elif inside:
        from storage.looking import compounds  # noqa: PLC0415  # few documents have one inside

        compounds.check(archive.read(part))


class _Xml:
    """The reading of one part; it raises RefusedError for what runs or loads something."""

    def __init__(self) -> None:
        self.main: str | None = None
        """The type of the document, where the part names it."""
        self._fields: list[str] = []
        self._formula: list[str] | None = None
        self._in_field = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._finish
        self.parser.CharacterDataHandler = self._text

    def end(self) -> None:
        """Judge what had to be read whole: an instruction may be cut into many runs."""
        if _DDE.search("".join(self._fields)):
            raise RefusedError("active")

    def _doctype(self, *_: object) -> None:
        # No document has one; an entity in it grows by the billion, or reads a file.
        raise RefusedError("active")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        match name.rpartition(":")[2]:
            case "Default" | "Override":
                self._content_type(plain.get("ContentType", ""))
            case "Relationship":
                _check_relationship(plain)
            case "instrText":
                self._in_field = True
            case "fldSimple":
                self._fields.append(f" {plain.get('instr', '')} ")
            case "ddeLink" | "oleLink":
                raise RefusedError("active")
            case "f":
                self._formula = []
            case _:
                return

    def _content_type(self, told: str) -> None:
        if any(mark in told.lower() for mark in _RUNS):
            raise RefusedError("active")
        self.main = _MAIN.get(told, self.main)

    def _finish(self, name: str) -> None:
        self._in_field = False
        if self._formula is not None and _LIVE_FORMULA.search("".join(self._formula)):
            raise RefusedError("active")
        self._formula = None

    def _text(self, text: str) -> None:
        if self._in_field:
            self._fields.append(text)
        elif self._formula is not None:
            self._formula.append(text)


def _check_relationship(told: dict[str, str]) -> None:
    kind_of, target = told.get("Type", "").lower(), told.get("Target", "")
    if any(mark in kind_of for mark in _RUNS):
        raise RefusedError("active")
    if told.get("TargetMode", "").lower() != "external":
        return
    scheme = _SCHEMES.match(target)
    if kind_of.endswith("/hyperlink"):
        sound = scheme is None or scheme[1].lower() in _HARMLESS
    else:
        # Cells of another workbook on the same machine are common; all else is fetched when the document is opened.
        here = scheme is None or scheme[1].lower() == "file" or len(scheme[1]) == 1
        sound = kind_of.endswith(("/externallinkpath", "/xlpathmissing")) and here and "\\\\" not in target
    if not sound:
        raise RefusedError("active")
