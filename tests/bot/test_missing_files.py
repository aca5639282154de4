"""A file that is recorded and not on the disk is said to be so, wherever it is asked for."""

import shutil
from pathlib import Path

import pytest

from bot.channels.terminal import Terminal, address_of
from bot.demo import DemoDesk
from storage.files import FileStore
from talk.messages import FileRef, Outbound, Rejected
from talk.texts import Say
from tests.reports.test_inspection import photograph
from tests.town import Town

GONE = FileRef("ab" * 32, "现场.jpg", "image/jpeg", 10)


async def test_the_chat_says_so(sqlite_template: Path, tmp_path: Path) -> None:
    shutil.copy(sqlite_template, tmp_path / "anzhu.db")
    town = Town.found(f"sqlite:///{tmp_path}/anzhu.db", tmp_path)
    someone = town.newcomer("甲")
    file = town.app.file_store.keep(photograph(), "现场.jpg")
    await someone.attach(file)
    desk = DemoDesk(town.app, [])
    assert isinstance(await desk.open_file(someone.address, file.sha256), tuple)
    town.app.file_store.path(file.sha256).unlink()
    assert await desk.open_file(someone.address, file.sha256) == Say("file-gone", name="现场.jpg")
    town.app.close()


async def test_a_letter_with_it_is_refused_without_the_place_on_the_disk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = Terminal(address_of("甲"), FileStore(tmp_path), "zh-CN", None)  # type: ignore[arg-type]  # nothing is printed
    sent = await screen.send(screen.address, Outbound("", files=(GONE,)), None)
    assert sent == Rejected("it is no longer kept here", ours=True)
    assert capsys.readouterr().out == ""
