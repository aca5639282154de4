"""Lists as people really send them, each made here: `python -m tests.lists` writes them into `tests/data/lists/`.

All people, enterprises and numbers are invented. A name begins with the kind of trouble that the list stands for.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from campaign.certificates import check_sign
from campaign.identity import check_character

FOLDER: Final = Path(__file__).parent / "data" / "lists"
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

HEAD: Final = (
    *("企业名称", "统一社会信用代码", "所属区县", "行业", "风险标签", "主要负责人", "安全管理人员"),
    *("监管单位", "职工人数"),
)
CARD_HEAD: Final = ("统一社会信用代码", "姓名", "作业类别", "证号", "初领日期", "复审日期", "有效期至")
HAZARD_HEAD: Final = ("统一社会信用代码", "地点", "来源", "发现日期", "整改期限", "状态")


@dataclass(frozen=True)
class Xml:
    """What stands in a cell in the file itself: the attributes of the cell, and its content."""

    attributes: str
    content: str = ""


Cell = str | Xml


@dataclass(frozen=True)
class Sheet:
    """A worksheet; lines by their place from 1 on."""

    lines: Sequence[Sequence[Cell]]
    title: str = "名单"
    state: str = "visible"
    before: str = ""
    """What stands before the lines: the widths of columns."""
    more: str = ""
    """Lines below them, as they stand in the file."""
    after: str = ""
    hidden: frozenset[int] = frozenset()


def letters(column: int) -> str:
    """Return the name of a column, A to Z."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]


def code(number: int) -> str:
    """Return a sound code."""
    body = f"91210100{number:09d}"
    return body + check_character(body)


def card(serial: int) -> str:
    """Return the number of a certificate that nobody has."""
    body = f"99999919850312{serial:03d}"
    return f"T{body}{check_sign(body)}"


def enterprise(number: int, **changed: Cell) -> list[Cell]:
    """Return a sound line of the registry; the names of arguments are the columns'."""
    sound = (
        f"沈阳名单{number}号演练厂",
        code(number),
        "浑南区",
        "轻工",
        "动火",
        "郑演丙",
        "钱演丁",
        "浑南区应急管理局",
        "120",
    )
    cells: dict[str, Cell] = dict(zip(HEAD, sound, strict=True))
    return list((cells | changed).values())


def worker(serial: int, **changed: Cell) -> list[Cell]:
    """Return a sound line of the register of workers, of the first enterprise."""
    sound = (
        code(1),
        f"何演{'一二三四五六七八九十'[serial % 10]}",
        "焊接与热切割作业",
        card(serial),
        "2019-09-01",
        "",
        "2025-08-31",
    )
    cells: dict[str, Cell] = dict(zip(CARD_HEAD, sound, strict=True))
    return list((cells | changed).values())


def hazard(**changed: Cell) -> list[Cell]:
    """Return a sound line of a list of hazards."""
    cells: dict[str, Cell] = dict(
        zip(HAZARD_HEAD, (code(1), "氨机房", "部门检查", "2022-03-15", "", "整改中"), strict=True)
    )
    return list((cells | changed).values())


def text(lines: Iterable[Sequence[Cell]], encoding: str = "utf-8-sig", separator: str = ",", end: str = "") -> bytes:
    """Return lines as text with separators; no cell needs a quotation mark, or it brings its own."""
    return ("".join(separator.join(map(str, line)) + "\r\n" for line in lines) + end).encode(encoding)


def cached(value: str, formula: str = "A9", kind: str = "str") -> Xml:
    """Return a formula with its result."""
    return Xml(f't="{kind}"', f"<f>{escape(formula)}</f><v>{escape(value)}</v>")


def uncached(formula: str = "A9") -> Xml:
    """Return a formula without a result, as programs write it that do not reckon."""
    return Xml("", f"<f>{escape(formula)}</f><v></v>")


def number(value: str, style: int = 0) -> Xml:
    """Return a number in a style of STYLES."""
    return Xml(f's="{style}"', f"<v>{value}</v>")


GENERAL, DAY, CHINESE_DAY, CHINESE_MONTH, MOMENT, PERCENT, ZEROS, MEN = range(8)
STYLES: Final = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy/m/d\\ h:mm;@"/>'
    '<numFmt numFmtId="165" formatCode="0000000000"/><numFmt numFmtId="166" formatCode="0&quot;人&quot;"/></numFmts>'
    '<cellXfs count="8"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="57"/><xf numFmtId="164"/>'
    '<xf numFmtId="9"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>'
)


