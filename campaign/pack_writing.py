"""The files of a pack that is begun: one of its own, one that extends another, and the one of another year."""

from collections.abc import Mapping
from typing import Any, Final

import yaml

from campaign.pack_renewal import Renewal
from campaign.pack_schema import FILE

EDITOR: Final = f"# yaml-language-server: $schema={FILE}\n"
"""By this line an editor finds the schema beside the file."""

OWN: Final = """\
# 规则包：把一份通知写成数据。每写一段，运行 anzhu pack check 文件夹 检查。各键的说明见 docs/packs.zh-CN.md。
# 日期后面的标记：[N] 通知写明，[S] 法规写明，[D] 推定或自定。

name: {name}
title: 请填写行动的名称
document: 请填写文号
plan_name: 《方案》
city: 请填写城市
city_bureau: 请填写市应急管理局
zone: Asia/Shanghai
start: {year}-01-01 [D]
end: {year}-12-31 [D]

districts:
  - {{name: 请填写区县, bureau: 请填写区县应急管理局}}
sectors:
  - {{id: light, name: 轻工}}
tags:
  - {{id: hot-work, name: 动火}}

ladders:
  - id: enterprise
    rungs:
      - {{name: opens, when: opens, audience: [principal]}}
      - {{name: before-3, when: due - 3 days, audience: [principal]}}
      - {{name: due, when: due, audience: [principal]}}
      - {{name: after-3, when: due + 3 days, audience: [clerk], escalates: district}}

obligations:
  - id: monthly-check
    clause: 一
    title: "{{period}}安全检查"
    demand: 主要负责人每月至少带队检查一次
    owner: principal
    subject: enterprise
    minutes: 2
    form: plain
    ladder: enterprise
    variants:
      - {{cadence: monthly, due: "period end [D]"}}
"""
TABLE: Final = """\

annex:
  title: 请填写进展情况表的名称
  blocks:
    - {id: A, title: 总体情况}
  rows:
    - {block: A, row: 1, label: 企业自查发现的重大事故隐患（个）, counts: {ledger: [found-by-enterprise]}}
"""
UPON: Final = """\
# 本规则包沿用“{base}”，只写不同之处：drop 去掉，change 更改，其余照写即增加或替换。
# 核对：anzhu pack diff {base} 本文件夹；anzhu pack check 本文件夹；anzhu pack show 本文件夹

name: {name}
extends: {base}
"""


def begun(name: str, base: str | None, year: int) -> str:
    """Return the text of pack.yaml of a new pack, sound as it is: one of its own, or one upon another."""
    if base is not None:
        return EDITOR + UPON.format(name=name, base=base)
    return EDITOR + OWN.format(name=name, year=year) + TABLE


def renewed(found: Renewal) -> str:
    """Return the text of pack.yaml of the pack of another year, with what is to be looked at as comments."""
    lines = [
        EDITOR.rstrip("\n"),
        "# 由 anzhu pack renew 生成：日期按年顺延，其余沿用。",
        *(["# 以下各处请逐条核对，核对后删除本注释。"] if found.looks else []),
        *(f"# {look.way}: {' '.join(look.value.split())}（{_WHY[look.why]}）" for look in found.looks),
        "",
    ]
    stated: Mapping[str, Any] = {**found.states, **({"change": found.changes} if found.changes else {})}
    return "\n".join(lines) + yaml.safe_dump(dict(stated), allow_unicode=True, sort_keys=False, width=110)


_WHY: Final = {
    "no-day": "这一年没有这一天",
    "notice": "原通知或法规写明的日期",
    "no-week": "这一年没有这一周",
    "words": "文字里有年份或日期",
}
