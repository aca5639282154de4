"""The doors of operators: arguments of commands, and settings in the environment."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Final

from hypothesis import strategies as st

from bot.cli import session
from bot.cli.entry import COMMANDS, run
from bot.cli.faults import explained
from bot.cli.words import words as in_words
from storage.schema import upgrade
from talk.texts import Say
from tests.fuzz.harness import Door, Enter
from tests.fuzz.words import said, words
from tests.service.conftest import CITY as THE_CITY
from tests.service.conftest import FOOD, settle
from tests.town import SECRET

SERVING: Final = frozenset({"demo", "run", "chat", "serve", "backup", "restore", "start"})
"""Commands that do not end by themselves, or write where they are told."""

_options = st.sampled_from(
    (
        *(
            "--now",
            "--json",
            "--enterprise",
            "--district",
            "--status",
            "--stats",
            "--partial",
            "--role",
            "--for",
            "--all",
        ),
        *("--month", "--help", "--dry-run", "-x", "--", "--operator", "--list", "--void", "--limit", "--since"),
    )
)
_values = st.one_of(
    st.sampled_from(
        (
            *(
                "2023-06-05T09:00:00+08:00",
                "2023-06-05T09:00:00",
                "9999-12-31T23:59:59+14:00",
                "2023-06",
                "2023-13",
                "٣",
            ),
            *(
                "principal",
                "clerk",
                "浑南区",
                THE_CITY,
                FOOD,
                "1",
                "9" * 19,
                "-1",
                "list.csv",
                "enterprises",
                "hazards",
            ),
            *("workers", "list", "check", "show", "verify", "upgrade", "monthly-dispatch", "permit", "permissions"),
        )
    ),
    words.map(lambda text: text.replace("\0", "").replace("/", "").replace("\\", "")[:300]),
)
_lines = st.tuples(
    st.sampled_from(sorted(COMMANDS.keys() - SERVING)) | _values, st.lists(_options | _values, max_size=5)
)


def _is_argument(text: str) -> bool:
    try:
        return b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        return False


@contextmanager
def _commanded(folder: Path) -> Iterator[Enter]:
    os.chdir(folder)
    os.environ.update({"ANZHU_DATA_DIR": str(folder / "data"), "ANZHU_SECRET_KEY": SECRET, "LC_ALL": "zh_CN.UTF-8"})
    (folder / "data").mkdir()
    url = f"sqlite:///{folder / 'data' / 'anzhu.db'}"
    upgrade(url)
    settle(url, folder / "data")
    (folder / "list.csv").write_text("企业名称\n沈阳白桦", encoding="utf-8")
    unexpected = in_words(Say("cli-unexpected"))

    def enter(value: tuple[str, list[str]]) -> None:
        command, rest = value
        args = [arg for arg in (command, *rest) if _is_argument(arg)]
        if not args or args[0] in SERVING:
            return
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in "ab")
        sys.stdin = io.StringIO("")
        with redirect_stdout(out), redirect_stderr(err):
            code = run(args)
        shown, told = (stream.buffer.getvalue().decode() for stream in (out, err))
        assert code in {0, 1, 2}, code
        assert "Traceback" not in shown + told
        assert unexpected not in told, told
        assert told.count("\n") <= 1, told
        assert "\x1b" not in shown + told

    yield enter


_urls = st.one_of(
    words,
    st.builds(
        "{}://{}".format,
        st.sampled_from(("sqlite", "postgresql+psycopg", "mysql", "sqlite+pysqlite", "", "file")),
        words,
    ),
    st.sampled_from(
        ("sqlite:////", "sqlite:///:memory:", "postgresql+psycopg://u:p@[::1:99999/x", "postgresql+psycopg://h:x/d")
    ),
)
_settings = st.dictionaries(
    st.sampled_from(
        (
            *("DATABASE_URL", "SECRET_KEY", "PACK", "TIMEZONE", "CLOCK_START", "TELEGRAM_TOKEN", "TELEGRAM_API"),
            *("TELEGRAM_LIBRARY", "TELEGRAM_RATE", "DATA_DIR", "PHOTO_LOCATION"),
        )
    ),
    words.filter(lambda text: "\0" not in text)
    | _urls.filter(lambda text: "\0" not in text)
    | st.sampled_from(("inf", "nan", "-1")),
    max_size=4,
)


@contextmanager
def _set(folder: Path) -> Iterator[Enter]:
    os.chdir(folder)

    def enter(given: dict[str, str]) -> None:
        for name in list(os.environ):
            if name.startswith("ANZHU_"):
                del os.environ[name]
        for name, text in given.items():
            if _is_argument(text):
                os.environ[f"ANZHU_{name}"] = text
        try:
            chosen = session.settings()
        except Exception as error:  # noqa: BLE001  # the command line sees to any; how, is what is looked at
            what = explained(error).what
        else:
            assert 0 <= chosen.telegram_rate < 10**9
            return
        said(what)
        assert not isinstance(what, Say) or what.id != "cli-unexpected", what

    yield enter


DOORS: Final = (
    Door("the command line", _lines, _commanded, 10),
    Door("settings", _settings, _set),
)
