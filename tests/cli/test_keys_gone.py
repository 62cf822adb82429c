"""A restored folder without its key: nothing is made that would open nothing."""

from pathlib import Path

import pytest

from backend.cli.explain import CannotRun
from backend.cli.opened import master_keys, opened
from backend.platform.secrets.key_file import FILE_NAME
from backend.platform.settings import Settings, load_settings


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return load_settings(database_url=database_url, data_dir=tmp_path / "data")


async def test_no_key_is_made_beside_a_database_that_was_sealed_with_one(
    settings: Settings,
) -> None:
    async with opened(settings):
        pass
    key = settings.data_dir / FILE_NAME
    kept = key.read_bytes()
    key.unlink()
    for _ in range(2):
        with pytest.raises(CannotRun, match="put its copy there"):
            async with opened(settings):
                pass
        assert not key.exists()
    key.write_bytes(kept)
    async with opened(settings):
        assert (await master_keys(settings)).all


async def test_the_first_start_makes_one(settings: Settings) -> None:
    async with opened(settings):
        assert (settings.data_dir / FILE_NAME).exists()
