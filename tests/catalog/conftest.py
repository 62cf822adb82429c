"""A small pack to spoil: the one that docs/brand-pack.md shows, pictures added."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from catalog.pack.numbers import CheckNumber
from catalog.pack.problems import PackProblem, PackRefused
from catalog.pack.read import read_pack
from catalog.symbologies.symbol_rules import SymbolRefused, check_symbol
from models.barcode_format import BarcodeFormat

ROOT = Path(__file__).parents[2]
_FILE = re.compile(r"\*\*`([^`]+)`\*\*\n\n```\w+\n(.*?)```\n", re.DOTALL)
Problems = Callable[[], list[PackProblem]]


@pytest.fixture
def check_number() -> CheckNumber:
    """The real rules of the symbols."""

    def check(barcode: BarcodeFormat, value: str) -> str | None:
        try:
            check_symbol(barcode, value)
        except SymbolRefused as refused:
            return str(refused)
        return None

    return check


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    home = tmp_path / "pack"
    for name, text in _FILE.findall((ROOT / "docs/brand-pack.md").read_text(encoding="utf-8")):
        file = home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    brand = home / "accounts/lavka/brands/lavka"
    Image.new("RGBA", (256, 256), "#1F6F50").save(brand / "logo.png")
    Image.new("RGB", (1200, 675), "#F4C95D").save(brand / "offers/welcome.jpg")
    return home


@pytest.fixture
def problems(pack: Path, check_number: CheckNumber) -> Problems:
    """All mistakes of the pack as it lies there now, [] when it is right."""

    def find() -> list[PackProblem]:
        try:
            read_pack(pack, check_number)
        except PackRefused as refused:
            return refused.problems
        return []

    return find
