"""`karman backup`: whole, checked, private, and never over something else."""

import sqlite3
import stat
from pathlib import Path

import pytest

from tests.support.database.restoring import verb
from tests.support.database.sqlite import create_database, path_of


@pytest.fixture
def url(tmp_path: Path) -> str:
    (tmp_path / "data").mkdir(mode=0o700)
    return create_database(tmp_path / "data" / "karman.db", migrated=True)


async def test_a_copy_beside_a_writer_is_whole_and_says_what_it_is(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is only in the write-ahead log is in the copy; what is not committed is not."""
    writer = sqlite3.connect(path_of(url))
    at = "2026-01-01 00:00:00+00:00"
    writer.execute(
        "INSERT INTO service_keys (name, wrapped, created_at) VALUES ('a', x'00', ?)", [at]
    )
    writer.commit()
    writer.execute(
        "INSERT INTO service_keys (name, wrapped, created_at) VALUES ('b', x'00', ?)", [at]
    )
    target = tmp_path / "copy.db"
    assert await verb(url, tmp_path / "data", "backup", str(target)) == 0
    writer.rollback()
    writer.close()
    out = capsys.readouterr().out
    assert "checked" in out
    assert "master key is not in it" in out
    copy = sqlite3.connect(target)
    assert copy.execute("SELECT name FROM service_keys").fetchall() == [("a",)]
    assert copy.execute("SELECT noticed_by, state FROM restorations").fetchall() == [
        ("backup", "open")
    ]
    assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    copy.close()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    original = sqlite3.connect(path_of(url))
    assert original.execute("SELECT count(*) FROM restorations").fetchone() == (0,)
    original.close()
    assert not drafts(tmp_path)


async def test_a_folder_gets_a_name_with_the_time(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    assert await verb(url, tmp_path / "data", "backup", str(folder)) == 0
    assert len(list(folder.glob("karman-2*.db"))) == 1


async def test_what_is_there_is_not_replaced_and_damage_is_told(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "copy.db"
    target.write_text("somebody's")
    assert await verb(url, tmp_path / "data", "backup", str(target)) == 1
    assert target.read_text() == "somebody's"
    broken = sqlite3.connect(path_of(url))
    broken.execute("INSERT INTO offer_cities (offer_id, city_id) VALUES (77, 88)")
    broken.commit()
    broken.close()
    assert await verb(url, tmp_path / "data", "backup", str(tmp_path / "other.db")) == 1
    assert not (tmp_path / "other.db").exists()
    assert "damaged: a row of offer_cities" in capsys.readouterr().err


async def test_on_postgresql_its_own_tools_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = "postgres://karman:x@127.0.0.1:1/karman"
    assert await verb(url, tmp_path / "data", "backup", str(tmp_path)) == 1
    told = capsys.readouterr().err
    assert "pg_dump --format=custom" in told
    assert "karman restored" in told


def drafts(folder: Path) -> list[Path]:
    return list(folder.glob(".*"))
