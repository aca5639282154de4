"""Files that are encrypted on the disk: who can read them, under which key, and what a change of them comes to."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import kept_files
from storage.files import Census, FileStore
from storage.keys import KeyRing
from storage.sealed_files import HEAD_BYTES, MAGIC, SpoiltFileError
from talk.messages import FileRef
from tests.samples import photo

OLD, NEW = b"s" * 32, b"t" * 32
TEXT = "会议纪要：张三 13800000000".encode()


def shelf(folder: Path, *secrets: bytes, encrypts: bool = True) -> FileStore:
    return FileStore(folder, keys=KeyRing.of(*secrets), encrypts=encrypts)


def put(store: FileStore, content: bytes = TEXT) -> FileRef:
    return store.keep_drawn(content, "纪要.txt")


def lying(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("encrypts", [False, True])
def test_what_is_kept_is_read_and_only_encrypted_it_says_nothing(tmp_path: Path, encrypts: bool) -> None:
    store = shelf(tmp_path, OLD, encrypts=encrypts)
    text, picture = put(store), store.keep(photo(), "现场.jpg")
    assert (text.size, store.read(text.sha256)) == (len(TEXT), TEXT)
    assert store.read(picture.sha256).startswith(b"\xff\xd8")
    assert (TEXT in store.path(text.sha256).read_bytes()) is not encrypts
    assert b"JFIF" in store.path(picture.sha256).read_bytes() or encrypts
    assert store.census(full=True) == Census(0 if encrypts else 2, 0, 0, 2)


def test_the_same_content_is_one_file_and_sealed_never_the_same_twice(tmp_path: Path) -> None:
    first, second = shelf(tmp_path / "a", OLD), shelf(tmp_path / "b", OLD)
    one, same, other = put(first), put(first), put(second)
    assert one == same == other
    assert len(lying(tmp_path / "a")) == 1
    assert first.path(one.sha256).read_bytes() != second.path(one.sha256).read_bytes()


def test_plain_files_of_before_stay_readable_and_are_sealed_when_sent_again(tmp_path: Path) -> None:
    file = put(FileStore(tmp_path))
    store = shelf(tmp_path, OLD)
    assert store.read(file.sha256) == TEXT
    assert not store.is_sealed(file.sha256)
    put(store)
    assert store.is_sealed(file.sha256)
    assert store.read(file.sha256) == TEXT


def test_a_setting_turned_off_leaves_what_is_sealed_readable(tmp_path: Path) -> None:
    file = put(shelf(tmp_path, OLD))
    off = shelf(tmp_path, OLD, encrypts=False)
    assert off.read(file.sha256) == TEXT
    put(off)
    assert off.renew() == (0, 0)
    assert off.is_sealed(file.sha256)


def test_a_rotated_key_opens_what_was_before_and_renewing_brings_it_under_the_new_one(tmp_path: Path) -> None:
    file = put(shelf(tmp_path, OLD))
    rotated = shelf(tmp_path, NEW, OLD)
    assert rotated.read(file.sha256) == TEXT
    assert rotated.census() == Census(0, 1, 0, 1)
    assert (rotated.renew(), rotated.renew()) == ((1, 0), (0, 0))
    assert shelf(tmp_path, NEW).read(file.sha256) == TEXT
    with pytest.raises(SpoiltFileError):
        shelf(tmp_path, OLD).read(file.sha256)


def test_encrypted_files_follow_a_new_key_also_where_the_setting_is_off(tmp_path: Path) -> None:
    sealed, plain = put(shelf(tmp_path, OLD)), put(FileStore(tmp_path), b"plain")
    off = shelf(tmp_path, NEW, OLD, encrypts=False)
    assert off.renew() == (1, 0)
    assert shelf(tmp_path, NEW).read(sealed.sha256) == TEXT
    assert not off.is_sealed(plain.sha256)


def test_a_kill_between_draft_and_replace_loses_nothing_and_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [put(FileStore(tmp_path), bytes([65 + number])) for number in range(5)]
    store = shelf(tmp_path, OLD)
    replace, moved = Path.replace, 0

    def killed(draft: Path, path: Path) -> Path:
        nonlocal moved
        moved += 1
        if moved > 2:
            raise KeyboardInterrupt
        return replace(draft, path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        patch.setattr(Path, "unlink", lambda *_, **__: None)  # who is killed clears nothing away
        with pytest.raises(KeyboardInterrupt):
            store.renew()
    assert len(lying(tmp_path)) == 6
    assert [store.read(file.sha256) for file in files] == [b"A", b"B", b"C", b"D", b"E"]
    assert store.renew() == (3, 0)
    assert store.census(full=True) == Census(0, 0, 0, 5)
    # The draft that was left goes with what is tidied away after a day.
    tomorrow = datetime.now(UTC) + timedelta(days=2)
    assert set(lying(tmp_path)) == set(kept_files.untouched(tmp_path, timedelta(days=1), tomorrow))


def test_renewing_makes_no_file_younger_and_brings_none_back(tmp_path: Path) -> None:
    file = put(FileStore(tmp_path))
    store = shelf(tmp_path, OLD)
    path = store.path(file.sha256)
    os.utime(path, (1_000_000, 1_000_000))
    assert store.renew() == (1, 0)
    assert path.stat().st_mtime == 1_000_000
    assert path.stat().st_mode & 0o077 == 0
    assert kept_files.remove(tmp_path, path)
    assert store.renew() == (0, 0)
    assert not path.exists()


def test_a_byte_changed_anywhere_is_refused(tmp_path: Path) -> None:
    store = shelf(tmp_path, OLD)
    file = put(store)
    path = store.path(file.sha256)
    sealed = path.read_bytes()
    for place in range(len(sealed)):
        path.write_bytes(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :])
        with pytest.raises(SpoiltFileError):
            store.read(file.sha256)
    for end in range(len(sealed)):
        path.write_bytes(sealed[:end])
        with pytest.raises(SpoiltFileError):
            store.read(file.sha256)
    path.write_bytes(sealed)
    assert store.read(file.sha256) == TEXT


def test_a_plain_file_that_was_changed_is_refused_and_mended_when_sent_again(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    file = put(store)
    store.path(file.sha256).write_bytes(TEXT + b" ")
    with pytest.raises(SpoiltFileError):
        store.read(file.sha256)
    assert store.census(full=True).spoilt == 1
    put(store)
    assert store.read(file.sha256) == TEXT


def test_a_sealed_file_opens_under_no_other_name(tmp_path: Path) -> None:
    store = shelf(tmp_path, OLD)
    mine, yours = put(store), put(store, b"yours")
    store.path(mine.sha256).write_bytes(store.path(yours.sha256).read_bytes())
    with pytest.raises(SpoiltFileError):
        store.read(mine.sha256)


def test_another_version_is_refused_and_a_plain_file_that_begins_like_one_is_read(tmp_path: Path) -> None:
    store = shelf(tmp_path, OLD)
    file = put(store)
    path = store.path(file.sha256)
    path.write_bytes(MAGIC + b"\x02" + path.read_bytes()[len(MAGIC) + 1 :])
    with pytest.raises(SpoiltFileError):
        store.read(file.sha256)
    content = MAGIC + b"\x01" * HEAD_BYTES
    assert store.read(put(FileStore(tmp_path), content).sha256) == content


def test_a_photo_whose_key_is_gone_says_nothing_of_when_it_was_taken(tmp_path: Path) -> None:
    picture = shelf(tmp_path, OLD).keep_drawn(photo(), "现场.jpg")
    assert shelf(tmp_path, NEW).taken(picture) is None


def test_files_are_not_kept_plain_for_want_of_a_key(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no keys"):
        FileStore(tmp_path, encrypts=True)
