"""The step to files that are kept for a time, tried on files that are out there."""

from datetime import timedelta

from storage import kept_files
from storage.engine import open_database
from talk.messages import FileRef
from tests.storage.conftest import NOW, upgraded_with

PHOTO = FileRef("abcd" * 16, "现场.jpg", "image/jpeg", 9)
ROWS = """
INSERT INTO people (id, name, language, joined_at) VALUES (1, '甲', 'zh-CN', '2023-06-01 01:00:00.000000');
INSERT INTO files (sha256, mime, size, kept_at)
    VALUES ('abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd',
        'image/jpeg', 9, '2023-06-01 01:00:00.000000');
INSERT INTO files (sha256, mime, size, kept_at)
    VALUES ('cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd',
        'text/plain', 7, '2023-06-02 01:00:00.000000')
"""
AGES = timedelta(days=36_500)


def test_files_from_before_stay_as_long_as_something_refers_to_them(database_url: str) -> None:
    upgraded_with(database_url, "0014", ROWS)
    database = open_database(database_url)
    assert database.look(lambda conn: kept_files.over(conn, NOW + AGES)) == []
    # Nor do they end when one is sent out for a time, or when somebody leaves; what is lent anew does.
    drawn = FileRef("ef" * 32, "我的资料.txt", "text/plain", 5)
    for file in (PHOTO, drawn):
        database.run(lambda conn, file=file: kept_files.lend(conn, file, NOW, NOW, own_data_of=1))  # type: ignore[misc]  # bound now
    database.run(lambda conn: kept_files.recall(conn, 1, NOW))
    assert database.look(lambda conn: kept_files.over(conn, NOW + AGES)) == [(drawn.sha256, True)]
    database.close()
