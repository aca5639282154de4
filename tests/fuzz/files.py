"""The doors of bytes: files that people send, sheets that are imported, the YAML of a pack."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Final
from unicodedata import category

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from PIL import Image
from sqlalchemy import Connection

from bot.app import App
from bot.files import store_file
from bot.settings import Settings
from campaign import pack_check
from campaign.pack_file import folder_of
from service.core.unit_of_work import UnitOfWork
from service.hazards import hazard_import
from service.imports.columns import Columns
from service.imports.report import ImportReport
from service.imports.sheets import Hidden, Row, SheetError, read_sheet
from service.registry import enterprise_import, enterprise_rows
from service.workers import worker_import
from storage import registry
from storage.archive import FORMAT, Archive, ArchiveError, Manifest, Writer
from storage.audit import SYSTEM
from storage.files import FileStore
from storage.keys import Key, KeyRing
from storage.restore import Place, restore
from storage.schema import upgrade
from talk.messages import FileRef
from tests.fuzz.harness import Door, Enter
from tests.fuzz.words import json_values, said, words
from tests.lists import LISTS
from tests.service.conftest import row
from tests.town import SECRET


def archive(**parts: bytes | str) -> bytes:
    """Return a zip of parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name, content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return made.getvalue()


def picture(form: str) -> bytes:
    """Return a small picture with all that a phone writes beside it."""
    told = Image.Exif()
    told[0x0112], told[0x0132] = 6, "2023:06:05 09:30:00"
    told.get_ifd(0x8825)[2] = (41.0, 40.0, 23.5)
    out = io.BytesIO()
    Image.linear_gradient("L").resize((16, 12)).convert("RGB").save(out, form, exif=told)
    return out.getvalue()


OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100
SEEDS: Final = (
    *(picture(form) for form in ("JPEG", "PNG", "WEBP")),
    b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64,
    b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    archive(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}),
    archive(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>", "xl/vbaProject.bin": "x"}),
    archive(**{"OFD.xml": "<ofd/>"}),
    OLE + "WordDocument".encode("utf-16-le"),
    OLE + "Workbook".encode("utf-16-le"),
    "会议纪要\n1. 更换除尘风机".encode(),
    "会议纪要".encode("gb18030"),
)

Change = Callable[[bytes], bytes]
_at = st.integers(0, 2**16)


def _spliced(data: bytes, at: int, put: bytes, cut: int) -> bytes:
    place = at % (len(data) + 1)
    return data[:place] + put + data[place + cut :]


_pieces = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        (
            b"\xff",
            b"\0" * 8,
            b"\xff\xff\xff\xff",
            b"PK\x01\x02",
            b"Exif\0\0II*\0",
            b"<x:xmpmeta",
            b"</x:xmpmeta>",
            b"<!",
        )
    ),
)
_change = st.tuples(_at, _pieces, st.integers(0, 8))


def changed(seeds: SearchStrategy[bytes]) -> SearchStrategy[bytes]:
    """Give seeds with a few places changed, doubled or cut off."""

    def made(data: bytes, changes: list[tuple[int, bytes, int]], times: int) -> bytes:
        for at, put, cut in changes:
            data = _spliced(data, at, put * times, cut)
        return data

    return st.builds(made, seeds, st.lists(_change, max_size=8), st.sampled_from((1, 1, 1, 100, 5000)))


