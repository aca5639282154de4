"""The secret key: where it may lie, and what is said of a place that gives none."""

import base64
import csv
import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import App
from bot.keys import fresh, put_first, write, written
from bot.settings import Settings
from storage import audit_chain
from storage.audit_chain import OtherKeyError
from storage.engine import open_database
from storage.keys import Key
from storage.tables import audit, inbox
from tests.cli.conftest import FOOD, JUNE, THE_300, Anzhu, Join
from tests.service.welders import number
from tests.town import SECRET, Town


@pytest.fixture
def keyless(anzhu: Anzhu) -> Anzhu:
    """Give an installation whose key is still to be said."""
    del anzhu.environment["ANZHU_SECRET_KEY"]
    return anzhu


def key_finding(anzhu: Anzhu) -> tuple[str, str]:
    (found,) = [one for one in anzhu("doctor", "--json").json if one["check"] == "key"]
    return found["level"], found["detail"]


def a_file(folder: Path, text: str = SECRET) -> Path:
    file = folder / "elsewhere" / "key"
    file.parent.mkdir()
    file.write_text(f"{text}\n", encoding="ascii")
    return file


def workers_of(folder: Path, registry: Path) -> Path:
    """A list with one welder of the first enterprise of a registry."""
    with registry.open(encoding="utf-8") as lines:
        first = next(csv.DictReader(lines))
    cells = {"统一社会信用代码": first["统一社会信用代码"], "姓名": "何演松", "作业类别": "焊接与热切割作业"}
    cells |= {"证号": number(1), "初领日期": "2020-03-01"}
    file = folder / "workers.csv"
    file.write_text(f"{','.join(cells)}\n{','.join(cells.values())}\n", encoding="utf-8")
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
    assert (state, "放在一起" in told) == ("warning", True)


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
        ("COMMAND", "'", "ANZHU_SECRET_KEY_COMMAND 的引号不成对"),
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
    assert "密钥不是封存审计记录的那一把" in june.refused("chat", "--as", "new:a", say=f"/start {code}\n")
    june.settings["ANZHU_SECRET_KEY"] = f"{fresh} {SECRET}"
    assert "同意加入" in june.good("chat", "--as", "new:b", say=f"/start {code}\n").out


def begun(keyless: Anzhu, tmp_path: Path) -> Path:
    """Set a key in a file, and import ten enterprises and a worker; give the file."""
    file = a_file(tmp_path)
    keyless.settings |= {"ANZHU_SECRET_KEY_FILE": str(file), "ANZHU_CLOCK_START": JUNE}
    registry = tmp_path / "registry.csv"
    registry.write_text("\n".join(THE_300.read_text(encoding="utf-8").splitlines()[:11]), encoding="utf-8")
    keyless.good("import", "enterprises", str(registry))
    keyless.good("import", "workers", str(workers_of(tmp_path, registry)))
    return file


def test_a_rotated_key_opens_what_was_before_and_seals_what_comes(keyless: Anzhu, tmp_path: Path) -> None:
    file = begun(keyless, tmp_path)
    code = keyless.good("invite", "--role", "clerk", "--for", "浑南区", "--json").json["code"]
    (before,) = keyless.good("key", "list", "--json").json
    done = keyless.good("key", "rotate", "--json").json
    assert (done["certificates"], done["factors"]) == (1, 0)
    assert file.stat().st_mode & 0o077 == 0
    listed = keyless.good("key", "list", "--json").json
    assert [(one["id"], one["state"]) for one in listed] == [(done["key"], "current"), (before["id"], "retired")]
    assert keyless.good("key", "renew", "--json").json == {
        "key": done["key"],
        "certificates": 0,
        "telephones": 0,
        "factors": 0,
        "files": 0,
        "spoilt": 0,
    }
    assert "完整" in keyless.good("audit", "verify").out
    assert "同意加入" in keyless.good("chat", "--as", "new:a", say=f"/start {code}\n").out
    # The same list again changes nothing: everybody of the register is known again under the new key.
    assert keyless.good("import", "workers", str(tmp_path / "workers.csv"), "--json").json["unchanged"]


