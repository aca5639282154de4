"""The way to a PostgreSQL server on another machine is encrypted, unless the address says otherwise."""

import pytest
from sqlalchemy import make_url

from storage.engine import _mode, is_encrypted, is_plain

NEAR = (
    "postgresql+psycopg://u@/d",
    "postgresql+psycopg://u@/d?host=%2Fvar%2Frun",
    "postgresql+psycopg://u@localhost/d",
    "postgresql+psycopg://u@127.0.0.1:5433/d",
    "postgresql+psycopg://u@[::1]/d",
)
FAR = (
    "postgresql+psycopg://u@db/d",
    "postgresql+psycopg://u@10.1.2.3/d",
    "postgresql+psycopg://u@/d?host=db,localhost",
)


@pytest.mark.parametrize("url", NEAR)
def test_on_this_machine_nothing_is_asked_for(url: str) -> None:
    assert (_mode(make_url(url)), is_encrypted(url), is_plain(url)) == ("", None, False)


@pytest.mark.parametrize("url", FAR)
def test_to_another_machine_it_must_be_encrypted(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (_mode(make_url(url)), is_encrypted(url), is_plain(url)) == ("require", False, False)
    more = "&" if "?" in url else "?"
    assert is_encrypted(f"{url}{more}sslmode=verify-full")
    assert is_plain(f"{url}{more}sslmode=disable")
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert is_encrypted(url)
