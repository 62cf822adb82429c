"""A person waits for a brand's system: an answer within seconds, or a refusal to try later."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from typing import TypeVar

from backend.partners.processor import Processor
from backend.partners.registry import Behind, behind
from backend.platform.context import Context
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from backend.platform.watch.log import get_log
from models.program import Program
from models.refusal import Code, Refusal

# What the person is told to wait, unless the other side asked for more.
AGAIN_SECONDS = 60
T = TypeVar("T")
log = get_log(__name__)


async def answered(
    ctx: Context,
    program: Program,
    ask: Callable[[Processor], Awaitable[T]],
    within: float = math.inf,
    *,
    looked_on: bool = True,
) -> T:
    """What the program's processor says, within so many seconds; where somebody looks on, within
    its own patience too. Refuses with try_later when it says nothing: asking changes nothing, so
    the same may be asked again. Never inside a transaction."""
    try:
        who = await behind(ctx, program)
        if who.breaker is not None:
            who.breaker.admit()
        patience = who.processor.patience if looked_on else within
        return await _asked(who, ask, min(patience, within))
    except TimeoutError:
        log.warning("a partner is slow", program=program.key)
        raise Refusal(Code.TRY_LATER, seconds=AGAIN_SECONDS) from None
    except TryLater as away:
        log.warning("a partner is away", program=program.key, reason=away.reason)
        wait = math.ceil(away.after.total_seconds()) if away.after else AGAIN_SECONDS
        raise Refusal(Code.TRY_LATER, seconds=max(wait, 1)) from away
    except (NeedsSettings, GiveUp) as wrong:
        log.error("a partner cannot be asked", program=program.key, reason=wrong.reason)
        raise Refusal(Code.TRY_LATER, seconds=AGAIN_SECONDS) from wrong


async def _asked(who: Behind, ask: Callable[[Processor], Awaitable[T]], patience: float) -> T:
    """With its end told to the breaker. Raises TimeoutError."""
    breaker = who.breaker
    try:
        async with asyncio.timeout(max(patience, 0)):
            said = await ask(who.processor)
    except (TimeoutError, TryLater):
        if breaker is not None:
            breaker.failed()
        raise
    except Refusal:
        if breaker is not None:
            breaker.well()
        raise
    except BaseException:
        if breaker is not None:
            breaker.left()
        raise
    if breaker is not None:
        breaker.well()
    return said