def seals_finding(anzhu: Anzhu) -> tuple[str, str]:
    (found,) = [one for one in anzhu("doctor", "--json").json if one["check"] == "seals"]
    return found["level"], found["detail"]


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "place", ["storage.workers.reseal", "storage.factors.everyone", "storage.files.FileStore.renew"]
)
def test_a_rotation_that_is_killed_half_way_loses_nothing_and_renew_goes_on(
    keyless: Anzhu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    begun(keyless, tmp_path)
    assert seals_finding(keyless)[0] == "ok"

    class Killed(BaseException):
        """Ends everything at once."""

    def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(place, killed)
        with pytest.raises(Killed):
            keyless("key", "rotate")
    (new, old) = keyless.good("key", "list", "--json").json
    # What comes now is sealed with the new key, and the doctor knows of what is still under the old one.
    keyless.good("tick")
    left = 0 if place.endswith("renew") else 1
    assert seals_finding(keyless)[0] == ("warning" if left else "ok")
    renewed = keyless.good("key", "renew", "--json").json
    assert (renewed["key"], renewed["certificates"]) == (new["id"], left)
    assert seals_finding(keyless)[0] == "ok"
    assert keyless.good("import", "workers", str(tmp_path / "workers.csv"), "--json").json["unchanged"]
    assert "完整" in keyless.good("audit", "verify").out
    assert [one["id"] for one in keyless.good("key", "list", "--json").json] == [new["id"], old["id"]]


def test_two_rotations_at_once_lose_no_key(tmp_path: Path) -> None:
    file = a_file(tmp_path)
    fresh_ones = [Key(fresh()) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(partial(put_first, file), fresh_ones))
    kept = file.read_text(encoding="ascii").split()
    assert kept[-1] == SECRET
    assert set(kept) == {SECRET, *(written(one.secret) for one in fresh_ones)}


def test_a_file_that_is_full_of_keys_takes_no_more_and_stays_readable(keyless: Anzhu, tmp_path: Path) -> None:
    file = a_file(tmp_path, "\n".join([*(written(fresh()) for _ in range(99)), SECRET]))
    before = file.read_bytes()
    keyless.settings["ANZHU_SECRET_KEY_FILE"] = str(file)
    assert "已有100把密钥" in keyless.refused("key", "rotate")
    assert file.read_bytes() == before
    keyless.good("people")


async def test_a_process_without_the_new_key_acknowledges_nothing_and_apologises_to_nobody(
    tmp_path: Path, current_database_url: str
) -> None:
    town = Town.found(current_database_url, tmp_path)
    with closing(town.app):
        person = town.newcomer("城演市")
        before = town.app.database.look(lambda conn: conn.execute(select(inbox.c.update_id)).all())
        two = Settings(data_dir=tmp_path, database_url=current_database_url, secret_key=f"{written(fresh())} {SECRET}")
        with closing(App(two)) as other:
            other.use(lambda uow: uow.note("left", "person/2"))
        with pytest.raises(OtherKeyError):
            await person.say("/start K7Q4-M2PX")
        assert town.app.database.look(lambda conn: conn.execute(select(inbox.c.update_id)).all()) == before
        assert person.look() == ""


def files_finding(anzhu: Anzhu, *more: str) -> tuple[str, str]:
    (found,) = [one for one in anzhu("doctor", "--json", *more).json if one["check"] == "files"]
    return found["level"], found["detail"]


def send(anzhu: Anzhu, folder: Path, text: str) -> Path:
    """Let somebody who joined send a text; return where it is kept."""
    (folder / "note.txt").write_text(text, encoding="utf-8")
    anzhu.good("chat", "--as", "1", say=f"file: {folder}/note.txt\n")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return folder / "files" / sha256[:2] / sha256


def test_files_are_encrypted_when_the_setting_says_so_and_brought_under_each_new_key(
    june: Anzhu, join: Join, tmp_path: Path, current_database_url: str
) -> None:
    join("郑演丙", "principal", FOOD)
    before = send(june, tmp_path, "以前的会议纪要")
    assert files_finding(june) == ("ok", "存着的文件1个，不加密（ANZHU_ENCRYPT_FILES）。")
    june.settings["ANZHU_ENCRYPT_FILES"] = "yes"
    after = send(june, tmp_path, "现在的会议纪要")
    assert "会议纪要".encode() not in after.read_bytes()
    assert files_finding(june) == (
        "warning",
        "存着的文件有1个没有加密，0个用的是已停用的密钥。请运行 anzhu key renew。",
    )
    assert june.good("key", "renew", "--json").json["files"] == 1
    assert "会议纪要".encode() not in before.read_bytes()
    assert files_finding(june, "--full") == ("ok", "存着的文件2个，都已用在用密钥加密。")

    made = june.good("key", "make").out.strip()
    june.settings["ANZHU_SECRET_KEY"] = f"{made} {SECRET}"
    assert "2个用的是已停用的密钥" in files_finding(june)[1]
    assert "、文件2个。" in june.good("key", "renew").out
    assert june.good("key", "renew", "--json").json["files"] == 0

    with closing(open_database(current_database_url)) as database:
        events = select(audit.c.data).where(audit.c.event == "files-renewed").order_by(audit.c.id)
        noted = database.look(lambda conn: conn.execute(events).scalars().all())
    assert noted == [{"files": 1, "spoilt": 0}, {"files": 2, "spoilt": 0}]

    changed = bytearray(after.read_bytes())
    changed[-1] ^= 1
    after.write_bytes(changed)
    assert files_finding(june)[0] == "ok"
    state, told_of = files_finding(june, "--full")
    assert (state, "有1个打不开" in told_of) == ("error", True)


def test_files_whose_key_is_gone_are_counted_and_left_alone(june: Anzhu, join: Join, tmp_path: Path) -> None:
    june.settings["ANZHU_ENCRYPT_FILES"] = "yes"
    join("郑演丙", "principal", FOOD)
    kept = send(june, tmp_path, "会议纪要")
    june.good("key", "renew")
    sealed = kept.read_bytes()
    # As after a rotation in which the old key was not kept, once the log is under the new one.
    made = june.good("key", "make").out.strip()
    june.settings["ANZHU_SECRET_KEY"] = f"{made} {SECRET}"
    june.good("tick")
    kept.write_bytes(sealed)
    june.settings["ANZHU_SECRET_KEY"] = made
    state, told = files_finding(june)
    assert (state, "有1个打不开" in told) == ("error", True)
    done = june("key", "renew")
    assert (done.code, "有1个打不开：密钥不在" in done.err) == (1, True)
    assert kept.read_bytes() == sealed


def test_a_process_that_runs_takes_up_the_new_key(tmp_path: Path, current_database_url: str) -> None:
    file = a_file(tmp_path)
    settings = Settings(data_dir=tmp_path, database_url=current_database_url, secret_key_file=file)
    with closing(App(settings)) as running:
        old = running.context.keys.current
        running.use(lambda uow: uow.note("left", "person/1"))
        write(file, [Key(fresh()), old])
        with closing(App(settings)) as other:
            other.use(lambda uow: uow.note("left", "person/2"))
        running.use(lambda uow: uow.note("left", "person/3"))
        running.use(lambda uow: uow.note("left", "person/4"))
        assert running.context.keys.current != old
        verdict = running.look(lambda uow: audit_chain.verify(uow.conn, uow.context.keys))
    assert verdict.state == "whole"


def test_a_key_that_comes_from_elsewhere_is_not_ours_to_change(anzhu: Anzhu) -> None:
    assert "anzhu key renew" in anzhu.refused("key", "rotate")
    made = anzhu.good("key", "make").out.strip()
    anzhu.environment["ANZHU_SECRET_KEY"] = f"{made} {SECRET}"
    assert anzhu.good("key", "renew").out.startswith("在用密钥")
