"""What a gas detector shows, as a share of volume (体积分数, % vol), in which the limits are given."""

from datetime import datetime
from decimal import Decimal
from typing import Final

from campaign.applications import SHARE_STEP
from campaign.hot_work import Gas, HotWork
from campaign.permit_life import Sample
from talk.shares import Reading, Unit

DOUBTED_ABOVE: Final = Decimal(1)
"""% without more, of a combustible gas: above this it is most likely %LEL, below it either would be read as % vol,
which errs to the safe side.
"""
_PPM: Final = Decimal(10_000)
_WHOLE: Final = Decimal(100)


def in_doubt(gas: Gas, reading: Reading) -> bool:
    """Whether a reading may be % vol or %LEL, so that whoever took it has to say."""
    return gas.lel is not None and reading.unit is Unit.PERCENT and reading.value > DOUBTED_ABOVE


def share(gas: Gas, reading: Reading) -> Decimal | None:
    """A reading in % vol, a percentage without more taken for that; None for what no gas can have."""
    match reading.unit:
        case Unit.LEL:
            if gas.lel is None or reading.value > _WHOLE:
                return None
            value = reading.value * gas.lel / _WHOLE
        case Unit.PPM:
            value = reading.value / _PPM
        case _:
            value = reading.value
    return None if value > _WHOLE else value.quantize(SHARE_STEP).normalize() + 0


def sample(rules: HotWork, gas: Gas, value: Decimal, taken_at: datetime) -> Sample:
    """A sample of a gas, value in % vol, held against the limits."""
    return Sample(taken_at, gas.id, value, rules.within(gas, value))
