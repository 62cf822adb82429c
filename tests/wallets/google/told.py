"""Google beside the cards of «Ромашка», and who tells it of them."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson

from backend.passes.google.loyalty_object import loyalty_object
from backend.passes.google.settings import Google, open_google
from backend.platform.context import Context
from backend.wallets.face_of import NEWS, face_of
from backend.wallets.give_pass import give_pass
from backend.wallets.google.classes import GoogleClasses
from backend.wallets.google.heard import take_callback
from backend.wallets.google.link import google_link
from backend.wallets.google.read_barcode import rotating_key
from backend.wallets.google.telling import GoogleTelling
from backend.wallets.settle import settle
from models.brand import Brand
from models.card import Card
from models.card_design import CardDesign
from models.customer import Customer
from models.media import Media
from models.wallet_pass import WalletKind, WalletNews, WalletPass
from tests.passes.google.account import ISSUER
from tests.passes.google.conftest import settings_for
from tests.passes.google.signer import Signer
from tests.support.clock import StoppedClock
from tests.support.edge.strict_google import StrictGoogle

BASE = "https://karman.example"
LOGO = "a" * 64
CHANGE = {"ru": "Теперь {value}", "en": "Now {value}"}
LIGHTS: dict[str, Any] = {
    "primary": "#111111",
    "secondary": "#EEEEEE",
    "front": [{"place": "header", "shows": "balance", "change": CHANGE}],
}


@dataclass
class Told:
    """`wallet`: Google itself."""

    ctx: Context
    clock: StoppedClock
    wallet: StrictGoogle
    google: Google
    telling: GoogleTelling
    classes: GoogleClasses
    saved: list[str] = field(default_factory=list)

    async def tell(self) -> None:
        await self.telling.step()

    async def recover(self, most: int = 20) -> None:
        """Until there is nothing more to say, however long it rests in between."""
        for _ in range(most):
            self.clock.advance(hours=7)
            await self.tell()
            if not [each for each in await WalletPass.all() if each.version > each.told]:
                return
        raise AssertionError("there is still something to tell")

    async def link(self, held: WalletPass) -> str:
        held = await WalletPass.get(id=held.id)
        return await google_link(self.ctx, self.google, self.classes, held, BASE)

    async def save(self, held: WalletPass, link: str, signer: Signer) -> None:
        """As somebody does who follows the link: what Google has already stays as it is."""
        card = in_link(link)
        if "classId" in card:
            self.wallet.kept.setdefault(("loyaltyObject", card["id"]), card)
        signer.now = self.clock()
        body = signer.callback(held.serial, nonce=f"{len(self.saved)}")
        self.saved.append(held.serial)
        await take_callback(self.ctx, self.google, orjson.dumps(body))

    async def stands(self, held: WalletPass) -> bool:
        """Whether Google has what the card shows now, beside its messages."""
        row = await WalletPass.get(id=held.id)
        face = await face_of(self.ctx, row, BASE)
        made = loyalty_object(ISSUER, face, rotating_key(self.ctx.vault, row.serial))
        there = self.wallet.object(row.serial)
        return there is not None and {**there, "messages": None} == {**made, "messages": None}


@asynccontextmanager
async def told(ctx: Context, clock: StoppedClock, wallet: StrictGoogle) -> AsyncIterator[Told]:
    async with wallet.serving() as url, open_google(settings_for(url), ctx.clock) as google:
        yield Told(
            ctx, clock, wallet, google, GoogleTelling(ctx, google, BASE),
            GoogleClasses(google.passes.callback),
        )  # fmt: skip


def in_link(link: str) -> dict[str, Any]:
    """The card in its token."""
    payload = link.rsplit("/", 1)[1].split(".")[1]
    claims = orjson.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    (card,) = claims["payload"]["loyaltyObjects"]
    found: dict[str, Any] = card
    return found


async def google_pass(ctx: Context, card: Card) -> WalletPass:
    if not await Media.exists(sha256=LOGO):
        await Media.create(
            sha256=LOGO, content=b"png", mime="image/png", width=660, height=660,
            created_at=ctx.clock(),
        )  # fmt: skip
    await Brand.filter(id=card.brand_id).update(logo_id=LOGO)
    return await give_pass(ctx, card, WalletKind.GOOGLE, ISSUER)


async def change(ctx: Context, held: WalletPass, **values: Any) -> None:
    await Card.filter(id=held.card_id).update(**values)
    await settle(ctx, [held.id])


async def news(ctx: Context, held: WalletPass, text: str) -> WalletNews:
    card = await Card.get(id=held.card_id).select_related("customer")
    assert isinstance(card.customer, Customer)
    told = await WalletNews.create(
        card_id=card.id, at=ctx.clock(), sealed=NEWS.seal(ctx, card.customer, text)
    )
    await settle(ctx, [held.id])
    return told


async def drawn(card: Card, design: dict[str, Any]) -> None:
    number = await CardDesign.filter(program_id=card.program_id).count() + 1
    await CardDesign.create(
        program_id=card.program_id, number=number, design=design, made_at=card.created_at
    )


async def row(held: WalletPass) -> WalletPass:
    return await WalletPass.get(id=held.id)
