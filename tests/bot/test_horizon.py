"""What runs out one day is told before it does: by the doctor, and by the log of `anzhu run`."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import ValidationError

from bot import horizon
from bot.in_force import in_force
from bot.settings import Settings, SettingsError
from campaign import workdays
from campaign.pack import load
from talk.texts import CHINESE, render

PACK = load("shenyang_2023")
NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)


def certificate(file: Path, until: datetime) -> Path:
    """Write a certificate that holds until then."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, until - timedelta(days=900), until)
    file.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return file


@pytest.mark.parametrize(
    ("day", "near"), [((2026, 10, 30), False), ((2026, 11, 2), True), ((2027, 1, 1), True), ((2023, 6, 5), False)]
)
def test_data_that_runs_out_the_calendar_two_months_before_its_end(day: tuple[int, int, int], near: bool) -> None:
    told = horizon.holidays(datetime(*day, 9, tzinfo=UTC))
    said = render(told.what, CHINESE)
    assert told.near is near
    assert "2026年12月31日" in said
    assert ("ANZHU_HOLIDAYS" in said) is near


@pytest.mark.parametrize(
    ("moment", "near"), [(datetime(2023, 12, 31, tzinfo=UTC), False), (datetime(2024, 1, 1, tzinfo=UTC), True)]
)
def test_data_that_runs_out_a_campaign_that_is_over(moment: datetime, near: bool) -> None:
    told = horizon.campaign(PACK, moment)
    assert (told.near, "2023年12月31日" in render(told.what, CHINESE)) == (near, True)


def test_a_campaign_of_which_nothing_is_owed_yet_says_from_when(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, owed_from=date(2023, 9, 1))
    pack = in_force(settings)
    told = horizon.campaign(pack, datetime(2023, 8, 31, tzinfo=UTC))
    assert (told.near, "从2023年9月1日起" in render(told.what, CHINESE)) == (False, True)
    assert "起才" not in render(horizon.campaign(pack, datetime(2023, 9, 1, tzinfo=UTC)).what, CHINESE)


@pytest.mark.parametrize("day", ["2023-05-21", "2024-01-01"])
def test_things_cannot_be_owed_from_a_day_that_the_campaign_does_not_have(day: str) -> None:
    with pytest.raises(SettingsError) as refused:
        in_force(Settings(owed_from=date.fromisoformat(day)))
    said = render(refused.value.what, CHINESE)
    assert all(word in said for word in ("ANZHU_OWED_FROM", "2023年5月22日", "2023年12月31日"))


@pytest.mark.parametrize("given", ["1693526400", "2023-9-1", "09/01/2023", "2023-02-30", "明天", "2023-09-01T00:00:00"])
def test_the_day_from_which_things_are_owed_is_written_in_one_way(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ANZHU_OWED_FROM", given)
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize(
    ("days", "near", "words"), [(90, False, "有效期至"), (30, True, "将于"), (-1, True, "已于2027年1月14日到期")]
)
def test_data_that_runs_out_the_certificate_of_the_database(tmp_path: Path, days: int, near: bool, words: str) -> None:
    root = certificate(tmp_path / "root.crt", NOW + timedelta(days=900))
    own = certificate(tmp_path / "own.crt", NOW + timedelta(days=days))
    url = f"postgresql+psycopg://a@db.example/x?sslmode=verify-full&sslrootcert={root}&sslcert={own}"
    told = horizon.certificates(Settings(database_url=url), NOW)
    assert told is not None
    assert (told.near, words in render(told.what, CHINESE)) == (near, True)
    assert [end.what for end in horizon.soon(Settings(database_url=url), PACK, NOW, NOW)][2:] == [told.what] * near


def test_data_that_runs_out_what_is_no_certificate(tmp_path: Path) -> None:
    (tmp_path / "x.crt").write_text("nothing", encoding="utf-8")
    url = f"postgresql+psycopg://a@db.example/x?sslrootcert={tmp_path / 'x.crt'}"
    with pytest.raises(SettingsError):
        horizon.certificates(Settings(database_url=url), NOW)
    assert horizon.certificates(Settings(database_url=url.partition("?")[0] + "?sslrootcert=system"), NOW) is None
    assert horizon.certificates(Settings(), NOW) is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("2027-02-20 班\n2027-02-06 節\n".encode(), "第2行“2027-02-06 節”看不懂"),
        ("2027-02-20 班\n2027-02-20 休\n".encode("gb18030"), "第2行把2027年2月20日写成休又写成班"),
        (b"\xff\xfe2\x000\x00", "不是文本文件"),
        (b"#" * 100_001, "不是文本文件，或者太大"),
    ],
)
def test_data_that_runs_out_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "days.txt").write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        horizon.arrange(Settings(holidays=tmp_path / "days.txt"))
    assert f"节假日文件 days.txt：{told}" in render(caught.value.what, CHINESE)


def test_the_days_off_of_the_data_folder_count_where_no_other_file_is_named(tmp_path: Path) -> None:
    (tmp_path / horizon.HOLIDAYS).write_text("2027: {off: [2027-03-08], on: [2027-03-13]}", encoding="utf-8")
    (tmp_path / "days.txt").write_text("2027-03-09 off", encoding="utf-8")
    days = [date(2027, 3, number) for number in (8, 9, 13)]
    try:
        horizon.arrange(Settings(data_dir=tmp_path))
        assert [workdays.is_workday(day) for day in days] == [False, True, True]
        # Next year's is there: nothing to warn of in November.
        assert not horizon.holidays(datetime(2026, 11, 30, 9, tzinfo=UTC)).near
        horizon.arrange(Settings(data_dir=tmp_path, holidays=tmp_path / "days.txt"))
        assert [workdays.is_workday(day) for day in days] == [True, False, False]
        (tmp_path / horizon.HOLIDAYS).write_text("2027: {off: [2027-03-08], on: [2027-03-08]}", encoding="utf-8")
        with pytest.raises(SettingsError) as refused:
            horizon.arrange(Settings(data_dir=tmp_path))
        assert "节假日文件 holidays.yaml：第1行把2027年3月8日写成休又写成班" in render(refused.value.what, CHINESE)
    finally:
        workdays.arrange({})
