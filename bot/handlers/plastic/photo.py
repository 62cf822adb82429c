"""A picture, a PDF or a file in the chat, asked for or not: «add this card», or an import."""

from aiogram import Bot, F, Router
from aiogram.types import Message

from backend.cards.plastic.seen_card import SeenCard, keep_finding, open_finding
from backend.platform.context import Context
from backend.reading.reader import Reader
from backend.reading.result import FoundBarcode, Reading, Unreadable
from bot.download import NotThere, TooLarge, download, in_hand
from bot.screens.plastic.add_card import several, unread
from bot.screens.screen import Reply, Screen
from bot.views.exchange import import_file
from bot.views.plastic import next_screen
from bot.visitor import Visitor
from models.refusal import Code, Refusal

router = Router(name="photo")
MOST_FOUND = 10
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")


@router.message(F.photo)
async def photo(
    message: Message, visitor: Visitor, ctx: Context, bot: Bot, reader: Reader
) -> Reply | Screen | None:
    assert message.photo
    largest = message.photo[-1]
    return await _file(message, visitor, ctx, bot, reader, largest.file_id, largest.file_size)


@router.message(F.document)
async def document(
    message: Message, visitor: Visitor, ctx: Context, bot: Bot, reader: Reader
) -> Reply | Screen | None:
    assert message.document
    sent = message.document
    return await _file(message, visitor, ctx, bot, reader, sent.file_id, sent.file_size)


async def _file(
    message: Message,
    visitor: Visitor,
    ctx: Context,
    bot: Bot,
    reader: Reader,
    file_id: str,
    size: int | None,
) -> Reply | Screen | None:
    visitor.chat.awaiting = ""
    with in_hand(reader, visitor, size):
        return await _fetched(message, visitor, ctx, bot, reader, file_id, size)


async def _fetched(
    message: Message,
    visitor: Visitor,
    ctx: Context,
    bot: Bot,
    reader: Reader,
    file_id: str,
    size: int | None,
) -> Reply | Screen | None:
    try:
        data = await download(bot, message.chat.id, file_id, size)
    except TooLarge:
        return unread(visitor.words, "add-unread-too-large")
    except NotThere:
        return unread(visitor.words, "add-unread-lost")
    reading = await reader.read(data, who=visitor.customer.id)
    return await _read(message, visitor, ctx, reading, data, file_id, reader)


async def _read(
    message: Message,
    visitor: Visitor,
    ctx: Context,
    reading: Reading,
    data: bytes,
    file_id: str,
    reader: Reader,
) -> Reply | Screen | None:
    if reading.refused is Unreadable.NOT_A_PICTURE and message.document is not None:
        return await import_file(message, visitor, ctx, reader, data, file_id)
    if reading.refused is not None:
        return unread(visitor.words, f"add-unread-{reading.refused.value.replace('_', '-')}")
    photographed = file_id if data.startswith(PICTURES) else ""
    told = _goes_on(message, visitor)
    found = await _keep(message, visitor, ctx, reading, photographed)
    if not found:
        return None if told else unread(visitor.words, "add-unread-nothing")
    if len(found) > 1:
        return several(visitor.words, found)
    return await next_screen(visitor, ctx, *found[0])


async def _keep(
    message: Message, visitor: Visitor, ctx: Context, reading: Reading, file_id: str
) -> list[tuple[int, SeenCard]]:
    """What is on this picture, after what was on the others of its album."""
    found = await _of_album(message, visitor, ctx)
    known = {(seen.format, seen.value) for _, seen in found}
    for barcode in reading.barcodes:
        if (barcode.format.value, barcode.text) not in known and len(found) < MOST_FOUND:
            seen = _seen(barcode, file_id)
            known.add((seen.format, seen.value))
            found.append((await keep_finding(ctx, visitor.customer, seen), seen))
    if message.media_group_id is not None:
        album = {"album": message.media_group_id, "findings": [key for key, _ in found]}
        visitor.chat.awaiting_data = album
    return found


async def _of_album(message: Message, visitor: Visitor, ctx: Context) -> list[tuple[int, SeenCard]]:
    """Every picture of an album is a message of its own: together they are one answer."""
    if not _goes_on(message, visitor):
        return []
    found = []
    for key in visitor.chat.awaiting_data.get("findings", []):
        try:
            found.append((int(key), await open_finding(ctx, visitor.customer, int(key))))
        except Refusal as refusal:
            if refusal.code is not Code.FINDING_GONE:
                raise
    return found


def _goes_on(message: Message, visitor: Visitor) -> bool:
    """Whether another picture of the same album was looked at before."""
    album = message.media_group_id
    return album is not None and visitor.chat.awaiting_data.get("album") == album


def _seen(barcode: FoundBarcode, file_id: str) -> SeenCard:
    return SeenCard(
        number=barcode.text,
        value=barcode.text,
        format=barcode.format.value,
        sure=barcode.confident,
        file_id=file_id,
    )
