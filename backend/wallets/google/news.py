"""News on a card in Google Wallet: each is a message, and lights up the phone while it may."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from backend.passes.google.rest import GoogleApi, LitEnough
from backend.platform.context import Context
from backend.platform.secrets.master_key import CannotOpen
from backend.wallets.face_of import NEWS
from backend.wallets.google.card import MOST_LIT, lit_lately
from models.wallet_pass import WalletNews, WalletPass

# Of one card; Google keeps no more.
MOST_MESSAGES = 10
_LIGHTS, _SILENT = "TEXT_AND_NOTIFY", "TEXT"


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Told on a card since it was made, and not yet said to Google."""

    id: int
    text: str = field(repr=False)

    @property
    def key(self) -> str:
        return f"news_{self.id}"


async def unsaid(ctx: Context, held: WalletPass) -> list[Unsaid]:
    """The oldest first, and of many the newest ones: older ones stand there no more."""
    found = (
        await WalletNews.filter(card_id=held.card_id, id__gt=held.news_up_to, at__gte=held.made_at)
        .order_by("-id")
        .limit(MOST_MESSAGES)
        .select_related("card__customer")
    )
    told = [Unsaid(each.id, _opened(ctx, each)) for each in reversed(found)]
    return [each for each in told if each.text]


def _opened(ctx: Context, news: WalletNews) -> str:
    try:
        return str(NEWS.open(ctx, news.card.customer, news.sealed) or "")
    except CannotOpen:
        return ""


async def say(
    ctx: Context, api: GoogleApi, held: WalletPass, there: dict[str, Any], news: Sequence[Unsaid]
) -> None:
    """`there`: the object as Google has it. What it has of them was said before whoever said it
    could write that down. Each is written down as soon as Google has it. Raises as the API."""
    messages = list(there.get("messages", []))
    for each in news:
        said = next((has for has in messages if has.get("id") == each.key), None)
        if said is None:
            if len(messages) >= MOST_MESSAGES:
                messages = messages[1 - MOST_MESSAGES :]
                await api.set_messages(there["id"], messages)
            said = await _added(api, there["id"], each, _may_light(held, ctx.clock()))
            messages.append(said)
        await _written(held, each, ctx.clock(), lit=said.get("messageType") == _LIGHTS)


def _may_light(held: WalletPass, now: datetime) -> bool:
    return len(lit_lately(held, now)) < MOST_LIT


async def _added(api: GoogleApi, object_id: str, news: Unsaid, light: bool) -> dict[str, Any]:
    message = {"id": news.key, "body": news.text, "messageType": _LIGHTS if light else _SILENT}
    try:
        await api.add_message(object_id, message)
    except LitEnough:
        message["messageType"] = _SILENT
        await api.add_message(object_id, message)
    return message


async def _written(held: WalletPass, news: Unsaid, now: datetime, *, lit: bool) -> None:
    held.news_up_to = news.id
    if lit:
        held.lit_at = [*lit_lately(held, now), int(now.timestamp())]
        # of all: the news in hand
        await WalletNews.filter(id=news.id, notified_at__isnull=True).update(notified_at=now)
    # of all: the pass in hand
    await WalletPass.filter(id=held.id).update(news_up_to=held.news_up_to, lit_at=held.lit_at)
