"""`anzhu start`: nothing is done before the second yes, all of it after, and what is cut off goes on."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import clockwork, env_file
from bot.cli import session, start
from tests.cli.conftest import THE_300, Anzhu

CLOCK = datetime(2023, 6, 5, 1, tzinfo=UTC)


@pytest.fixture
def begin(anzhu: Anzhu, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a whole command line on 5 June 2023, with ten enterprises."""
    monkeypatch.setattr(clockwork, "now", lambda: CLOCK)
    file = anzhu.folder / "registry.csv"
    file.write_text("\n".join(THE_300.read_text(encoding="utf-8").splitlines()[:11]), encoding="utf-8")
    line = f"start --pack shenyang_2023 --owed-from 2023-06-06 --env {anzhu.folder / 'my.env'} --clerk 浑南区=孙演清"
    return [*line.split(), "--registry", str(file)]


def test_it_begins_on_a_second_yes_and_once(anzhu: Anzhu, begin: list[str]) -> None:
    env = anzhu.folder / "my.env"
    env.write_text("# ours\nANZHU_SECOND_FACTOR=staff\nANZHU_PACK=other\n", encoding="utf-8")
    tried = anzhu(*begin)
    assert (tried.code, "没有写入任何内容" in tried.err) == (2, True), tried
    assert "以上都没有发送。" in tried.out
    assert "　6月调度确认：10项" in tried.out
    assert "　2023年6月6日：给企业10条" in tried.out
    assert "请您填报9项任务" in tried.out
    assert anzhu.good("enterprises", "--json").json == []
    assert "other" in env.read_text(encoding="utf-8")
    done = anzhu.good(*begin, "--yes")
    assert "anzhu invite --role clerk --for 浑南区    # 孙演清" in done.out
    assert len(anzhu.good("enterprises", "--json").json) == 10
    text = env.read_text(encoding="utf-8")
    assert text.startswith("# ours\nANZHU_SECOND_FACTOR=staff\nANZHU_PACK=shenyang_2023\nANZHU_OWED_FROM=2023-06-06\n")
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    assert "这里已经启用" in anzhu.refused(*begin, "--yes")


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
def test_what_was_cut_off_goes_on(anzhu: Anzhu, begin: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(session, "bring_up_to_date", _interrupted)
        assert anzhu(*begin, "--yes").code == 130
    assert env_file.names(anzhu.folder / "my.env") == ["ANZHU_PACK", "ANZHU_OWED_FROM", "ANZHU_DATA_DIR"]
    assert "接着办" in anzhu.good(*begin, "--yes").out
    assert len(anzhu.good("enterprises", "--json").json) == 10


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
def test_bad_input_is_one_line_and_writes_nothing(
    anzhu: Anzhu, begin: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for wrong, said in (
        (("--pack", "no-such"), "no-such"),
        (("--owed-from", "2024-01-01"), "不在行动期间"),
        (("--owed-from", "6月5日"), "看不懂日期"),
        (("--clerk", "火星区=某人"), "火星区"),
        (("--clerk", "浑南区"), "区县=姓名"),
        (("--registry", "missing.csv"), "missing.csv"),
    ):
        assert said in anzhu.refused(*begin, *wrong, "--yes"), wrong
    assert "--registry" in anzhu.refused(*begin[:-2])
    faulty = anzhu.folder / "faulty.csv"
    faulty.write_text(Path(begin[-1]).read_text(encoding="utf-8").replace("9121", "0000", 1), encoding="utf-8")
    assert "名录有误" in anzhu(*begin, "--registry", str(faulty), "--yes").err
    with monkeypatch.context() as patch:
        patch.setattr(clockwork, "now", lambda: datetime(2026, 12, 1, tzinfo=UTC))
        assert "anzhu pack renew" in anzhu.refused(*begin, "--yes")
    assert not (anzhu.folder / "my.env").exists()
    assert anzhu.good("enterprises", "--json").json == []


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
def test_at_a_terminal_what_is_wrong_is_asked_again(
    anzhu: Anzhu, begin: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "_at_terminal", lambda: True)
    asked = [*begin[:3], *begin[5:]]
    before = anzhu(*asked, say="6月5日\n\n")
    assert "看不懂日期" in before.err
    assert "2023-06-06" in before.out
    assert not (anzhu.folder / "my.env").exists()
    done = anzhu(*asked, say="\n" + "是\n" * 20)
    assert done.code == 0, done
    assert "已启用" in done.out


def _interrupted(_: object) -> None:
    raise KeyboardInterrupt
