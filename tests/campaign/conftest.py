import pytest

from campaign.pack import Pack, load


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load("shenyang_2023")