def workbook(*sheets: Sheet, strings: str = "", styles: str = STYLES, book: str = "") -> bytes:
    """Return a workbook whose parts say what no library would write; not packed, so that it is the same everywhere."""
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations({"a": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}<sheets>'
        + "".join(
            f'<sheet name="{sheet.title}" sheetId="{place}" state="{sheet.state}" r:id="s{place}"/>'
            for place, sheet in enumerate(sheets, 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            {f"s{place}": ("worksheet", f"worksheets/sheet{place}.xml") for place in range(1, len(sheets) + 1)}
            | {"t": ("styles", "styles.xml"), "u": ("sharedStrings", "sharedStrings.xml")}
        ),
        "xl/styles.xml": styles,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    }
    parts |= {f"xl/worksheets/sheet{place}.xml": _worksheet(sheet) for place, sheet in enumerate(sheets, 1)}
    return archive(parts)


def archive(parts: Mapping[str, str]) -> bytes:
    """Return a zip of parts, the same at every time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for name, content in parts.items():
            out.writestr(zipfile.ZipInfo(name, (2023, 5, 22, 0, 0, 0)), content)
    return made.getvalue()


def _content_types(sheets: int) -> str:
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{place}.xml" ContentType="{KIND}.worksheet+xml"/>'
        for place in range(1, sheets + 1)
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="'
        'application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>{overrides}</Types>'
    )


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{told}</Relationships>'


def _worksheet(sheet: Sheet) -> str:
    lines = "".join(_line(row, line, hidden=row in sheet.hidden) for row, line in enumerate(sheet.lines, 1))
    data = f"<sheetData>{lines}{sheet.more}</sheetData>"
    return f'<worksheet xmlns="{MAIN}">{sheet.before}{data}{sheet.after}</worksheet>'


def _line(row: int, line: Sequence[Cell], *, hidden: bool) -> str:
    cells = "".join(_cell(f"{letters(column)}{row}", cell) for column, cell in enumerate(line))
    attributes = ' hidden="1"' if hidden else ""
    return f'<row r="{row}"{attributes}>{cells}</row>'


def _cell(place: str, cell: Cell) -> str:
    if isinstance(cell, Xml):
        return f'<c r="{place}" {cell.attributes}>{cell.content}</c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>' if cell else ""


ABOVE: Final[tuple[list[Cell], ...]] = (["沈阳市工贸企业名录"], ["单位：浑南区应急管理局"])
PAGES: Final[list[list[Cell]]] = [
    *ABOVE,
    ["序号", *HEAD, "备注"],
    [str(place) for place in range(1, 12)],
    ["示例", *enterprise(9, 企业名称="某某有限公司", 统一社会信用代码="91210100MA0XXXXX0X")],
    ["1", *enterprise(1)],
    ["", "小 计", *[""] * 7, "120"],
    ["第1页 共2页"],
    ["沈阳市工贸企业名录"],
    ["序号", *HEAD, "备注"],
    ["2", *enterprise(2)],
    ["3"],
    [" ", "\u3000"],
    ["合计", "2", *[""] * 7, "240"],
    ["注：1. 本表由各区县填报。"],
    ["2. 停产企业一并填报。"],
    ["填表人：张演三", "", "", "审核人：李演四", "", "", "日期：2023年5月31日"],
    ["浑南区应急管理局（盖章）"],
    ["—以下空白—"],
]
PLACEHOLDERS: Final = ("/", "—", "无", "待定", "暂无", "N/A", "null", "同上", "〃", "？", "XXX", "未定", "#N/A")
BESIDE: Final = (
    *(
        "张演三 13800000000",
        "张演三（138-0000-0000）",
        "张演三 024-88880000转801",
        "张演三总经理",
        "张　演三",
        "欧阳 演三",
    ),
)
SEVERAL: Final = (
    *("张演三、李演四", "张演三/李演四", "张演三 李演四", "张演三\n李演四", "张演三13800000000；李演四13900000000"),
    *("张演三和李演四", "13800000000", "张演三 45"),
)
RICH: Final = (
    "<si><r><t>沈阳</t></r><r><rPr><b/></rPr><t>富文本_x000D_&#10;演练厂</t></r>"
    '<rPh sb="0" eb="2"><t>SHENYANG</t></rPh></si>'
    "<si><t>郑演_x4E00_</t></si>"
)
OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def shared(place: int) -> Xml:
    """Return a cell with a shared string."""
    return Xml('t="s"', f"<v>{place}</v>")


def _quoted(cells: Iterable[str]) -> list[list[Cell]]:
    return [enterprise(place, 主要负责人=f'"{cell}"') for place, cell in enumerate(cells, 1)]


def _far() -> str:
    return "".join(f'<row r="{row}"><c r="XFD{row}" s="1"/></row>' for row in range(3, 300))


LISTS: Final[Mapping[str, Callable[[], bytes]]] = {
    "cell-cached-formula.xlsx": lambda: workbook(
        Sheet([HEAD, enterprise(1, 企业名称=cached("沈阳缓存演示厂"), 职工人数=cached("85", "SUM(J2:J9)", "n"))])
    ),
    "cell-formula-without-result.xlsx": lambda: workbook(
        Sheet([HEAD, enterprise(1, 企业名称=uncached('A9&"厂"'), 主要负责人=Xml("", "<f/>"))])
    ),
    "cell-formula-error.xlsx": lambda: workbook(Sheet([HEAD, enterprise(1, 主要负责人=cached("#N/A", kind="e"))])),
    "cell-empty-result.xlsx": lambda: workbook(Sheet([HEAD, enterprise(1, 风险标签=cached(""))])),
    "cell-filtered.xlsx": lambda: workbook(
        Sheet([HEAD, *map(enterprise, range(1, 5))], hidden=frozenset({3, 4}), after='<autoFilter ref="A1:I5"/>')
    ),
    "cell-hidden-column.xlsx": lambda: workbook(
        Sheet([HEAD, enterprise(1)], before='<cols><col min="6" max="6" hidden="1"/></cols>')
    ),
    "cell-hidden-sheet.xlsx": lambda: workbook(
        Sheet([HEAD, enterprise(1)]), Sheet([HEAD, enterprise(2)], title="旧名录", state="veryHidden")
    ),
    "cell-merged.xlsx": lambda: workbook(
        Sheet(
            [
                ["特种作业人员名册"],
                CARD_HEAD,
                worker(1),
                [*[""] * 2, "低压电工作业", "", "2019-09-01", "", "2025-08-31"],
            ],
            after='<mergeCells><mergeCell ref="A1:G1"/><mergeCell ref="A3:A4"/><mergeCell ref="B3:B4"/>'
            '<mergeCell ref="D3:D4"/></mergeCells>',
        )
    ),
    "cell-rich-text.xlsx": lambda: workbook(
        Sheet([HEAD, enterprise(1, 企业名称=shared(0), 主要负责人=shared(1))]), strings=RICH
    ),
    "cell-days.xlsx": lambda: workbook(
        Sheet(
            [
                CARD_HEAD,
                worker(1, 初领日期=number("43709", DAY), 有效期至=number("45900", CHINESE_DAY)),
                worker(2, 初领日期=number("43708.9999999999", DAY), 有效期至=number("45900.99", DAY)),
                worker(3, 初领日期=number("43709.5", MOMENT), 有效期至=number("45870", CHINESE_MONTH)),
                worker(4, 初领日期=number("43709")),
                worker(5, 初领日期=number("-1", DAY)),
            ]
        )
    ),
    "cell-days-of-1904.xlsx": lambda: workbook(
        Sheet([CARD_HEAD, worker(1, 初领日期=number("42247", DAY))]), book='<workbookPr date1904="1"/>'
    ),
    "cell-numbers.xlsx": lambda: workbook(
        Sheet(
            [
                HEAD,
                enterprise(1, 职工人数=number("120", MEN)),
                enterprise(2, 职工人数=number("1.2E2")),
                enterprise(3, 职工人数=number("1.2", PERCENT)),
                enterprise(4, 统一社会信用代码=number("912101003000000000")),
                enterprise(5, 职工人数=number("119.99999999999999")),
            ]
        )
    ),
    "cell-leading-zeros.xlsx": lambda: workbook(
        Sheet([CARD_HEAD, worker(1, 姓名="吕演柏", 证号=number("12345678", ZEROS))])
    ),
    "cell-placeholders.csv": lambda: text([HEAD, *_quoted(PLACEHOLDERS)]),
    "cell-name-and-phone.csv": lambda: text([HEAD, *_quoted(BESIDE)]),
    "cell-two-names.csv": lambda: text([HEAD, *_quoted(SEVERAL)]),
    "cell-endless.csv": lambda: text(
        [CARD_HEAD, *(worker(n, 有效期至=said) for n, said in enumerate(("长期", "永久有效", "待定", "—", "/"), 1))]
    ),
    "cell-days-as-text.csv": lambda: text(
        [
            CARD_HEAD,
            *(
                worker(n, 有效期至=said)
                for n, said in enumerate(("2025.8", "2025年8月", "45900", "25-8-31", "31/8/2025", "已复审"), 1)
            ),
            *(
                worker(n, 有效期至=said)
                for n, said in enumerate(("2025/8/31 0:00", "20250831", "2019.09.01-2025.08.31", "至2025-08-31"), 7)
            ),
        ]
    ),
    "cell-hazard-without-deadline.csv": lambda: text([HAZARD_HEAD, hazard(整改期限="长期")]),
    "empty-far-column.xlsx": lambda: workbook(Sheet([HEAD, enterprise(1)], more=_far())),
    "empty-line-beyond.xlsx": lambda: workbook(
        Sheet([HEAD, enterprise(1)], more='<row r="2147483647"><c r="A2147483647" t="str"><v>x</v></c></row>')
    ),
    "empty-head.xlsx": lambda: workbook(
        Sheet([[*HEAD, *([" "] * 17)], enterprise(1)], more='<row r="3"><c r="Z3" t="str"><v>右侧</v></c></row>')
    ),
    "nodata-pages.csv": lambda: text(PAGES),
    "nodata-pages.xlsx": lambda: workbook(Sheet(PAGES)),
    "nodata-ctrl-z.csv": lambda: text([HEAD, enterprise(1)], "gb18030", end="\x1a"),
    "nodata-one-complaint.csv": lambda: text([HEAD, enterprise(1), ["沈阳孤行厂"], ["", "", "", "", "", "轻工", "x"]]),
    "reader-heads.xlsx": lambda: workbook(
        Sheet(
            [
                [
                    *(
                        "*企业名称（必填）",
                        "2.统一社会信用代码\n(18位)",
                        "“所属区县”*",
                        "行 业",
                        "风险标签：",
                        "主要负责人姓名",
                    ),
                    *("★安全管理人员【必填】", "(8)监管单位", "职工人数/人"),
                ],
                enterprise(1),
            ]
        )
    ),
    "reader-kept-as-text.csv": lambda: text(
        [HEAD, enterprise(1, 统一社会信用代码=f'"=""{code(1)}"""'), enterprise(2, 统一社会信用代码=f"'{code(2)}")]
    ),
    "reader-semicolons.csv": lambda: text([["sep=;"], HEAD, enterprise(1)], separator=";"),
    "reader-tabs.txt": lambda: text([HEAD, enterprise(1)], "gb18030", "\t"),
    "reader-unicode-text.txt": lambda: text([HEAD, enterprise(1)], "utf-16", "\t"),
    "reader-utf-16-without-mark.csv": lambda: text([HEAD, enterprise(1)], "utf-16-le"),
    "reader-stray-nul.csv": lambda: text([HEAD, enterprise(1, 主要负责人="郑演\0丙\0\0")]),
    "reader-csv-named.xlsx": lambda: text([HEAD, enterprise(1)]),
    "reader-xlsx-named.csv": lambda: workbook(Sheet([HEAD, enterprise(1)])),
    "reader-xls-named.xlsx": lambda: OLD,
    "reader-wps.et": lambda: OLD + "ETExtData".encode("utf-16-le"),
    "reader-password.xlsx": lambda: OLD + "EncryptedPackage".encode("utf-16-le"),
    "reader-web-page.xls": lambda: b"<html><body><table><tr><td>x</td></tr></table></body></html>",
    "words-odd-styles.xlsx": lambda: workbook(
        Sheet(
            [HEAD, enterprise(1)],
            after='<dataValidations count="x"/><extLst><ext uri="{x}"><x/></ext></extLst><conditionalFormatting/>',
        ),
        styles=f'<styleSheet xmlns="{MAIN}"><fills><fill><odd/></fill></fills></styleSheet>',
    ),
    "words-broken.xlsx": lambda: workbook(Sheet([HEAD, enterprise(1)]))[:1500],
    "words-broken-part.xlsx": lambda: workbook(Sheet([HEAD, enterprise(1, 企业名称=shared(7))])),
    "words-a-document.xlsx": lambda: archive(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>", "_rels/.rels": _relations({})}
    ),
    "words-half-a-letter.csv": lambda: text([HEAD, enterprise(1)], "gb18030")[:-3] + b"\xb3",
    "words-open-quote.csv": lambda: text([HEAD, enterprise(1, 企业名称='"沈阳')]),
}
"""The content of each list by its name."""


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name, made in LISTS.items():
        (FOLDER / name).write_bytes(made())
