"""What a pack says of its plastic."""

from collections.abc import Callable
from pathlib import Path

from catalog.pack.numbers import CheckNumber
from catalog.pack.problems import PackProblem
from catalog.pack.read import read_pack
from catalog.recognition import Check, Rule
from models.barcode_format import BarcodeFormat
from models.program import UnknownNumbers

FILE = "accounts/lavka/programs/lavka-card/program.yaml"
RULES = """
unknown_numbers: refuse
recognition:
  - format: ean13
    prefix: "299"
  - {format: code128, mask: "LV-####", length: 7, check: luhn}
"""


def test_rules_are_read(pack: Path, check_number: CheckNumber) -> None:
    added(pack, RULES)
    program = read_pack(pack, check_number).accounts[0].programs[0]
    assert program.unknown_numbers is UnknownNumbers.REFUSE
    assert program.recognition == (
        Rule(BarcodeFormat.EAN13, prefix="299"),
        Rule(BarcodeFormat.CODE128, length=7, mask="LV-####", check=Check.LUHN),
    )


def test_mistakes_are_named(pack: Path, problems: Callable[[], list[PackProblem]]) -> None:
    added(pack, "recognition:\n  - {format: ean14, length: one, mask: Ж, chek: luhn}\n")
    told = " ".join(f"{problem.what} {problem.expected}" for problem in problems())
    for word in ("ean14", "'one'", "'Ж'", "chek"):
        assert word in told


def added(pack: Path, text: str) -> None:
    file = pack / FILE
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")
