"""The secret key: where it may lie, and what is said of a place that gives none."""

import base64
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Anzhu
from tests.town import SECRET


@pytest.fixture
def keyless(anzhu: Anzhu) -> Anzhu:
    """Give an installation whose key is still to be said."""
    del anzhu.environment["ANZHU_SECRET_KEY"]
    return anzhu


def key_finding(anzhu: Anzhu) -> tuple[str, str]:
    (found,) = [one for one in anzhu("doctor", "--json").json if one["check"] == "key"]
    return found["state"], found["detail"]


def a_file(folder: Path, text: str = SECRET) -> Path:
    file = folder / "elsewhere" / "key"
    file.parent.mkdir()
    file.write_text(f"{text}\n", encoding="ascii")
    return file


def test_the_key_lies_in_a_file_out_of_the_data_folder(keyless: Anzhu, tmp_path: Path) -> None:
    keyless.environment["ANZHU_DATA_DIR"] = str(tmp_path / "data")
    keyless.settings["ANZHU_SECRET_KEY_FILE"] = str(a_file(tmp_path))
    keyless.good("people")
    assert not (tmp_path / "data" / "secret.key").exists()
    state, told = key_finding(keyless)
    assert (state, "放在一起" in told) == ("ok", False)


def test_the_doctor_warns_of_a_key_beside_the_data(keyless: Anzhu, tmp_path: Path) -> None:
    keyless.settings["ANZHU_SECRET_KEY_FILE"] = str(a_file(tmp_path))
    state, told = key_finding(keyless)
    assert (state, "放在一起" in told) == ("note", True)


def test_systemd_hands_the_key_over(keyless: Anzhu, tmp_path: Path) -> None:
    keyless.environment["ANZHU_DATA_DIR"] = str(tmp_path / "data")
    keyless.settings["CREDENTIALS_DIRECTORY"] = str(tmp_path)
    (tmp_path / "anzhu-secret-key").write_text(SECRET, encoding="ascii")
    keyless.good("people")
    assert not (tmp_path / "data" / "secret.key").exists()
    assert key_finding(keyless)[0] == "ok"


def test_a_program_prints_the_key_and_no_shell_reads_its_words(keyless: Anzhu, tmp_path: Path) -> None:
    keyless.settings["ANZHU_SECRET_KEY_COMMAND"] = f"{sys.executable} -c \"print('{SECRET}')\" ; touch {tmp_path}/x"
    keyless.good("people")
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("COMMAND", "/nowhere/kms", "ANZHU_SECRET_KEY_COMMAND 没有给出密钥"),
        ("COMMAND", "false", "ANZHU_SECRET_KEY_COMMAND 没有给出密钥（1）"),
        ("COMMAND", "'", "ANZHU_SECRET_KEY_COMMAND 没有给出密钥"),
        ("COMMAND", "true", "ANZHU_SECRET_KEY_COMMAND 不正确"),
        ("COMMAND", "echo 密钥", "ANZHU_SECRET_KEY_COMMAND 不正确"),
        ("FILE", "/nowhere/key", "密钥文件 /nowhere/key 读不了"),
        ("FILE", "/dev/null", "/dev/null 不正确"),
        ("FILE", "/", "密钥文件 / 读不了"),
    ],
)
def test_a_place_that_gives_no_key_is_named(keyless: Anzhu, name: str, value: str, told: str) -> None:
    keyless.settings[f"ANZHU_SECRET_KEY_{name}"] = value
    assert told in keyless.refused("people")


def test_two_places_at_once_are_refused(anzhu: Anzhu) -> None:
    anzhu.settings["ANZHU_SECRET_KEY_FILE"] = "/dev/null"
    assert "只能设置一个" in anzhu.refused("people")


def test_an_invitation_made_with_a_key_that_is_retired_is_still_good(june: Anzhu) -> None:
    code = june.good("invite", "--role", "clerk", "--for", "浑南区", "--json").json["code"]
    fresh = base64.urlsafe_b64encode(b"t" * 32).decode()
    june.settings["ANZHU_SECRET_KEY"] = fresh
    assert "邀请码" in june.good("chat", "--as", "new:a", say=f"/start {code}\n").out
    june.settings["ANZHU_SECRET_KEY"] = f"{fresh} {SECRET}"
    assert "同意加入" in june.good("chat", "--as", "new:b", say=f"/start {code}\n").out
