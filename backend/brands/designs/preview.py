"""A design as the chat and both wallets will show it: pictures of an invented card."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum

from backend.brands.designs.in_phones import of_apple, of_google, said
from backend.brands.designs.sample import HOLDER, Sampled, sample_face
from backend.passes.face import PassFace
from backend.pictures.card_picture import CardFace, card_png
from backend.pictures.phones.apple_back import apple_back
from backend.pictures.phones.apple_front import apple_front
from backend.pictures.phones.google_card import google_card
from backend.platform.context import Context
from catalog.bilingual import Bilingual
from catalog.figures import amount_text
from catalog.looks.card_design import CardDesignKept
from models.program import Program


class Drawn(StrEnum):
    """What is drawn."""

    BOT = "bot"
    APPLE = "apple"
    APPLE_BACK = "apple_back"
    GOOGLE = "google"


# Drawing takes half a second of a core, and nobody waits for it but who looks.
_one = ThreadPoolExecutor(1, "preview")
_UPDATES = Bilingual("Автообновление", "Automatic Updates")
_POINTS = Bilingual("Баллы", "Points")


async def preview(
    ctx: Context,
    program: Program,
    design: CardDesignKept,
    sampled: Sampled,
    of: Drawn,
    language: str,
) -> bytes:
    """PNG. The program comes with its account."""
    face = await sample_face(ctx, program, design, sampled)
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_one, _drawn, face, of, language)


def _drawn(face: PassFace, of: Drawn, language: str) -> bytes:
    match of:
        case Drawn.APPLE:
            return apple_front(of_apple(face, language))
        case Drawn.APPLE_BACK:
            return apple_back(of_apple(face, language), said(_UPDATES, language))
        case Drawn.GOOGLE:
            return google_card(of_google(face, language))
    return card_png(_of_bot(face, language))


def _of_bot(face: PassFace, language: str) -> CardFace:
    look, barcode = face.look, face.barcode
    assert barcode is not None, "the sample's"
    balance = amount_text(face.balance) if face.balance is not None else None
    return CardFace(
        brand=said(face.brand, language),
        primary=look.primary,
        secondary=look.secondary,
        ink=look.ink,
        logo=face.pictures.logo,
        strip=face.pictures.strip,
        holder=HOLDER,
        balance=balance and f"{said(_POINTS, language)}: {balance}",
        tier=face.tier or None,
        printed_number=barcode.number,
        barcode_value=barcode.value,
        barcode_format=barcode.format,
    )
