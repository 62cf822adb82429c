"""What lies in the data folder is the operator's alone, and two processes lose nothing of it."""

import base64
import multiprocessing
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.platform.database import connect, disconnect, rows
from backend.platform.migrate import migrate
from backend.platform.secrets.key_file import (
    FILE_NAME,
    add_key,
    load_or_make_key_file,
    parse_key_file,
)
from backend.platform.secrets.master_key import new_key
from backend.platform.secrets.private_file import draft_beside, write_private


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_nobody_else_reads_the_database_or_its_journals(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    url = f"sqlite://{folder / 'karman.db'}"
    await migrate(url)
    await connect(url)
    assert rights(folder) == 0o700
    files = {path.name: rights(path) for path in folder.glob("karman.db*")}
    assert files["karman.db"] == files["karman.db-wal"] == files["karman.db-shm"] == 0o600
    await disconnect()


async def test_a_database_of_before_is_closed_to_others_and_the_group_stays(
    tmp_path: Path,
) -> None:
    path = tmp_path / "karman.db"
    path.touch()
    path.chmod(0o664)
    await connect(f"sqlite://{path}")
    await disconnect()
    assert rights(path) == 0o660
    assert rights(tmp_path) == 0o700 | (rights(tmp_path) & 0o077), "a folder stays as it was set"


async def test_what_was_committed_on_sqlite_outlasts_a_power_cut(tmp_path: Path) -> None:
    await connect(f"sqlite://{tmp_path / 'karman.db'}")
    assert (await rows("PRAGMA synchronous"))[0]["synchronous"] == 2
    assert (await rows("PRAGMA journal_mode"))[0]["journal_mode"] == "wal"
    await disconnect()


def test_an_export_is_whole_private_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "cards.zip"
    path.write_text("of everybody")
    write_private(path, b"new")
    assert (path.read_bytes(), rights(path)) == (b"new", 0o600)
    assert [entry.name for entry in tmp_path.iterdir()] == ["cards.zip"]


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_private(Path(os.devnull), b"nothing")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_two_drafts_never_share_a_name(tmp_path: Path) -> None:
    """Two containers with the same process number on one volume."""
    with draft_beside(tmp_path / "a") as one, draft_beside(tmp_path / "a") as other:
        assert one != other
        assert {rights(one), rights(other)} == {0o600}
    assert not list(tmp_path.iterdir())


def add(path: Path) -> bytes:
    key = new_key()
    add_key(path, key)
    return key


def test_many_new_keys_at_once_lose_none(tmp_path: Path) -> None:
    first, _ = load_or_make_key_file(tmp_path)
    path = tmp_path / FILE_NAME
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        added = pool.map(add, [path] * 24, chunksize=1)
    kept = parse_key_file(path.read_text())
    assert sorted(kept) == sorted([*added, first])
    assert kept[-1] == first
    assert rights(path) == 0o600
    assert base64.b64encode(first).decode() in path.read_text()
