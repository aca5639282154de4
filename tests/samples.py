"""Small sound files of every kind that people send."""

import io
import struct
import zipfile
from hashlib import sha256
from typing import Any

import pikepdf
import pillow_heif
from PIL import Image

OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def picture(of: str = "") -> Image.Image:
    """A picture of its own for each text."""
    seed = sha256(of.encode()).digest()
    return Image.frombytes("L", (16, 16), seed * 8).resize((64, 48)).convert("RGB")


def photo(of: str = "", form: str = "JPEG", **more: Any) -> bytes:
    """A photo of something, as a phone takes it."""
    out = io.BytesIO()
    picture(of).save(out, form, **more)
    return out.getvalue()


def heic(of: str = "", **more: Any) -> bytes:
    """A photo as an iPhone takes it."""
    out = io.BytesIO()
    pillow_heif.from_pillow(picture(of)).save(out, **more)
    return out.getvalue()


def pdf(of: str = "", **root: Any) -> bytes:
    """A PDF of one empty page; `root` goes into its catalogue."""
    with pikepdf.new() as document:
        document.add_blank_page()
        document.docinfo["/Title"] = of
        for name, value in root.items():
            document.Root[f"/{name}"] = value
        out = io.BytesIO()
        document.save(out, static_id=True)
        return out.getvalue()


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(body: str = "", more: dict[str, str | bytes] | None = None, kind: str = "wordprocessingml.document") -> bytes:
    """A Word document; `body` is XML, `more` are further parts."""
    types = (
        f'<Types xmlns="{TYPES}">'
        f'<Override PartName="/word/document.xml" ContentType="{OFFICE}{kind}.main+xml"/></Types>'
    )
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return archive({"[Content_Types].xml": types, "word/document.xml": document, **(more or {})})


def xlsx(cells: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    """A workbook; `cells` is XML."""
    types = (
        f'<Types xmlns="{TYPES}">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{OFFICE}spreadsheetml.sheet.main+xml"/></Types>'
    )
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData><row>{cells}</row></sheetData></worksheet>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}"/>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    return archive(parts | (more or {}))


def ofd(more: dict[str, str | bytes] | None = None) -> bytes:
    """An OFD document."""
    return archive({"OFD.xml": "<OFD/>", "Doc_0/Document.xml": "<Document/>", **(more or {})})


def word_stream(text: bytes = b"", flags: int = 0) -> bytes:
    """The main stream of a .doc, as far as its head goes."""
    return struct.pack("<HH6xH", 0xA5EC, 0xC1, flags) + bytes(500) + text


def workbook_stream(*records: tuple[int, bytes]) -> bytes:
    """The main stream of an .xls of these records."""
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in ((0x0809, bytes(16)), *records))


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (MS-CFB version 3) with these streams in its root, each of 4,096 bytes at least."""
    free, end, table, none = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
    bodies = {name: body.ljust(4096, b"\0") for name, body in streams.items()}
    sectors: list[bytes] = []
    chain: list[int] = []

    def put(body: bytes) -> int:
        first = len(sectors)
        cut = [body[at : at + 512].ljust(512, b"\0") for at in range(0, len(body), 512)]
        sectors.extend(cut)
        chain.extend([*range(first + 1, first + len(cut)), end])
        return first

    def entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
        title = name.encode("utf-16-le")
        return (
            title.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(title) + 2, kind, 1, none, right, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    starts = {name: put(body) for name, body in bodies.items()}
    entries = [entry("Root Entry", 5, 1 if bodies else none, none, end, 0)]
    for number, (name, body) in enumerate(bodies.items(), start=1):
        right = number + 1 if number < len(bodies) else none
        entries.append(entry(name, 2, none, right, starts[name], len(body)))
    while len(entries) % 4:
        entries.append(bytes(68) + struct.pack("<III", none, none, none) + bytes(48))
    directory = put(b"".join(entries))
    place = len(sectors)
    chain.append(table)
    allocation = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<IIIIIIIIII", 0, 1, directory, 0, 4096, end, 0, end, 0, place)
        + struct.pack("<108I", *[free] * 108)
    )
    return head + b"".join(sectors) + allocation
