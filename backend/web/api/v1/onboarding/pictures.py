"""Pictures: uploaded before brands, offers and designs name them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.brands.keep_picture import keep_picture
from backend.reading.measured import CannotMeasure, measured
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation, RawBody
from backend.web.api.queries import Query
from catalog.entries.picture import LOGO, OFFER_PICTURE, STRIP, Bounds, Measured
from catalog.entries.values.scalars import Word
from models.refusal import Code, Refusal

DOOR = "api:v1/pictures"
LARGEST = max(LOGO.largest, OFFER_PICTURE.largest)
EXAMPLE: Mapping[str, Any] = {
    "sha256": "0" * 64,
    "media_type": "image/png",
    "width": 512,
    "height": 512,
    "address": "https://karman.example/media/" + "0" * 64,
}


class Purpose(StrEnum):
    """What a picture is for: each has its bounds."""

    LOGO = "logo"
    STRIP = "strip"
    OFFER = "offer"


_BOUNDS: Mapping[Purpose, Bounds] = {
    Purpose.LOGO: LOGO,
    Purpose.STRIP: STRIP,
    Purpose.OFFER: OFFER_PICTURE,
}


class PictureShown(BaseModel):
    """A picture as it is kept."""

    sha256: str = Field(description="By which brands, offers and designs name it.")
    media_type: str = Field(description="image/png or image/jpeg.")
    width: int = Field(description="Pixels.")
    height: int = Field(description="Pixels.")
    address: str = Field(description="Where everybody may see it.")


class PictureQuery(Query):
    """What the picture is for."""

    purpose: Annotated[Purpose, Word(Purpose)] = Field(
        description="A logo is a square, an offer's picture is wider, a card's strip wider still.",
        examples=["logo"],
    )


async def measure(asked: Asked) -> Measured:
    """In the bounded process: the bytes are a stranger's."""
    bounds = _BOUNDS[asked.asks(PictureQuery).purpose]
    try:
        return await measured(asked.site.reader, asked.raw, bounds)
    except CannotMeasure as wrong:
        if wrong.busy:
            raise Refusal(Code.READER_BUSY) from None
        raise Refusal(Code.PICTURE_UNFIT, what=wrong.what, expected=wrong.expected) from None


async def keep(asked: Asked) -> Answer:
    found, account = asked.ready, await asked.account()
    assert isinstance(found, Measured)
    await keep_picture(asked.ctx, found, asked.raw, account.id)
    return Answer(
        {
            "sha256": found.sha256,
            "media_type": found.media_type,
            "width": found.width,
            "height": found.height,
            "address": f"{asked.site.base_url}/media/{found.sha256}",
        }
    )


OPERATIONS = (
    Operation(
        "POST", "/pictures", DOOR, Right.BRANDS_WRITE, "Upload a picture", keep, PictureShown,
        PictureQuery, body=RawBody(("image/png", "image/jpeg"), LARGEST), ready=measure,
        example=EXAMPLE, status=201, refusals=(Code.PICTURE_UNFIT, Code.READER_BUSY),
        about="The body is the picture itself. The same picture again is the same.",
    ),
)  # fmt: skip
