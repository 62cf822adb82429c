"""Google is told of cards that have a new version: by one process at a time, as fast as it lets us.

Whoever dies in between is followed when the claim is over, and whatever is said twice ends as if it
had been said once.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from backend.passes.google.loyalty_object import ended
from backend.passes.google.rest import GoogleApi
from backend.passes.google.settings import Google
from backend.platform.context import Context
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater
from backend.platform.watch.use_case_log import log_of
from backend.wallets.google.card import MOST_LIT, GoogleCard, google_card, lit_lately
from backend.wallets.google.classes import GoogleClasses
from backend.wallets.google.news import Unsaid, say, unsaid
from backend.wallets.untold import REFUSED_REST, mark_told, put_off, released, rest_after, untold
from models.wallet_pass import WalletKind, WalletPass

# What is claimed at once must be said before the claim is over, three requests each.
BATCH = 100
AT_ONCE = 8
_REFUSED_CARD_REST = timedelta(minutes=30)
# After Google was away or busy, before anything else is tried.
PAUSE = timedelta(seconds=5)


class GoogleTelling:
    """Of one process at a time."""

    def __init__(self, ctx: Context, google: Google, base_url: str) -> None:
        self._ctx, self._google, self._base_url = ctx, google, base_url
        self._classes = GoogleClasses(google.passes.callback)
        self._places = asyncio.Semaphore(AT_ONCE)
        # Issuers that must wait, and until when: one says nothing about the others.
        self._shut: dict[str, datetime] = {}
        self._log = log_of(ctx, __name__)

    async def step(self) -> tuple[bool, float]:
        """A batch. Whether there may be more at once; and how many seconds to wait before it."""
        claimed = await untold(self._ctx, WalletKind.GOOGLE, BATCH)
        self._classes.try_again()
        await asyncio.gather(*(self._turn(each) for each in claimed))
        waits = any(self._shuts(each.issuer) for each in claimed)
        return len(claimed) == BATCH, PAUSE.total_seconds() if waits else 0.0

    def _shuts(self, issuer: str) -> datetime | None:
        until = self._shut.get(issuer)
        return until if until is not None and until > self._ctx.clock() else None

    async def _turn(self, held: WalletPass) -> None:
        log = self._log
        async with self._places:
            if (until := self._shuts(held.issuer)) is not None:
                await released([held.id], until)
                return
            try:
                await self._tell(held)
            except GiveUp as refused:
                # It may be refused again, until somebody has put right what it is made of.
                log.error("Google refused a card", serial=held.serial, reason=refused.reason)
                await put_off([held.id], self._ctx.clock() + _REFUSED_CARD_REST)
            except Failure as failure:
                await self._later(held, failure)
            except Exception:
                log.exception("a card could not be told to Google", serial=held.serial)
                await put_off([held.id], self._ctx.clock() + rest_after(held.failures))
            else:
                await mark_told([held])

    async def _later(self, held: WalletPass, failure: Failure) -> None:
        now = self._ctx.clock()
        if self._shuts(held.issuer) is None:
            self._log.warning("Google is not told", issuer=held.issuer, reason=failure.reason)
        self._shut[held.issuer] = now + _pause(failure)
        rest = REFUSED_REST if isinstance(failure, NeedsSettings) else rest_after(held.failures)
        await put_off([held.id], now + rest)

    async def _tell(self, held: WalletPass) -> None:
        api = self._google.api(held.issuer)
        if api is None:
            raise GiveUp(f"no issuer {held.issuer} in KARMAN_GOOGLE_PASSES")
        card = await google_card(self._ctx, held, self._base_url)
        if card.face.voided:
            await self._end(api, held, card)
        elif held.removed_at is None or not held.told:
            await self._keep(api, held, card, await unsaid(self._ctx, held))

    async def _end(self, api: GoogleApi, held: WalletPass, card: GoogleCard) -> None:
        """Also of one that nobody has saved: a link that still goes round then leads to it."""
        await self._classes.keep(api, held.issuer, card.face)
        await api.end_object(ended(card.made["id"], card.made["classId"]))
        await _note(held, "", "")

    async def _keep(
        self, api: GoogleApi, held: WalletPass, card: GoogleCard, news: Sequence[Unsaid]
    ) -> None:
        await self._classes.keep(api, held.issuer, card.face)
        if card.digest == held.sent and not news:
            return
        lit = lit_lately(held, self._ctx.clock())
        light = "" not in (card.seen, held.seen) and card.seen != held.seen
        light = light and len(lit) + len(news) < MOST_LIT
        there = await api.keep_object(card.made, notify=light)
        held.lit_at = [*lit, int(self._ctx.clock().timestamp())] if light else lit
        await _note(held, card.digest, card.seen)
        await say(self._ctx, api, held, {**card.made, **there}, news)


async def _note(held: WalletPass, sent: str, seen: str) -> None:
    held.sent, held.seen = sent, seen
    # of all: the pass in hand
    await WalletPass.filter(id=held.id).update(sent=sent, seen=seen, lit_at=held.lit_at)


def _pause(failure: Failure) -> timedelta:
    if isinstance(failure, NeedsSettings):
        return REFUSED_REST
    asked = failure.after if isinstance(failure, TryLater) else None
    return max(asked or PAUSE, PAUSE)
