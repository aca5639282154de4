"""The columns of the lists that come in: one dictionary for every import.

A head may write a name in any width, case and spacing, with a number before it (1.企业名称), with a star, a remark
in brackets or a unit (企业名称*, 职工人数（人）, 职工人数/人), or by one of its synonyms. A column under its own name
comes before one that only means it.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from talk.cleaning import compact, likeness

ENTERPRISE: Final = "企业名称"
CODE: Final = "统一社会信用代码"
DISTRICT: Final = "所属区县"
SECTOR: Final = "行业"
TAGS: Final = "风险标签"
PRINCIPAL: Final = "主要负责人"
OFFICER: Final = "安全管理人员"
SUPERVISOR: Final = "监管单位"
EMPLOYEES: Final = "职工人数"
SECTOR_DEPARTMENT: Final = "行业监管部门"
FIRM_PHONE: Final = "联系电话"
PRINCIPAL_PHONE: Final = "主要负责人电话"
OFFICER_PHONE: Final = "安全管理人员电话"
PHONES: Final = (PRINCIPAL_PHONE, OFFICER_PHONE, FIRM_PHONE)
ENTERPRISE_STATE: Final = "企业状态"

PLACE: Final = "地点"
CRITERION: Final = "判定标准条款"
DESCRIPTION: Final = "隐患描述"
SOURCE: Final = "来源"
FOUND: Final = "发现日期"
DEADLINE: Final = "整改期限"
STATE: Final = "状态"

PERSON: Final = "姓名"
TRADE: Final = "作业类别"
NUMBER: Final = "证号"
ISSUED: Final = "初领日期"
REVIEW: Final = "应复审日期"
VALID: Final = "有效期至"
PRESENCE: Final = "在岗状态"

_CALLED: Final = (
    *("电话", "电话号码", "联系电话", "联系方式", "手机", "手机号", "手机号码", "移动电话"),
    *("座机", "固定电话", "办公电话"),
)


def _telephones(*owners: str) -> tuple[str, ...]:
    """Return the names under which lists give a telephone of somebody."""
    return tuple(f"{owner}{form.format(called)}" for owner in owners for called in _CALLED for form in ("{}", "({})"))


SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    ENTERPRISE: ("单位名称", "所属企业"),
    CODE: ("信用代码",),
    SECTOR: ("所属行业",),
    PRINCIPAL: ("主要负责人姓名",),
    OFFICER: ("安全管理人员姓名",),
    FIRM_PHONE: _telephones("", "联系人", "企业", "单位", "公司", "企业联系", "单位联系"),
    PRINCIPAL_PHONE: _telephones("主要负责人", "负责人", "主要负责人联系", "负责人联系"),
    OFFICER_PHONE: _telephones("安全管理人员", "安全员", "安全管理人员联系", "安全员联系", "安全负责人"),
    ENTERPRISE_STATE: (
        *("状态", "经营状态", "生产状态", "生产经营状态", "登记状态", "存续状态", "运营状态", "企业经营状态"),
        *("企业登记状态", "目前状态", "当前状态"),
    ),
    DESCRIPTION: ("问题描述", "隐患内容", "隐患情况", "具体问题"),
    PERSON: ("持证人",),
    TRADE: ("工种",),
    NUMBER: ("证书编号", "操作证号", "特种作业操作证号"),
    ISSUED: ("发证日期", "初次领证日期"),
    REVIEW: ("复审日期", "下次复审日期"),
    VALID: ("有效期", "有效期限", "有效期止", "到期日期"),
}
"""Other names by which lists call a column."""

BEHIND: Final[Mapping[str, Mapping[str, str]]] = {
    FIRM_PHONE: {PRINCIPAL: PRINCIPAL_PHONE, OFFICER: OFFICER_PHONE},
}
"""A column that means another right behind one: 电话 behind 主要负责人 is the principal's."""

MANY: Final = frozenset({*PHONES, ENTERPRISE_STATE})
"""A list may have several columns of these: the first counts, and the others are named as left out."""

LONGEST: Final = 200
"""No name of a column has more characters, with all that stands beside it."""
_STARS: Final = "*★※●▲△☆"
_QUOTES: Final = "\"'“”‘’"
_NUMBERED: Final = re.compile(
    r"^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[.、)]|^[(][0-9一二三四五六七八九十]{1,2}[)]"
)
_TAIL: Final = re.compile(r"(?:(?:[/:]|单位:)[人名]|[,:]?(?:必填项?|选填项?|可不填|必须填写))$")
_REMARK: Final = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_OTHER_MATTER: Final = re.compile(r"电话|手机|座机|联系方式|号码|身份证|邮箱|签字|备注")
"""A remark that makes another column of it: 主要负责人（电话） has no names."""


class Columns:
    """The columns of one import, as a head may name them."""

    def __init__(self, required: Iterable[str], optional: Iterable[str] = ()) -> None:
        """A list without a `required` column is refused."""
        self.required = tuple(required)
        self.names = (*self.required, *optional)
        self._own = {likeness(name): name for name in self.names}
        self._synonyms = {likeness(synonym): name for name in self.names for synonym in SYNONYMS.get(name, ())}

    def meant_behind(self, column: str, before: str | None) -> str:
        """Return which column is meant by one that stands right behind another."""
        meant = BEHIND.get(column, {}).get(before or "", column)
        return meant if meant in self.names else column

    def named_by(self, cell: str) -> tuple[str, bool] | None:
        """The column that a cell of the head names, and whether by its own name; None where it names none of them."""
        if len(cell) > LONGEST:
            return None
        said = likeness(cell)
        if said in self._own:
            return self._own[said], True
        plain = likeness(_plain(compact(cell)))
        column = self._own.get(plain) or self._synonyms.get(plain)
        return None if column is None else (column, False)


def _plain(said: str) -> str:
    """A name without its number, stars, remarks and unit."""
    bare = _NUMBERED.sub("", said.strip(_QUOTES + _STARS))
    bare = _REMARK.sub(lambda found: found[0] if _OTHER_MATTER.search(found[0]) else "", bare)
    return _TAIL.sub("", bare.strip(f"{_QUOTES}{_STARS}:"))
