"""Keep a photo of a card's front or back."""

from backend.cards.pocket.owner_notes import SIDES, keep_photo
from backend.cards.pocket.quota import no_room_for_pictures, quota_of
from backend.cards.pocket.wallet import open_card
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.reading.reader import Reader
from backend.reading.result import FileRefused, Unreadable
from models.card import Card
from models.customer import Customer
from models.refusal import Code, Refusal


async def photograph_card(
    ctx: Context, reader: Reader, customer: Customer, card_id: int, side: str, picture: bytes
) -> Card:
    """Drawn anew in the bounded process. Refuses with invalid_answer what is no picture, with
    reader_busy, and with no_room_for_pictures."""
    card = await open_card(customer, card_id)
    if side not in SIDES:
        raise Refusal(Code.INVALID_ANSWER, field="photo")
    try:
        drawn = await reader.picture(picture, who=customer.id)
    except FileRefused as refused:
        busy = refused.code is Unreadable.BUSY
        if busy:
            raise Refusal(Code.READER_BUSY) from refused
        raise Refusal(Code.INVALID_ANSWER, field="photo") from refused
    room = await quota_of(customer, card.id, side)
    if not room.take_picture(len(drawn)):
        raise no_room_for_pictures()
    async with transaction():
        await keep_photo(ctx, customer, card.id, side, drawn)
    return card
