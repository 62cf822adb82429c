"""What a program's plastic looks like: the rules by which a photographed barcode is its own."""

import re

import yaml

from catalog.pack.fields import Fields
from catalog.recognition import Check, Rule
from models.barcode_format import BarcodeFormat

_KEYS = ("format", "prefix", "length", "mask", "check")
_MOST_RULES = 20
_MASK = re.compile(r"[ -~]{1,128}")


def read_recognition(program: Fields) -> tuple[Rule, ...]:
    """[] when the key is absent: then the format and the pool tell."""
    nodes = program.items("recognition")
    if len(nodes) > _MOST_RULES:
        program.wrong("recognition", f"has {len(nodes)} rules", f"at most {_MOST_RULES}")
    return tuple(rule for node in nodes if (rule := _rule(node, program)) is not None)


def _rule(node: yaml.Node, program: Fields) -> Rule | None:
    fields = Fields(node, program.place, _KEYS, "recognition")
    if fields.node is None:
        return None
    prefix = fields.optional_text("prefix")
    mask = fields.optional_text("mask")
    if mask and not _MASK.fullmatch(mask):
        fields.wrong("mask", f"is {mask!r}", "# for a digit, @ for a letter, * for any character")
    check = fields.word("check", Check, Check.NONE)
    return Rule(
        format=fields.word("format", BarcodeFormat),
        prefix=prefix,
        length=fields.integer("length", smallest=2, largest=128),
        mask=mask,
        check=check,
    )
