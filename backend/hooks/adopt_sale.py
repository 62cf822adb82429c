"""An order of an account's own system stands under the card of whoever ordered."""

from collections.abc import Sequence

from backend.cards.steer.numbered import NumberedCard
from backend.customers.contacts.told_to_brands import contacts_told, whose_contact
from backend.events.partners import SaleRecorded
from backend.hooks.adopt_card import card_numbered
from backend.outbox.announce import announce
from backend.partners.said import FoundSale
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.sales.record_sales import write_sales
from backend.sales.told_sale import ToldSale
from catalog.tenant import Scope
from models.contact import ContactKind
from models.program import Program
from models.sale import Sale, SaleSource


async def adopt_sale(
    ctx: Context,
    account_id: int,
    programs: Sequence[Program],
    source: SaleSource,
    told: FoundSale,
) -> bool:
    """Whether there was a card for it. Who ordered by a phone is looked for among the account's
    own people alone, and only while they let it know their phone."""
    if told.gone:
        return await _forget(account_id, source, told)
    found = await _whose(ctx, account_id, programs, told)
    if found is None:
        return False
    program, card = found
    sale = ToldSale(
        0, told.id[:128], "", told.at, told.amount, told.number[:64], told.store[:200],
        told.status[:64], told.currency[:3],
    )  # fmt: skip
    async with transaction():
        if await _is_known(account_id, source, card, sale):
            return True
        await write_sales(ctx, account_id, source, [(sale, card)])
        ids = (card.id, card.customer_id, program.id, account_id)
        await announce(ctx.clock(), SaleRecorded(*ids, source.value, sale.number, sale.status))
    ctx.wake.set()
    return True


async def _forget(account_id: int, source: SaleSource, told: FoundSale) -> bool:
    """An order that is cancelled, unpaid or deleted there is none."""
    async with transaction():
        gone = Sale.filter(account_id=account_id, source=source.value, external_id=told.id)
        return bool(await gone.delete())


async def _is_known(
    account_id: int, source: SaleSource, card: NumberedCard, sale: ToldSale
) -> bool:
    """The same was told before, and nothing has changed."""
    return await Sale.filter(
        account_id=account_id,
        source=source.value,
        external_id=sale.id,
        card_id=card.id,
        amount=sale.amount,
        status=sale.status,
        number=sale.number,
    ).exists()


async def _whose(
    ctx: Context, account_id: int, programs: Sequence[Program], told: FoundSale
) -> tuple[Program, NumberedCard] | None:
    if told.card and (found := await card_numbered(programs, told.card)) is not None:
        return found
    if not told.phone:
        return None
    scope = Scope.of([account_id])
    named = await whose_contact(ctx, ContactKind.PHONE, told.phone)
    people = await scope.customers(named)
    known = await contacts_told(ctx, scope, people)
    for customer_id in sorted(known):
        if ContactKind.PHONE in known[customer_id]:
            return await _card_of(scope, programs, customer_id)
    return None


async def _card_of(
    scope: Scope, programs: Sequence[Program], customer_id: int
) -> tuple[Program, NumberedCard] | None:
    held = scope.cards().filter(customer_id=customer_id, removed_at__isnull=True)
    cards = {card.program_id: card for card in await held}
    for program in programs:
        card = cards.get(program.id)
        if card is not None:
            status = card.status.value
            return program, NumberedCard(card.id, card.customer_id, card.brand_id, status, None)
    return None
