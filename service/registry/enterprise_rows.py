"""The lines of a bureau's sheet, read as enterprises: their cells unified, their faults named."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from typing import Final
from unicodedata import normalize

from campaign.enterprise_life import Event, State
from campaign.identity import CodeFault, code_fault, may_be_on_a_licence, normalise_code, unify_text
from campaign.pack import Counted, District, Pack
from campaign.roles import FIRM, OFFICER, PRINCIPAL
from service.imports import columns
from service.imports.columns import Columns
from service.imports.reader import SCIENTIFIC, Line
from storage.registry import Enterprise
from talk.cleaning import likeness
from talk.texts import Listed, Say

COLUMNS: Final = Columns(
    required=(
        columns.ENTERPRISE,
        columns.CODE,
        columns.DISTRICT,
        columns.SECTOR,
        columns.TAGS,
        columns.PRINCIPAL,
        columns.OFFICER,
        columns.SUPERVISOR,
        columns.EMPLOYEES,
    ),
    optional=(columns.SECTOR_DEPARTMENT, *columns.PHONES, columns.ENTERPRISE_STATE),
)


def columns_of(pack: Pack) -> Columns:
    """Return the columns of the registry, with those whose numbers give a tag by the pack."""
    counted = dict.fromkeys(tag.counted.column for tag in pack.tags if tag.counted is not None)
    further = [column for column in counted if column not in COLUMNS.names]
    optional = COLUMNS.names[len(COLUMNS.required) :]
    return Columns(COLUMNS.required, (*optional, *further)) if further else COLUMNS


_BETWEEN_TAGS: Final = re.compile(r"[、,;/|\s]+")
_NO_TAGS: Final = "无"
_WHOLE_NUMBER: Final = re.compile(r"([0-9]{1,7}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.0+)?[人名]?")


PHONES: Final = {
    PRINCIPAL: columns.PRINCIPAL_PHONE,
    OFFICER: columns.OFFICER_PHONE,
    FIRM: columns.FIRM_PHONE,
}
"""The columns of telephone numbers by whose they are."""
_WORDS: Final[Mapping[Event | None, str]] = {
    None: "正常 在营 在业 存续 开业 营业 正常营业 正常生产 正常经营 正常生产经营 生产 在产 正常运营 运营 登记成立",
    Event.RESUME: "复产 复工 复工复产 恢复生产 恢复经营 恢复营业 恢复生产经营",
    Event.SUSPEND: "停产 停业 歇业 停产停业 停工 停工停产 暂停生产 暂停营业 暂停经营 停止生产 停止经营 长期停产"
    " 季节性停产 临时停产 停运",
    Event.DEREGISTER: "注销 吊销 注销吊销 吊销营业执照 吊销未注销 关闭 撤销 解散",
    Event.MOVE: "迁出 迁出本市 外迁",
    Event.MERGE: "合并 兼并 被合并 被兼并 并入",
}
_STATES: Final = {
    likeness(form.format(word)): event
    for event, words in _WORDS.items()
    for word in words.split()
    for form in ("{}", "已{}", "{}状态", "{}中", "已经{}", "{}企业", "({})")
}
"""What lists call what has become of an enterprise; None: it goes on."""
_STATE_LENGTH: Final = 20
"""Characters that a report repeats of what it does not understand."""
_STATES_SHOWN: Final = Listed(tuple(Say("enterprise-state", state=state.value) for state in State))


@dataclass(frozen=True, slots=True)
class Stated:
    """A sound line: the enterprise as it says.

    `department_stated` is False where the sheet has no column of the sector's department; then the
    safety department stands in its place.
    """

    line: int
    enterprise: Enterprise
    department_stated: bool
    telephones: Mapping[str, str] = field(default_factory=dict[str, str])
    """Numbers by whose they are (`campaign.roles.CALLED`)."""
    event: Event | None = None
    """What has become of it, where the sheet says so."""
    at_work: bool = False
    """The sheet says that it goes on."""


class EnterpriseLines:
    """Reads the lines of one sheet by the names of a pack; an enterprise may come once."""

    def __init__(
        self, pack: Pack, licensed: AbstractSet[str] = frozenset(), known: AbstractSet[str] = frozenset()
    ) -> None:
        """`licensed` are the codes that a bureau says to stand so on a licence, `known` those of which it said so
        before.
        """
        self._pack = pack
        self._licensed = licensed
        self._known = known
        # A sheet of 50,000 lines repeats a few names: each is compared once.
        self._district = cache(pack.district_by_name)
        self._sector = cache(pack.sector_by_name)
        self._tag = cache(pack.tag_by_name)
        self._likeness = cache(likeness)
        self._districts = Listed(pack.district_names)
        self._sectors = Listed(tuple(sector.name for sector in pack.sectors))
        self._tags = Listed(tuple(tag.name for tag in pack.tags))
        self._lines: dict[str, int] = {}

    def stated(self, line: Line) -> Stated | None:
        """Return the enterprise of a line; None where the line is refused."""
        name = line.filled(columns.ENTERPRISE)
        code = self._code(line)
        district = line.known(
            columns.DISTRICT,
            self._district,
            lambda text: Say("imports-unknown-district", value=text, known=self._districts),
        )
        sector = line.known(
            columns.SECTOR, self._sector, lambda text: Say("imports-unknown-sector", value=text, known=self._sectors)
        )
        tags = self._tags_of(line)
        principal = line.person(columns.PRINCIPAL)
        officer = line.person(columns.OFFICER)
        supervisor = self._supervisor(line, district)
        employees = line.known(columns.EMPLOYEES, _number, lambda text: Say("imports-not-a-number", value=text))
        department = line.text(columns.SECTOR_DEPARTMENT)
        called = {whose: line.telephone(column) for whose, column in PHONES.items()}
        event, at_work = self._state(line)
        if line.refusals or district is None or sector is None or employees is None:
            return None
        return Stated(
            line.number,
            Enterprise(
                code=code,
                name=name,
                district=district.name,
                sector=sector.id,
                municipal=supervisor == self._pack.city_bureau,
                supervisor=supervisor,
                sector_department=department or supervisor,
                principal_name=principal,
                officer_name=officer,
                employees=employees,
                tags=tags,
                as_on_licence=code_fault(code) is not None,
            ),
            department_stated=line.has(columns.SECTOR_DEPARTMENT),
            telephones={whose: number for whose, number in called.items() if number is not None},
            event=event,
            at_work=at_work,
        )

    def _state(self, line: Line) -> tuple[Event | None, bool]:
        """Return what has become of an enterprise by its line, and whether it just goes on; what is not understood is
        told, and the line taken all the same.
        """
        said = line.plain(columns.ENTERPRISE_STATE)
        like = likeness(said)
        if said and like not in _STATES:
            shown = said if len(said) <= _STATE_LENGTH else f"{said[:_STATE_LENGTH]}……"
            line.warn(columns.ENTERPRISE_STATE, Say("imports-unknown-standing", value=shown, known=_STATES_SHOWN))
        return _STATES.get(like), like in _STATES and _STATES[like] is None

    def _code(self, line: Line) -> str:
        code = normalise_code(line.filled(columns.CODE))
        if not code:
            return ""
        fault = _fault(code)
        as_on_licence = code in self._licensed or code in self._known
        if fault is not None and not as_on_licence:
            line.refuse(columns.CODE, fault)
        elif code in self._lines:
            line.refuse(columns.CODE, Say("imports-repeated", value=code, first=self._lines[code]))
        else:
            self._lines[code] = line.number
            if fault is not None and code not in self._known:
                line.warn(columns.CODE, Say("imports-code-licence", value=code))
        return code

    def _tags_of(self, line: Line) -> frozenset[str]:
        counted = {tag.id: self._counts(line, tag.counted) for tag in self._pack.tags if tag.counted is not None}
        named = self._named_tags(line) - {tag for tag, holds in counted.items() if holds is False}
        return named | {tag for tag, holds in counted.items() if holds}

    def _counts(self, line: Line, counted: Counted) -> bool | None:
        """Whether the number in a line gives a tag; None where the list has no such column, or the cell is refused."""
        if not line.has(counted.column):
            return None
        text = line.text(counted.column)
        number = _number(text or "0")
        if number is None:
            line.refuse(counted.column, Say("imports-not-a-number", value=text))
            return None
        return bool(counted.number.holds(number))

    def _named_tags(self, line: Line) -> frozenset[str]:
        text = normalize("NFKC", line.text(columns.TAGS, spaced=True))
        words = [word for part in _BETWEEN_TAGS.split(text) if (word := unify_text(part))]
        if words == [_NO_TAGS]:
            return frozenset()
        tags = {word: self._tag(word) for word in words}
        if unknown := tuple(word for word, tag in tags.items() if tag is None):
            line.refuse(columns.TAGS, Say("imports-unknown-tag", value=Listed(unknown), known=self._tags))
        return frozenset(tag.id for tag in tags.values() if tag is not None)

    def _supervisor(self, line: Line, district: District | None) -> str:
        text = line.filled(columns.SUPERVISOR)
        if not text or district is None:
            return ""
        for bureau in (district.bureau, self._pack.city_bureau):
            if self._likeness(bureau) == self._likeness(text):
                return bureau
        line.refuse(
            columns.SUPERVISOR,
            Say(
                "imports-unknown-supervisor",
                value=text,
                bureau=district.bureau,
                city=self._pack.city_bureau,
            ),
        )
        return ""


def _fault(code: str) -> Say | None:
    if SCIENTIFIC.fullmatch(code):
        return Say("imports-code-number", value=code)
    fault = code_fault(code)
    if fault is not None and not may_be_on_a_licence(code):
        return (
            Say("imports-code-length", value=code, length=len(code))
            if fault is CodeFault.LENGTH
            else Say("imports-code-character", value=code)
        )
    match fault:
        case None:
            return None
        case CodeFault.LENGTH:
            return Say("imports-code-old", value=code)
        case CodeFault.CHARACTER:
            return Say("imports-code-letter", value=code)
        case CodeFault.CHECK:
            return Say("imports-code-check", value=code)


def _number(text: str) -> int | None:
    number = _WHOLE_NUMBER.fullmatch(likeness(text))
    return int(number[1].replace(",", "")) if number else None
