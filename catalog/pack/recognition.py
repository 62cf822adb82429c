"""What a program's plastic looks like: the rules by which a photographed barcode is its own."""

import re

import yaml

from catalog.pack.fields import Fields
from catalog.pack.numbers import CheckNumber
from catalog.recognition import Check, Rule
from models.barcode_format import BarcodeFormat

_KEYS = ("format", "prefix", "length", "mask", "check", "example")
_MOST_RULES = 20
_MASK = re.compile(r"[ -~]{1,128}")


def read_recognition(program: Fields, plastic: bool, check_number: CheckNumber) -> tuple[Rule, ...]:
    """() only for a program without plastic: what people bring in must be told from a made-up
    number."""
    nodes = program.items("recognition")
    if plastic and not nodes:
        expected = "what the numbers of your plastic look like, or plastic: no when there is none"
        program.missing("recognition", expected)
    if nodes and not plastic:
        program.wrong("plastic", "is no, and recognition tells what it looks like", "one of them")
    if len(nodes) > _MOST_RULES:
        program.wrong("recognition", f"has {len(nodes)} rules", f"at most {_MOST_RULES}")
    read = (_rule(node, program, check_number) for node in nodes)
    return tuple(rule for rule in read if rule is not None)


def _rule(node: yaml.Node, program: Fields, check_number: CheckNumber) -> Rule | None:
    fields = Fields(node, program.place, _KEYS, "recognition")
    if fields.node is None:
        return None
    prefix = fields.optional_text("prefix")
    mask = fields.optional_text("mask")
    if mask and not _MASK.fullmatch(mask):
        fields.wrong("mask", f"is {mask!r}", "# for a digit, @ for a letter, * for any character")
    check = fields.word("check", Check, Check.NONE)
    rule = Rule(
        format=fields.word("format", BarcodeFormat),
        prefix=prefix,
        length=fields.integer("length", smallest=2, largest=128),
        mask=mask,
        check=check,
        example=fields.optional_text("example", longest=128),
    )
    if not rule.tells:
        expected = "prefix, mask, length or check beside it"
        fields.wrong("format", "alone fits the cards of every brand", expected)
    if rule.example:
        _check_example(rule, fields, check_number)
    return rule


def _check_example(rule: Rule, fields: Fields, check_number: CheckNumber) -> None:
    number = rule.example.replace(" ", "")
    complaint = check_number(rule.format, number)
    if complaint is not None:
        fields.wrong("example", f"is no {rule.format.value} number", complaint)
    elif not rule.fits(rule.format, number):
        expected = "a number that does, or no example when the barcode carries another one"
        fields.wrong("example", f"is {rule.example!r}, which does not fit its own rule", expected)
