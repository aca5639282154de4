"""What the bot says of hot work by a standard says 参照 and which: the sentences of the chat walked one by one."""

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax import ast as ftl

from campaign.pack import load

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "talk" / "locales"
FILES = ("permit-talk.ftl", "permits.ftl")
BY_STANDARD = re.compile(
    r"级动火|级管理|最高级|最长\{|限值|范围\{|\$limit|\$least|级及以上大风应|取样已超过|休息超过|的上限|表A|“十不准”（|”的情形"
)
"""Words of a sentence that tells what a standard, or somebody's list, asks."""
ELSEWHERE = {
    "permit-level-upgraded": "says it in its own bracket",
    "permit-gas-good": "its limit is permit-limit",
    "permit-gas-value": "its limit is permit-limit",
    "permit-gate-shut": "the ten were shown with their source in the question before",
    "permit-why-wind": "the first half of permit-level-up",
}
SAID_BY = {
    "lasts": "permit-until-long",
    "fresh": "permit-sample-old",
    "pause": "permit-prompt-break-long",
    "stopped": "permit-stopped-hint",
    "wind": "permit-air-hint",
    "sample": "permit-level-name",
    "continuous": "permit-measures-hint",
}
"""The settings that the pack marks [R], each with the sentence in which a person reads it."""
ALWAYS = {
    *SAID_BY.values(),
    *("permit-level-plain", "permit-level-up", "permit-level-highest", "permit-level-upgraded", "permit-approver"),
    *("permit-surroundings-hint", "permit-hours-hint", "permit-hours-night", "permit-gate-shut"),
    *("permit-limit", "permit-limit-oxygen", "permit-gas-above", "permit-oxygen-out"),
    *("permit-prohibited", "permit-forbidden"),
}
BY_REFERENCE = {"zh-CN": "参照", "en": "y reference to"}


def sentences(language: str) -> dict[str, str]:
    """Return the sentences about hot work as they are written, by their ids."""
    found: dict[str, str] = {}
    for name in FILES:
        for entry in FluentParser().parse((LOCALES / language / name).read_text()).body:
            if isinstance(entry, ftl.Message):
                found[entry.id.name] = FluentSerializer().serialize_entry(entry)
    return found


def is_by_reference(language: str, words: str) -> bool:
    return re.search(BY_REFERENCE[language] + r"\s*\{ \$(standard|source) \}", words) is not None


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_what_a_standard_asks_is_said_by_reference_to_it(language: str) -> None:
    all_of_them = sentences(language)
    assert [name for name in sorted(ALWAYS) if not is_by_reference(language, all_of_them[name])] == []


def test_no_other_sentence_about_a_level_or_a_limit_leaves_its_standard_out() -> None:
    bare = {
        name
        for name, words in sentences("zh-CN").items()
        if BY_STANDARD.search(words.replace("{ ", "{")) and not is_by_reference("zh-CN", words)
    }
    assert bare - set(ELSEWHERE) == set()


def test_each_setting_that_comes_from_the_standard_has_its_sentence() -> None:
    pack = (ROOT / "campaign" / "packs" / "shenyang_2023" / "hot-work.yaml").read_text()
    assert set(re.findall(r"^ *(\w+): [^#\n]*\[R\]", pack, re.MULTILINE)) == set(SAID_BY)


def test_the_ten_prohibitions_name_whose_wording_they_are() -> None:
    rules = load("shenyang_2023").hot_work
    assert rules is not None
    assert "ynlf.gov.cn" in rules.prohibitions_source.zh
    old = {key: value for key, value in rules.as_json().items() if key != "prohibitions_source"}
    assert type(rules).stored(old).prohibitions_source.zh == "通行条文"
