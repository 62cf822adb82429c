"""What a pack says of its plastic."""

from collections.abc import Callable
from pathlib import Path

import pytest

from backend.brands.load_pack import load_pack
from backend.cards.plastic.fitting import plastic_example
from backend.platform.context import Context
from catalog.pack.problems import PackProblem, PackRefused
from catalog.pack.read import read_pack
from catalog.recognition import Check, Rule
from models.barcode_format import BarcodeFormat
from models.program import Program, UnknownNumbers

Find = Callable[[], list[PackProblem]]
FILE = "accounts/lavka/programs/lavka-card/program.yaml"
RULES = """
unknown_numbers: refuse
recognition:
  - format: ean13
    prefix: "299"
  - {format: code128, mask: "LV-####", length: 7, check: luhn}
"""


def test_rules_are_read(pack: Path) -> None:
    added(pack, RULES)
    program = read_pack(pack).accounts[0].programs[0].entry
    assert program.unknown_numbers is UnknownNumbers.REFUSE
    assert program.rules == (
        Rule(BarcodeFormat.EAN13, prefix="299"),
        Rule(BarcodeFormat.CODE128, length=7, mask="LV-####", check=Check.LUHN),
    )


def test_mistakes_are_named(pack: Path, problems: Callable[[], list[PackProblem]]) -> None:
    added(pack, "recognition:\n  - {format: ean14, length: one, mask: Ж, chek: luhn}\n")
    told = " ".join(f"{problem.what} {problem.expected}" for problem in problems())
    for word in ("ean14", "'one'", "'Ж'", "chek"):
        assert word in told


def test_plastic_without_a_rule_is_refused(pack: Path, problems: Find) -> None:
    added(pack, "")
    (only,) = problems()
    assert str(only) == (
        f"{FILE}:1: recognition is missing; expected what the numbers of your plastic look like,"
        " or plastic: no when there is none"
    )
    added(pack, "plastic: no\n")
    assert problems() == []
    added(pack, "plastic: no\nrecognition:\n  - {format: qr, prefix: A}\n")
    assert "recognition tells what it looks like" in problems()[0].what


@pytest.mark.parametrize(
    ("rule", "what"),
    [
        ("{format: code128}", "format alone fits the cards of every brand"),
        ("{format: ean13, length: 13}", "format alone fits the cards of every brand"),
        ('{format: ean13, prefix: "46", example: "4600000000016"}', "is no ean13 number"),
        ('{format: code128, prefix: LV, example: "VL 1"}', "does not fit its own rule"),
    ],
)
def test_a_rule_that_tells_nothing_is_refused(
    pack: Path, problems: Find, rule: str, what: str
) -> None:
    added(pack, f"recognition:\n  - {rule}\n")
    (only,) = problems()
    assert what in only.what
    assert (only.file, only.line) == (FILE, 22)


async def test_an_example_is_nobodys_number(ctx: Context, database: str, pack: Path) -> None:
    added(pack, 'recognition:\n  - {format: ean13, prefix: "46", example: 4600 0000 0001 5}\n')
    with pytest.raises(PackRefused, match="is a number of its pool; expected an invented number"):
        await load_pack(ctx, pack)
    assert not await Program.exists(), "nothing is loaded"
    added(pack, 'recognition:\n  - {format: ean13, prefix: "46", example: 4600 0000 0099 2}\n')
    await load_pack(ctx, pack)
    assert await plastic_example(await Program.get()) == "4600 0000 0099 2"


def added(pack: Path, text: str) -> None:
    """In place of what the pack says of its plastic."""
    file = pack / FILE
    before = file.read_text(encoding="utf-8").split("recognition:")[0].split("plastic:")[0]
    file.write_text(before + text, encoding="utf-8")
