"""Modes: what a command writes is its user's alone, and the doctor says what others can read."""

import os
import stat
from pathlib import Path

import pytest

from storage import modes
from tests.cli.conftest import FOOD, THE_300, Anzhu


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def loose(folder: Path) -> set[str]:
    """Everything of a folder, and the folder, that others than its owner can reach by its mode."""
    return {str(path) for path in (folder, *folder.rglob("*")) if modes.is_open(path)}


def open_up(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_what_a_process_writes_is_its_users_alone_whatever_the_shell_says(bare: Anzhu, tmp_path: Path) -> None:
    note = tmp_path / "说明.txt"
    note.write_text("现场情况", encoding="utf-8")
    before = os.umask(0o000)
    try:
        assert bare.apart("import", "enterprises", str(THE_300)).code == 0
        invited = bare.apart("invite", "--role", "clerk", "--for", "浑南区", "--json").json
        said = f"/start {invited['code']}\n同意加入\n孙演九\nfile: {note}\n"
        assert bare.apart("chat", "--as", "new:孙演九", say=said).code == 0
        assert bare.apart("annex", "--month", "2023-06", "--out", str(tmp_path / "六月.xlsx")).code == 0
        assert bare.apart("invite", "--role", "principal", "--for", FOOD).code == 0
    finally:
        os.umask(before)
    assert {path.name for path in (tmp_path / "data").iterdir()} >= {"anzhu.db", "secret.key", "files"}
    assert loose(tmp_path / "data") == set()
    assert mode(tmp_path / "六月.xlsx") == 0o600


def test_a_file_that_was_open_to_all_is_closed_before_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "票.pdf"
    file.write_bytes(b"an older and longer one")
    file.chmod(0o644)
    modes.write(file, b"new")
    assert (mode(file), file.read_bytes()) == (0o600, b"new")


def test_what_is_no_plain_file_keeps_its_mode() -> None:
    before = mode(Path(os.devnull))
    modes.write(Path(os.devnull), b"x")
    assert mode(Path(os.devnull)) == before


def test_the_doctor_names_what_others_can_read_and_how_to_mend_it(bare: Anzhu, tmp_path: Path) -> None:
    bare.good("people")
    data = tmp_path / "data"
    assert "只有本用户能读写" in bare.good("doctor").out
    open_up(data)
    told = bare("doctor")
    (wrong,) = [line for line in told.out.splitlines() if line.startswith("异常")]
    assert told.code == 1
    assert str(data) in wrong
    command = wrong.partition("请运行：")[2]
    assert command == f"chmod -R go= {data} {data}/anzhu.db"
    assert os.system(command) == 0  # noqa: S605  # the very words that people are told to type
    assert loose(data) == set()
    assert bare("doctor").code == 0


def test_a_database_elsewhere_is_looked_at_too(bare: Anzhu, tmp_path: Path) -> None:
    bare.good("people")
    elsewhere = tmp_path / "elsewhere.db"
    bare.settings["ANZHU_DATABASE_URL"] = f"sqlite:///{elsewhere}"
    bare.good("people")
    elsewhere.chmod(0o640)
    assert f"首先是 {elsewhere}" in bare("doctor").out


def test_a_file_in_a_closed_folder_is_closed_whatever_its_own_mode(bare: Anzhu, tmp_path: Path) -> None:
    bare.good("people")
    (tmp_path / "data" / "anzhu.db").chmod(0o644)
    assert mode(tmp_path / "data") == 0o700
    assert bare("doctor").code == 0


def test_a_file_system_without_modes_is_said(bare: Anzhu, monkeypatch: pytest.MonkeyPatch) -> None:
    bare.good("people")
    real = os.fstat

    def without_modes(number: int) -> os.stat_result:
        found = real(number)
        return os.stat_result((found.st_mode | 0o777, *found[1:]))

    monkeypatch.setattr(os, "fstat", without_modes)
    assert "文件系统不分权限" in bare("doctor").out
