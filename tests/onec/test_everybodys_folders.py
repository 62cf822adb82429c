"""The worker goes through the folders of every connection; without one it needs nothing of them."""

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from backend.onec.exchange_all import exchange_all
from backend.partners.onec.check import check
from backend.partners.onec.settings import Secrets, Settings
from backend.partners.vendors import vendor
from models.connection import Connection
from tests.onec.conftest import House
from tests.support.source import ROOT

LIGHT = """
import sys
import backend.worker.run
print([name for name in sys.modules if name.startswith(("backend.onec.folder", "catalog.entries"))])
"""


async def test_each_program_has_its_folder(house: House, tmp_path: Path) -> None:
    assert not await exchange_all(house.ctx, tmp_path)
    for key, folders in (
        ("a", {"lavka-card": "shop", "nobodys": "x"}),
        ("b", {"lavka-card": "../../etc"}),
    ):
        await Connection.create(
            account=house.account, key=key, vendor="onec", settings={"folders": folders},
            sealed=b"", created_at=house.ctx.clock(),
        )  # fmt: skip
    assert await exchange_all(house.ctx, tmp_path)
    assert [each.name for each in (tmp_path / "lavka").iterdir()] == ["shop"]
    (written,) = (tmp_path / "lavka/shop/out").iterdir()
    assert written.name.startswith("cards-a")


def test_without_an_exchange_nothing_of_it_is_in_memory() -> None:
    out = subprocess.run(
        [sys.executable, "-c", LIGHT], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    assert out == "[]\n"


async def test_the_vendor_is_known_and_owns_no_numbers() -> None:
    kind = vendor("onec")
    assert kind.open is None
    settings = kind.settings.model_validate({"folders": {"lavka-card": "shop"}})
    assert isinstance(settings, Settings)
    found = [each async for each in check(settings, Secrets(), None)]  # type: ignore[arg-type]
    assert [each.good for each in found] == [True]


@pytest.mark.parametrize("folders", [{}, {"a": "../x"}, {"a": "x", "b": "x"}, {"a": "Ы"}])
def test_wrong_folders_are_named(folders: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as told:
        Settings.model_validate({"folders": folders})
    assert told.value.errors()[0]["loc"][0] == "folders"
