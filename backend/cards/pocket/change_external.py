"""Mend an own card: another barcode, number or name, looked at before it is kept."""

from dataclasses import dataclass, replace

from backend.cards.plastic.seen_card import SeenCard, keep_finding, open_finding
from backend.cards.pocket.external_identity import identify_old, identity_of, is_still
from backend.cards.pocket.organise import entry_of
from backend.cards.pocket.owner_notes import read_notes, seal_notes
from backend.cards.pocket.redraw import NO_BARCODE
from backend.cards.pocket.wallet import open_wallet_card
from backend.cards.pocket.wallet_card import WalletCard
from backend.exchange.shapes import ExchangeCard
from backend.pictures.drawable import check_drawable
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.scope import wallet_of
from catalog.symbologies.symbol_rules import SymbolRefused
from models.barcode_format import BarcodeFormat
from models.customer import Customer
from models.refusal import Code, Refusal
from models.wallet_entry import WalletEntry

# What a button says of the barcode: as it is, none at all, or a format's name.
SAME, NONE = "same", NO_BARCODE
_DIGITS_ONLY = frozenset(
    {BarcodeFormat.EAN13, BarcodeFormat.EAN8, BarcodeFormat.UPCA, BarcodeFormat.ITF}
)


@dataclass(frozen=True, slots=True)
class Draft:
    """How the card would be. Without a `format` the number alone is shown, and `undrawn` names
    the symbology, as in WalletEntry."""

    name: str
    number: str
    value: str
    format: BarcodeFormat | None
    undrawn: str = ""


async def open_own(ctx: Context, customer: Customer, card_id: int) -> WalletCard:
    """Refuses with card_not_found, also for a card of a program: that one is as it was issued."""
    shown = await open_wallet_card(ctx, customer, card_id)
    if shown.card.program_id is not None:
        raise Refusal(Code.CARD_NOT_FOUND)
    return shown


def as_it_is(shown: WalletCard) -> Draft:
    undrawn = shown.entry.undrawn if shown.entry is not None else ""
    return Draft(
        name=shown.own.name or shown.card.printed_number,
        number=shown.card.printed_number,
        value=shown.card.barcode_value,
        format=None if undrawn else shown.card.barcode_format,
        undrawn=undrawn,
    )


async def draft_of(ctx: Context, customer: Customer, shown: WalletCard, finding_id: int) -> Draft:
    """The card with what was typed for it. A button can name any finding of this person: what
    that does not say stays as it is. Refuses with finding_gone."""
    draft = as_it_is(shown)
    if not finding_id:
        return draft
    typed = await open_finding(ctx, customer, finding_id)
    name, value = typed.name or draft.name, typed.value or typed.number
    return replace(draft, name=name, number=typed.number, value=value)


async def keep_draft(ctx: Context, customer: Customer, draft: Draft) -> int:
    """What was typed, sealed; its id is for the buttons."""
    typed = SeenCard(draft.number, draft.value, name=draft.name)
    return await keep_finding(ctx, customer, typed)


def renumbered(draft: Draft, number: str) -> Draft:
    """A barcode that carries something else than the printed number stays as it is."""
    value = number if draft.value == draft.number else draft.value
    return replace(draft, number=number, value=value)


def drawn_as(draft: Draft, kind: str) -> Draft:
    """Raises SymbolRefused when the barcode cannot carry the number."""
    if kind == NONE:
        return replace(draft, format=None, undrawn=NO_BARCODE)
    barcode = draft.format if kind == SAME else BarcodeFormat(kind)
    if barcode is None:
        return draft
    return replace(draft, format=barcode, undrawn="", value=carried(barcode, draft.value))


def carried(barcode: BarcodeFormat, value: str) -> str:
    """The value as the barcode takes it: without the spaces and hyphens of a printed number, with
    or without the zero that tells EAN-13 from UPC-A, in capitals. Raises SymbolRefused."""
    refused: SymbolRefused | None = None
    for text in _spellings(barcode, value):
        try:
            check_drawable(barcode, text)
        except SymbolRefused as wrong:
            refused = refused or wrong
        else:
            return text
    assert refused is not None, "the value itself is tried first"
    raise refused


def _spellings(barcode: BarcodeFormat, value: str) -> list[str]:
    compact = "".join(value.split()).replace("-", "")
    found = [value]
    if barcode in _DIGITS_ONLY:
        found.append(compact)
    if barcode is BarcodeFormat.EAN13 and len(compact) == 12:
        found.append("0" + compact)
    if barcode is BarcodeFormat.UPCA and len(compact) == 13 and compact.startswith("0"):
        found.append(compact[1:])
    if barcode is BarcodeFormat.CODE39:
        found.append(value.upper())
    return found


async def change_own(ctx: Context, customer: Customer, card_id: int, draft: Draft) -> None:
    """Doing it again changes nothing. Refuses with card_not_found, or card_exists when there is
    such a card besides this one."""
    await identify_old(ctx, customer)
    shown = await open_own(ctx, customer, card_id)
    await _refuse_another(ctx, customer, shown, draft)
    barcode = {} if draft.format is None else {"barcode_format": draft.format}
    async with transaction():
        entry = await entry_of(customer, shown.id)
        own = replace(read_notes(ctx, customer, entry), name=draft.name)
        sealed = seal_notes(ctx, customer, own)
        await (
            wallet_of(customer.id)
            .filter(id=shown.id, program_id=None)
            .update(printed_number=draft.number, barcode_value=draft.value, **barcode)
        )
        await WalletEntry.filter(id=entry.id).update(own=sealed, undrawn=draft.undrawn)


async def _refuse_another(
    ctx: Context, customer: Customer, shown: WalletCard, draft: Draft
) -> None:
    """Refuses with card_exists."""
    same = wallet_of(customer.id).filter(barcode_value=draft.value, program_id=None)
    symbology = "" if draft.undrawn == NO_BARCODE else draft.undrawn
    wanted = ExchangeCard(draft.name, draft.number, draft.value, draft.format, symbology)
    identity = identity_of(ctx, customer, wanted)
    for other in await same.exclude(id=shown.id):
        if await is_still(ctx, customer, other, identity):
            raise Refusal(Code.CARD_EXISTS)
