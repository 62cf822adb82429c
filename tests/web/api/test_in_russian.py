"""Every phrase by which catalog/entries/ tells of a mistake has its Russian one."""

import ast
from collections.abc import Iterator

import pytest

from backend.web.api.in_russian import in_russian, phrases
from backend.web.api.trouble import Wrong
from catalog.entries.values.symbol import unscannable
from models.barcode_format import BarcodeFormat
from tests.support.caller import Caller
from tests.support.source import sources

SAID = {"wrong": "+", "told": "=", "missing": "?"}
EXPECTED = {"form", "wanted", "once"}
# Of files alone; of pictures, which a refusal tells.
NOT_OF_A_BODY = {"issued.py", "picture.py"}
# The end of a longer one, which is in the list whole.
ENDS = {"{} none"}


def text_of(node: ast.AST) -> str:
    """With `{}` for what is filled in; "" for no text."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            parts = (each.value if isinstance(each, ast.Constant) else "{}" for each in values)
            return "".join(str(part) for part in parts)
    return ""


def said() -> Iterator[tuple[str, str]]:
    """The kind of phrase, and its text."""
    for source in sources("catalog"):
        folder, _, name = source.path.rpartition("/")
        if folder != "catalog/entries" or name in NOT_OF_A_BODY:
            continue
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call):
                continue
            kind = SAID.get(ast.unparse(node.func))
            if kind is not None and node.args:
                yield kind, text_of(node.args[0])
                if kind != "?" and len(node.args) > 1:
                    yield "?", text_of(node.args[1])
            if ast.unparse(node.func) == "Listed":
                yield from zip("+?", map(text_of, node.args[1:3]), strict=True)
            for keyword in node.keywords:
                if keyword.arg in EXPECTED:
                    yield "?", text_of(keyword.value)


def test_every_phrase_has_its_own() -> None:
    found = {(kind, text) for kind, text in said() if text.strip("{} ") and text not in ENDS}
    assert len(found) > 60, "the search finds what it looks for"
    missing = []
    for kind, text in sorted(found):
        sample = text.replace("{}", "x")
        if not any(phrase.said(sample) for phrase in phrases()[kind]):
            missing.append(f"{kind} {text}")
    assert not missing, "write them into backend/web/api/locales/mistakes.txt"


# What is filled in makes a phrase of it, which is in the list whole.
GENERAL = {"has {}", "{} is empty", "program is {}, which is unknown", "{} {} is also {}"}


def said_of_packs() -> Iterator[tuple[str, str]]:
    """What is wrong (=), and what was expected (?)."""
    for source in sources("catalog"):
        if not source.path.startswith("catalog/pack/"):
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                parts = node.args[2:4] if called.endswith("roblems.add") else []
                parts = node.args[:2] if called == "_Wrong" else parts
                yield from zip("=?", map(text_of, parts), strict=False)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {
                "what",
                "expected",
            }:
                yield "=" if ast.unparse(node.targets[0]) == "what" else "?", text_of(node.value)


def test_every_phrase_of_packs_has_its_own() -> None:
    found = {(kind, text) for kind, text in said_of_packs() if text.strip("{} ")}
    assert len(found) > 35, "the search finds what it looks for"
    missing = []
    for kind, text in sorted(found):
        sample = text.replace("{}", "x")
        if text not in GENERAL and not any(each.said(sample) for each in phrases()[kind]):
            missing.append(f"{kind} {text}")
    assert not missing, "write them into backend/web/api/locales/mistakes.txt"


@pytest.mark.parametrize(
    ("message", "russian"),
    [
        ("inn is missing", "inn: не указано"),
        ("is missing", "не указано"),
        ("is 100×100", "100×100"),
        ("has 4,000,001 bytes", "байтов: 4,000,001"),
        ("number '46' stands twice, first on line 2", "номер '46' дважды, впервые в строке 2"),
        ("design.primary is 'x y'", "design.primary: 'x y'"),
        ("the body is a list", "тело: список"),
        ("an item of pictures has 3 characters", "элемент pictures: символов: 3"),
        ("unknown key 'hue'", "неизвестный ключ 'hue'"),
        ("something that nobody has thought of", "something that nobody has thought of"),
        ("type stands on the standard field phone", "type: указано для стандартного поля phone"),
    ],
)
def test_what_is_wrong(message: str, russian: str) -> None:
    assert in_russian(Wrong(message, "text")).message == russian


@pytest.mark.parametrize(
    ("expected", "russian"),
    [
        ("one of a, b (did you mean 'a'?)", "одно из a, b (может быть, 'a'?)"),
        ("one of a, b", "одно из a, b"),
        ("a whole number from 1 to 200", "целое число от 1 до 200"),
        ("at most 60", "не больше 60"),
        ("at most {0} {}", "не больше {0} {}"),
    ],
)
def test_what_was_expected(expected: str, russian: str) -> None:
    assert in_russian(Wrong("x is missing", expected)).expected == russian


# A value that each rule of the symbologies refuses, and nothing of them stays English.
UNSCANNABLE = [
    (BarcodeFormat.EAN13, "400638133393Б"), (BarcodeFormat.EAN13, "400638133393"),
    (BarcodeFormat.EAN8, "123"), (BarcodeFormat.UPCA, "123456789013"),
    (BarcodeFormat.CODE128, "Чай"), (BarcodeFormat.CODE128, "A" * 37), (BarcodeFormat.CODE39, "a"),
    (BarcodeFormat.CODE128, "Ab" * 12), (BarcodeFormat.CODE39, "1$A"), (BarcodeFormat.ITF, "12a4"),
    (BarcodeFormat.ITF, "12345"), (BarcodeFormat.ITF, "1234"), (BarcodeFormat.CODABAR, "12?"),
    (BarcodeFormat.CODABAR, "a12b"), (BarcodeFormat.CODABAR, "1"), (BarcodeFormat.QR, "а" * 200),
    (BarcodeFormat.QR, "a" * 201), (BarcodeFormat.QR, "a\x00"), (BarcodeFormat.QR, "a\nb"),
    (BarcodeFormat.AZTEC, " a"), (BarcodeFormat.PDF417, ""),
]  # fmt: skip


@pytest.mark.parametrize(("barcode", "value"), UNSCANNABLE)
def test_what_no_barcode_can_carry(barcode: BarcodeFormat, value: str) -> None:
    said = unscannable(barcode, value)
    assert said is not None
    assert "; expected " not in in_russian(Wrong("x is missing", said)).expected, said


async def test_the_caller_reads_it(duty: Caller) -> None:
    told = await duty.post("/accounts", {"hue": 1}, accept_language="ru")
    errors = {each["pointer"]: each for each in told.json["errors"]}
    assert errors["/inn"]["message"] == "inn: не указано"
    assert errors["/inn"]["expected"] == "ИНН, 10 или 12 цифр"
    assert errors["/hue"]["message"] == "неизвестный ключ 'hue'"
