"""A promo code that somebody has typed, or the QR code of their receipt, goes to the account's own
system, which says whether it takes it."""

from uuid import NAMESPACE_URL, uuid5

from backend.cards.plastic.tries import count_try, take_back_try
from backend.connections.ask_card import ABILITIES, PATIENCE_SECONDS, known_there
from backend.connections.mark import mark_people
from backend.customers.contacts.as_member import agrees
from backend.partners.answered import answered
from backend.partners.member import CardNumber, Given
from backend.partners.processor import Processor
from backend.platform.context import Context
from models.card import Card
from models.customer import Customer
from models.refusal import Code, Refusal

# What the QR code of a receipt holds has some eighty characters.
LONGEST = 512


async def redeem(ctx: Context, customer: Customer, card: Card, kind: Given, text: str) -> None:
    """`card` with its program. The same again changes nothing more. Counts as a try, so that codes
    cannot be guessed. Refuses with promo_refused, too_many_tries, and with try_later, uncounted,
    while nobody answers."""
    program, given = card.program, text.strip()
    if program is None or not await agrees(customer.id, program.account_id):
        raise Refusal(Code.PROMO_REFUSED)
    if not given or len(given) > LONGEST or not given.isprintable():
        raise Refusal(Code.PROMO_REFUSED)
    tried = await count_try(ctx, customer)
    member = await known_there(ctx, customer, card, program)
    number = CardNumber(card.printed_number, card.barcode_value, card.barcode_format)
    key = uuid5(NAMESPACE_URL, f"karman:redeem:{card.id}:{kind.value}:{given}")

    async def ask(partner: Processor) -> None:
        if ABILITIES[kind] not in partner.abilities:
            raise Refusal(Code.PROMO_REFUSED)
        await partner.redeem(program, member, number, kind, given, key)

    try:
        await answered(ctx, program, ask, PATIENCE_SECONDS)
    except Refusal as refusal:
        if refusal.code is Code.TRY_LATER:
            await take_back_try(tried)
        raise
    # What it has brought shows on the card.
    await mark_people(ctx.clock(), [customer.id])