def _written(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


@contextmanager
def _kept(folder: Path) -> Iterator[Enter]:
    store = FileStore(folder / "files")

    def enter(value: tuple[bytes, str]) -> None:
        data, name = value
        before = _written(folder)
        kept = store_file(store, data, name)
        if isinstance(kept, FileRef):
            assert store.path(kept.sha256) in _written(folder)
            assert "/" not in kept.name
            assert kept.name.isprintable()
        else:
            said(kept)
            assert _written(folder) == before

    yield enter


class _UndoneError(Exception):
    """The transaction is undone: the next input finds what this one found."""


_LISTS: Final[tuple[tuple[str, Columns, Callable[[UnitOfWork, tuple[Row, ...]], ImportReport]], ...]] = (
    (
        "enterprises",
        enterprise_rows.COLUMNS,
        lambda uow, rows: enterprise_import.import_enterprises(uow, rows, partial=True),
    ),
    ("hazards", hazard_import.COLUMNS, lambda uow, rows: hazard_import.import_hazards(uow, rows, partial=True)),
    ("workers", worker_import.COLUMNS, lambda uow, rows: worker_import.import_workers(uow, rows, partial=True)),
)


def _imported(place: int) -> Callable[[Path], AbstractContextManager[Enter]]:
    _, columns, bring = _LISTS[place]

    @contextmanager
    def opened(folder: Path) -> Iterator[Enter]:
        url = f"sqlite:///{folder / 'anzhu.db'}"
        upgrade(url)
        app = App(Settings(data_dir=folder, database_url=url, secret_key=SECRET))
        app.use(lambda uow: enterprise_import.import_enterprises(uow, [row()]))

        def enter(value: tuple[str, bytes]) -> None:
            ending, data = value
            file = folder / f"list{ending}"
            file.write_bytes(data)
            try:
                sheet = read_sheet(file, columns, Hidden.IMPORT)
            except SheetError as fault:
                said(fault.say)
                return
            for note in sheet.notes:
                said(note)

            def job(conn: Connection) -> None:
                uow = app._uow(conn, app._wall(), bytes(32), "fuzz")
                report = bring(uow, sheet.rows)
                for refusal in (*report.refused, *report.warnings):
                    said(refusal.say)
                for enterprise in registry.all_enterprises(conn).values():
                    assert _storable(enterprise.name + enterprise.principal_name + enterprise.supervisor)
                raise _UndoneError

            try:
                with suppress(_UndoneError):
                    app.database.run(job)
            except SheetError as fault:
                # That a list of workers names no enterprise is known only when it is brought in.
                said(fault.say)

        yield enter
        app.close()

    return opened


def _storable(text: str) -> bool:
    """Whether XML and a terminal can show a text: no controls, no halves of pairs."""
    return not any(category(letter) in {"Cc", "Cs"} or letter in "\ufffe\uffff" for letter in text)


SOUND: Final = {
    **row().cells,
    "地点": "制粉车间",
    "来源": "企业自查",
    "发现日期": "2023-06-01",
    "整改期限": "2023-07-01",
    "状态": "未整改",
    "姓名": "周演四",
    "作业类别": "焊接与热切割作业",
    "证号": "T210102199001011234",
    "初领日期": "2021-05-01",
}
"""Cells that are taken."""


def _lines(columns: Columns) -> SearchStrategy[list[list[str]]]:
    """Give lines of a list: of any cells, or sound ones with an odd cell or two."""
    cells = words | st.sampled_from([*SOUND.values(), "_x0007_", "_xD800_", "1E+300", "=1+1"])
    sound = [SOUND.get(name, "") for name in columns.names]

    def oddly(odd: dict[int, str]) -> list[str]:
        return [odd.get(place, cell) for place, cell in enumerate(sound)]

    odd = st.dictionaries(st.integers(0, len(sound) - 1), words, max_size=2).map(oddly)
    return st.lists(st.lists(cells, min_size=1, max_size=len(sound) + 1) | odd, max_size=3)


def _csv(columns: Columns) -> SearchStrategy[bytes]:

    def made(lines: list[list[str]], separator: str, encoding: str, quoted: bool) -> bytes:
        head = separator.join(columns.names)
        quote = '"' if quoted else ""
        body = "\n".join(separator.join(f"{quote}{cell}{quote}" for cell in line) for line in lines)
        return f"{head}\n{body}".encode(encoding, "replace")

    return st.builds(
        made,
        _lines(columns),
        st.sampled_from(",;\t"),
        st.sampled_from(("utf-8-sig", "utf-8", "gb18030", "utf-16")),
        st.booleans(),
    )


def workbook(lines: list[list[str]]) -> bytes:
    """Return a workbook whose cells hold what no library would write."""
    rows = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in line) + "</row>"
        for line in lines
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return archive(
        **{
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="a" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="a" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
        }
    )


