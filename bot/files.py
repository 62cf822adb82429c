"""Pictures for Telegram: the file_id when it was uploaded before, else the bytes."""

import asyncio
import hashlib
from dataclasses import asdict, dataclass, replace

import orjson
from aiogram.types import BufferedInputFile

from backend.pictures.barcode_sheet import Sheet, draw_sheet
from backend.pictures.card_picture import CardFace, draw_card
from backend.platform.context import Context
from backend.platform.database import rows
from backend.platform.secrets.vault import Vault
from bot.screens.screen import Picture
from catalog.looks.logos import stored_logo
from models.media import Media
from models.telegram_file import TelegramFile

# Counts up when cards are drawn in another way: the old uploads no longer fit.
CARD_DESIGN = 2
SHEET_DESIGN = 1
_ADDED = {"ink", "strip"}

_KNOWN = "SELECT file_id FROM telegram_files WHERE bot_id = $1 AND content_key = $2"
# One statement needs no transaction around it.
_REMEMBER = """
INSERT INTO telegram_files (bot_id, content_key, file_id, chat_id, created_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (bot_id, content_key) DO UPDATE SET file_id = EXCLUDED.file_id,
    chat_id = EXCLUDED.chat_id, created_at = EXCLUDED.created_at
"""
_SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


class PictureMissing(LookupError):
    """No such stored picture."""


def content_key(vault: Vault, picture: Picture) -> str:
    """Names the exact bytes: `media:`, `card:`, `sheet:` or `photo:` and a hash. A card's is
    keyed: of a name and a number that can be guessed, a plain hash would be the proof."""
    if picture.photo is not None:
        return f"photo:{vault.blind_index('photo', hashlib.sha256(picture.photo).hexdigest())}"
    if picture.sheet is not None:
        return f"sheet:{vault.blind_index('picture', _sheet(picture.sheet))}"
    if picture.card is None:
        return f"media:{picture.media}"
    return f"card:{vault.blind_index('picture', _face(picture.card, picture))}"


def _sheet(sheet: Sheet) -> str:
    return orjson.dumps([SHEET_DESIGN, asdict(sheet)], option=orjson.OPT_SORT_KEYS).decode()


def _face(face: CardFace, picture: Picture) -> str:
    """What a design adds counts where it is: other cards' uploads stay good."""
    shown = asdict(face) | {"logo": picture.logo, "strip": picture.strip}
    shown = {name: value for name, value in shown.items() if value or name not in _ADDED}
    return orjson.dumps([CARD_DESIGN, shown], option=orjson.OPT_SORT_KEYS).decode()


@dataclass(slots=True)
class Files:
    """The pictures of one bot. Few cards are drawn at a time: drawing keeps a core busy."""

    bot_id: int
    ctx: Context
    drawing: asyncio.Semaphore

    @classmethod
    def of(cls, bot_id: int, ctx: Context, *, at_once: int = 2) -> "Files":
        return cls(bot_id, ctx, asyncio.Semaphore(at_once))

    def _key(self, picture: Picture) -> str:
        return content_key(self.ctx.vault, picture)

    async def known(self, picture: Picture) -> str | None:
        """Telegram's file_id."""
        found = await rows(_KNOWN, [self.bot_id, self._key(picture)])
        return str(found[0]["file_id"]) if found else None

    async def load(self, picture: Picture) -> BufferedInputFile:
        """Draw the card or read the stored picture. Raises PictureMissing."""
        if picture.photo is not None:
            return BufferedInputFile(picture.photo, "photo.jpg")
        if picture.sheet is not None:
            async with self.drawing:
                drawn = await asyncio.to_thread(draw_sheet, picture.sheet)
            return BufferedInputFile(drawn, "barcode.jpg")
        if picture.card is not None:
            logo, strip = [await stored_logo(each) for each in (picture.logo, picture.strip)]
            face = replace(picture.card, logo=logo, strip=strip)
            async with self.drawing:
                drawn = await asyncio.to_thread(draw_card, face)
            return BufferedInputFile(drawn, "card.jpg")
        media = await Media.get_or_none(sha256=picture.media)
        if media is None:
            raise PictureMissing(picture.media)
        suffix = _SUFFIXES.get(media.mime, "jpg")
        return BufferedInputFile(bytes(media.content), f"picture.{suffix}")

    async def remember(self, picture: Picture, file_id: str, chat_id: int) -> None:
        """`chat_id`: where it was sent. A card or a photo belongs there; other pictures
        to nobody."""
        await rows(
            _REMEMBER,
            [
                self.bot_id,
                self._key(picture),
                file_id,
                chat_id if picture.media is None else None,
                self.ctx.clock(),
            ],
        )

    async def forget(self, picture: Picture) -> None:
        """Telegram does not know the file_id any more."""
        await TelegramFile.filter(bot_id=self.bot_id, content_key=self._key(picture)).delete()
