"""Readings of a detector as shares of volume, and what the pack suggests for a job."""

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.gases import in_doubt, sample, share
from campaign.hot_work import HotWork
from campaign.pack import load
from campaign.pack_check import check
from campaign.pack_file import folder_of
from talk.shares import Reading, Unit
from talk.texts import CHINESE, render
from tests.dialogs.talker import NOW

PACK = load("shenyang_2023")
assert PACK.hot_work is not None
RULES: HotWork = PACK.hot_work


@pytest.mark.parametrize(
    ("gas", "value", "unit", "volume"),
    [
        ("methane", "0.05", Unit.PERCENT, "0.05"),
        ("methane", "5", Unit.LEL, "0.25"),
        ("methane", "100", Unit.LEL, "5"),
        ("lpg", "10", Unit.LEL, "0.15"),
        ("methane", "300", Unit.PPM, "0.03"),
        ("oxygen", "20.9", Unit.PERCENT, "20.9"),
        ("methane", "0", Unit.LEL, "0"),
    ],
)
def test_a_reading_is_a_share_of_volume(gas: str, value: str, unit: Unit, volume: str) -> None:
    found = share(RULES.gas(gas), Reading(Decimal(value), unit))
    assert found is not None
    assert f"{found:f}" == volume


def test_what_no_gas_can_have_is_no_share() -> None:
    assert share(RULES.gas("methane"), Reading(Decimal(101), Unit.LEL)) is None
    assert share(RULES.gas("methane"), Reading(Decimal(101), Unit.VOLUME)) is None
    assert share(RULES.gas("oxygen"), Reading(Decimal(5), Unit.LEL)) is None


def test_only_a_bare_percentage_of_a_combustible_gas_above_one_is_in_doubt() -> None:
    methane, oxygen = RULES.gas("methane"), RULES.gas("oxygen")
    assert in_doubt(methane, Reading(Decimal("1.1"), Unit.PERCENT))
    assert not in_doubt(methane, Reading(Decimal(1), Unit.PERCENT))
    assert not in_doubt(methane, Reading(Decimal(5), Unit.VOLUME))
    assert not in_doubt(oxygen, Reading(Decimal("20.9"), Unit.PERCENT))


@given(st.sampled_from([one.id for one in RULES.gases if one.lel]), st.decimals(0, 1, places=4))
def test_a_number_taken_for_the_wrong_unit_never_opens_a_gate(gas: str, number: Decimal) -> None:
    """Without a unit and up to 1 it is taken for % vol, which is the more of the two."""
    one = RULES.gas(gas)
    volume, lel = (share(one, Reading(number, unit)) for unit in (Unit.PERCENT, Unit.LEL))
    assert volume is not None
    assert lel is not None
    assert lel <= volume
    assert sample(RULES, one, lel, NOW).ok or not sample(RULES, one, volume, NOW).ok


def test_rules_are_the_same_after_a_conversation_has_kept_them() -> None:
    assert HotWork.stored(json.loads(json.dumps(RULES.as_json()))) == RULES


def test_what_is_suggested_depends_on_the_job() -> None:
    def suggested(*facts: str) -> set[str]:
        return {one.id for one in RULES.measures if one.fits(frozenset(facts))}

    always = {"extinguishers", "nearby", "cleared", "crossing", "cordon"}
    assert suggested() == always
    assert suggested("way/gas") == always | {"cylinders"}
    assert suggested("way/arc", "level/special") == always | {"machine", "video"}
    assert {one.id for one in RULES.risks if one.fits(frozenset({"other/height"}))} == {
        "fire", "burn", "fall", "strike",
    }  # fmt: skip


def test_a_suggestion_for_what_is_not_there_is_a_fault_of_the_pack(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(folder_of("shenyang_2023"), folder)
    file = folder / "hot-work.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("when: [way/gas]", "when: [way/gass]"), encoding="utf-8")
    (problem,) = check(folder)
    assert "没有定义“way/gass”" in render(problem.what, CHINESE)
