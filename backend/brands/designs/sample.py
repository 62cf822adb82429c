"""The face of an invented card, so that a design can be looked at before anybody has one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from backend.passes.face import Barcode, PassFace, Pictures, ShownLink
from backend.platform.context import Context
from backend.wallets.shown import Stands, shown
from catalog.bilingual import Bilingual
from catalog.ledger_rules import rules_of
from catalog.looks.card_design import CardDesignKept
from catalog.looks.card_fields import CardField, CardFieldKind, card_fields_of
from catalog.looks.logos import stored_logo
from catalog.scope import brands_of
from models.account import Account
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.card import Card
from models.program import Program

HOLDER = "Анна Ёлкина"
_LETTERS, _DIGITS = "LC-20481234", "20481234"
_NUMBERS = {
    BarcodeFormat.EAN13: "2000000012346",
    BarcodeFormat.EAN8: "20001230",
    BarcodeFormat.UPCA: "200000012342",
    BarcodeFormat.ITF: _DIGITS,
    BarcodeFormat.CODABAR: _DIGITS,
}
_BALANCE = Decimal(1250)
_YEAR = timedelta(days=365)
_OWN = {
    CardFieldKind.TEXT: "А-17",
    CardFieldKind.NUMBER: "12",
    CardFieldKind.MONEY: "500.00",
}


@dataclass(frozen=True, slots=True)
class Sampled:
    """Whose card it is to be: of this tier, of somebody in this segment; "" for neither."""

    tier: str = ""
    segment: str = ""


def each_of(design: CardDesignKept) -> list[tuple[str, Sampled]]:
    """The whole and its variants, each with a name for a file to begin with."""
    found = [("", Sampled())]
    for place, variant in enumerate(design.variants, 1):
        tier = min(variant.tiers, default="")
        found.append((f"variant-{place}-", Sampled(tier, "" if tier else variant.segment)))
    return found


async def sample_face(
    ctx: Context, program: Program, design: CardDesignKept, sampled: Sampled
) -> PassFace:
    """The program comes with its account."""
    card = _card(program, sampled, ctx.clock())
    look = design.look_for(card.tier, {sampled.segment} if sampled.segment else ())
    brand = await brands_of(program.account_id).filter(program_id=program.id).order_by("id").first()
    stands = Stands(card, HOLDER, ctx.clock() + _YEAR, ZoneInfo(program.account.timezone))
    logo = look.logo or (brand.logo_id if brand is not None else None)
    return PassFace(
        serial="sample",
        program=program.key,
        design=design.number,
        organization=program.account.legal_name_ru,
        brand=_named(brand or program),
        program_name=_named(program),
        look=look,
        pictures=Pictures(await stored_logo(logo), await stored_logo(look.strip)),
        barcode=Barcode(
            card.barcode_format, card.barcode_value, card.printed_number, design.in_place
        ),
        front=tuple(shown(look.front, stands)),
        back=tuple(shown(design.back, stands)),
        links=tuple(ShownLink(each.label, each.url) for each in design.links),
        balance=card.balance,
        tier=card.tier,
        holder=HOLDER,
    )


def _card(program: Program, sampled: Sampled, now: datetime) -> Card:
    """Not a row: of nobody."""
    number = _NUMBERS.get(program.barcode_format, _LETTERS)
    return Card(
        program=program,
        printed_number=number,
        barcode_value=number,
        barcode_format=program.barcode_format,
        balance=_BALANCE,
        tier=sampled.tier or _lowest_tier(program),
        own_fields={each.key: _own(each, now) for each in card_fields_of(program)},
    )


def _lowest_tier(program: Program) -> str:
    rules = rules_of(program)
    return rules.tiers.levels[0].name if rules is not None and rules.tiers is not None else ""


def _own(declared: CardField, now: datetime) -> str:
    return _OWN.get(declared.kind) or (now + _YEAR).date().isoformat()


def _named(thing: Account | Brand | Program) -> Bilingual:
    return Bilingual(str(getattr(thing, "name_ru")), str(getattr(thing, "name_en")))  # noqa: B009
