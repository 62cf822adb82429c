"""Whether a number looks like a program's plastic at all, before anybody is asked whose it is."""

import math
from dataclasses import replace

from backend.cards.plastic.plastic_number import PlasticNumber
from backend.cards.plastic.recognise import spelled
from backend.partners.answered import answered
from backend.platform.context import Context
from catalog.recognise import fits, rules_of
from catalog.recognition import Rule
from catalog.symbologies.symbol_rules import SymbolRefused, check_symbol
from models.program import Program
from models.refusal import Code, Refusal


async def as_plastic(
    ctx: Context, program: Program, shown: PlasticNumber, within: float = math.inf
) -> PlasticNumber:
    """The number with the barcode format of the rule that it fits; as it is when only the brand's
    own list can tell. Refuses with invalid_number (reason: unlike) when nothing tells that this
    is a card of the program, and with try_later."""
    rule = await fitting_rule(program, shown)
    if rule is None:
        if program.plastic and await _knows_plastic(ctx, program, within):
            return shown
        raise Refusal(Code.INVALID_NUMBER, reason="unlike")
    if shown.format is not None:
        return shown
    for number in (shown.number, shown.number.upper()):
        if rule.fits(None, number) and _drawn(rule, number):
            return replace(shown, number=number, format=rule.format)
    raise Refusal(Code.INVALID_NUMBER, reason="unlike")


async def _knows_plastic(ctx: Context, program: Program, within: float) -> bool:
    return await answered(ctx, program, lambda partner: partner.knows_plastic(program), within)


async def fitting_rule(program: Program, shown: PlasticNumber) -> Rule | None:
    """What the barcode carries counts, also when another symbology carries it than the rule
    says: older plastic is not always as today's."""
    texts = {None: frozenset({shown.carried}), **spelled(shown)}
    return next((rule for rule in await rules_of(program) if fits(rule, texts)), None)


async def plastic_example(program: Program) -> str:
    """A number as the brand prints it; empty when its plastic can only be photographed."""
    return next((rule.example for rule in await rules_of(program) if rule.example), "")


def _drawn(rule: Rule, number: str) -> bool:
    try:
        check_symbol(rule.format, number)
    except SymbolRefused:
        return False
    return True
