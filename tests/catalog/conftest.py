"""A small pack to spoil."""

from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.pack.problems import PackProblem, PackRefused
from catalog.pack.read import read_pack
from tests.support.pictures.small_pack import write_small_pack

Problems = Callable[[], list[PackProblem]]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_small_pack(tmp_path / "pack")


@pytest.fixture
def problems(pack: Path) -> Problems:
    """All mistakes of the pack as it lies there now, [] when it is right."""

    def find() -> list[PackProblem]:
        try:
            read_pack(pack)
        except PackRefused as refused:
            return refused.problems
        return []

    return find
