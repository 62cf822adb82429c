"""Which programs a barcode may belong to."""

from dataclasses import dataclass
from datetime import datetime

from catalog.recognition import Rule, rule_from_json
from catalog.scope import holding_offers
from models.barcode_format import BarcodeFormat
from models.offer import Offer
from models.pool_number import PoolNumber
from models.program import Program, ProgramStatus

MOST = 8
# Plastic often has numbers of its own beside the pool's: only the beginning is the brand's.
_DERIVED_PREFIX = 4
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """`offer` comes with `brand.program.account` loaded. `weight`: the better the fit, the more."""

    offer: Offer
    weight: int


async def programs_fitting(
    now: datetime, spellings: dict[BarcodeFormat | None, frozenset[str]]
) -> list[Candidate]:
    """At most MOST, the best first; one for each brand that has an offer now. `spellings`: every
    format and text by which a scanner may report this very symbol; format None for a number
    that was typed."""
    query = holding_offers(now).filter(brand__program__status=ProgramStatus.ACTIVE)
    found: dict[int, Candidate] = {}
    rules: dict[int, list[Rule]] = {}
    for offer in await query.order_by("id").select_related("brand__program__account"):
        program = offer.brand.program
        if offer.brand_id in found:
            continue
        if program.id not in rules:
            rules[program.id] = await rules_of(program, set(spellings))
        weight = _weight(rules[program.id], spellings)
        if weight is not None:
            found[offer.brand_id] = Candidate(offer, weight)
    return sorted(found.values(), key=lambda one: (-one.weight, one.offer.id))[:MOST]


def _weight(rules: list[Rule], spellings: dict[BarcodeFormat | None, frozenset[str]]) -> int | None:
    fitting = [
        rule.weight
        for rule in rules
        for barcode_format, texts in spellings.items()
        if any(rule.fits(barcode_format, text) for text in texts)
    ]
    return max(fitting, default=None)


async def rules_of(program: Program, formats: set[BarcodeFormat | None]) -> list[Rule]:
    """The pack's; without any, one that the format and the pool suggest."""
    if program.recognition:
        return [rule_from_json(given) for given in program.recognition]
    if None not in formats and program.barcode_format not in formats:
        return []
    return [await _derived(program)]


async def _derived(program: Program) -> Rule:
    """The first and the last numbers of the pool share what all of them share."""
    numbers = PoolNumber.filter(program_id=program.id).limit(_LOOKED_AT)
    ends = [
        *await numbers.order_by("barcode_value").values_list("barcode_value", flat=True),
        *await numbers.order_by("-barcode_value").values_list("barcode_value", flat=True),
    ]
    texts = [str(text) for text in ends]
    lengths = {len(text) for text in texts}
    return Rule(
        format=program.barcode_format,
        prefix=_common_beginning(texts)[:_DERIVED_PREFIX],
        length=lengths.pop() if len(lengths) == 1 else None,
    )


def _common_beginning(texts: list[str]) -> str:
    if not texts:
        return ""
    least, most = min(texts), max(texts)
    same = (place for place, char in enumerate(least) if most[place : place + 1] != char)
    return least[: next(same, len(least))]
