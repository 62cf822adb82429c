"""A person waits for a brand's system: an answer within seconds, or a refusal to try later."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from typing import TypeVar

from backend.partners.processor import Processor
from backend.partners.registry import processor_named
from backend.platform.context import Context
from backend.platform.failures import NeedsSettings, TryLater
from backend.platform.watch.log import get_log
from models.refusal import Code, Refusal

# What the person is told to wait, unless the other side asked for more.
AGAIN_SECONDS = 60
T = TypeVar("T")
log = get_log(__name__)


async def answered(
    ctx: Context,
    processor: str,
    ask: Callable[[Processor], Awaitable[T]],
    within: float = math.inf,
) -> T:
    """What the processor of this name says, within so many seconds or its own patience. Refuses
    with try_later when it says nothing: asking changes nothing, so the same may be asked again.
    Never inside a transaction."""
    partner = processor_named(ctx, processor)
    patience = min(partner.patience, within)
    try:
        async with asyncio.timeout(patience):
            return await ask(partner)
    except TimeoutError:
        log.warning("a partner is slow", processor=processor, seconds=patience)
        raise Refusal(Code.TRY_LATER, seconds=AGAIN_SECONDS) from None
    except TryLater as away:
        log.warning("a partner is away", processor=processor, reason=away.reason)
        wait = math.ceil(away.after.total_seconds()) if away.after else AGAIN_SECONDS
        raise Refusal(Code.TRY_LATER, seconds=max(wait, 1)) from away
    except NeedsSettings as missing:
        log.error("a partner needs settings", processor=processor, reason=missing.reason)
        raise Refusal(Code.TRY_LATER, seconds=AGAIN_SECONDS) from missing
