"""The registry of 300 as the rules see it, and the districts; read without any code of the import."""

import csv
from dataclasses import dataclass
from pathlib import Path

REGISTRY = Path(__file__).parents[1] / "data" / "enterprises-300.csv"

SECTORS = {
    "冶金": "metallurgy",
    "有色": "nonferrous",
    "建材": "building-materials",
    "机械": "machinery",
    "轻工": "light",
    "纺织": "textile",
    "烟草": "tobacco",
    "商贸": "commerce",
}
TAGS = {
    "金属冶炼": "metal-smelting",
    "工业煤气": "industrial-gas",
    "涉爆粉尘": "explosive-dust",
    "涉氨制冷": "ammonia",
    "有限空间": "confined-space",
    "动火": "hot-work",
    "外包外租": "outsourcing",
    "控制系统": "control-systems",
    "环保设施": "environmental-equipment",
    "人员密集场所": "crowded-place",
    "腌制造纸印染": "pickling-papermaking-dyeing",
}


@dataclass(frozen=True, slots=True)
class Enterprise:
    code: str
    district: str
    sector: str
    tags: frozenset[str]
    municipal: bool


def enterprises() -> list[Enterprise]:
    with REGISTRY.open(encoding="utf-8-sig", newline="") as file:
        return [
            Enterprise(
                row["统一社会信用代码"],
                row["所属区县"],
                SECTORS[row["行业"]],
                frozenset(TAGS[tag] for tag in row["风险标签"].split("、") if tag),
                row["监管单位"] == "沈阳市应急管理局",
            )
            for row in csv.DictReader(file)
        ]