def _xlsx(columns: Columns) -> SearchStrategy[bytes]:
    sound = _lines(columns).map(lambda lines: workbook([list(columns.names), *lines]))
    return st.one_of(sound, changed(sound))


def _sheets(columns: Columns) -> SearchStrategy[tuple[str, bytes]]:
    return st.one_of(
        st.tuples(st.just(".csv"), _csv(columns) | st.binary(max_size=200) | changed(_csv(columns))),
        st.tuples(st.just(".xlsx"), _xlsx(columns) | st.binary(max_size=200)),
        st.tuples(st.just(".xlsx"), changed(st.sampled_from([made() for made in LISTS.values()]))),
    )


@contextmanager
def _checked(folder: Path) -> Iterator[Enter]:
    def enter(text: str) -> None:
        (folder / "pack.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
        for problem in pack_check.check(folder):
            said(problem.what)
            assert problem.line >= 1

    yield enter


def _backup() -> bytes:
    """A small backup that is sound in itself, and sealed with another key than the one at hand."""
    out = io.BytesIO()
    made = Writer(out)
    made.add("anzhu.db", io.BytesIO(b"SQLite format 3\0" * 9), pack=True)
    made.add(f"files/ab/ab{'0' * 62}", io.BytesIO(b"a photo"), pack=False)
    made.finish(
        Manifest(
            format=FORMAT,
            program="1",
            schema="0001",
            database="sqlite",
            campaign="",
            taken_at=datetime(2023, 6, 5, tzinfo=UTC),
            newest={},
            anchor=None,
            keys=["0" * 8],
        ),
        Key(b"x" * 32),
    )
    return out.getvalue()


def _pack_lines() -> list[str]:
    small = Path(__file__).parents[1] / "campaign" / "small_pack"
    files = [*small.glob("*.yaml"), *folder_of("shenyang_2023").glob("*.yaml")]
    return [line for file in files for line in file.read_text(encoding="utf-8").splitlines()][:3000]


def _yaml(lines: list[str], odd: list[str], at: list[int]) -> str:
    for place, piece in zip(at, odd, strict=False):
        lines.insert(place % (len(lines) + 1), piece)
    return "\n".join(lines)


_hostile_yaml = st.sampled_from(
    (
        *("a: &a [*a]", "a: &a {b: *a}", "a: " + "[" * 3000, "a: " + "{b: " * 1000, "- " * 1000, "? [a, b]\n: c"),
        "\n".join(["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))]),
        *("a: !!python/object/apply:os.system [x]", "%YAML 9.9", "a: !!binary x", "<<: *a", "a: |\n" + " x\n" * 1000),
    )
)
_packs = st.one_of(
    _hostile_yaml,
    st.builds(
        _yaml,
        st.lists(st.sampled_from(_pack_lines()), max_size=30),
        st.lists(words | _hostile_yaml, max_size=3),
        st.lists(_at, max_size=3),
    ),
    st.dictionaries(
        st.sampled_from(("obligations", "forms", "periods", "districts", "name", "title", "ladders", "notices")),
        json_values,
    ).map(lambda data: json.dumps(data, default=str)),
)


@contextmanager
def _restored(folder: Path) -> Iterator[Enter]:
    place = Place(f"sqlite:///{folder}/to/anzhu.db", folder / "to", folder / "to" / "files")
    keys = KeyRing.of(b"s" * 32)

    def enter(data: bytes) -> None:
        with suppress(ArchiveError):
            found = Archive(io.BytesIO(data))
            found.check()
            restore(found, place, keys, datetime.now(UTC), SYSTEM)
        assert not place.folder.exists()

    yield enter


DOORS: Final = (
    Door("backups", changed(st.just(_backup())) | changed(st.sampled_from(SEEDS)), _restored, 2),
    Door("files that people send", st.tuples(changed(st.sampled_from(SEEDS)) | st.binary(), words), _kept, 2),
    *(
        Door(f"import of {name}", _sheets(columns), _imported(place), 4)
        for place, (name, columns, _) in enumerate(_LISTS)
    ),
    Door("the YAML of a pack", _packs, _checked, 2),
)
