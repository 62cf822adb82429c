"""Who may come in: a key that is good, may do this, and has a turn."""

import math
from collections.abc import MutableMapping

from aiohttp import web

from backend.access.authenticate import Holder, authenticate
from backend.access.note_uses import Uses
from backend.platform.context import Context
from backend.web.api.limits import Limits, Quota, Turn
from backend.web.api.operation import Operation
from backend.web.api.trouble import Problem, Trouble
from backend.web.keys import CLIENT
from backend.web.rate_limit import RateLimit
from models.refusal import Code, Refusal

_REALM = 'Bearer realm="karman"'


class Admission:
    """`strangers` counts the tries of addresses that show no good key."""

    def __init__(self, ctx: Context, limits: Limits, strangers: RateLimit) -> None:
        self._ctx = ctx
        self.limits = limits
        self._strangers = strangers
        self.uses = Uses()

    async def admit(
        self, request: web.Request, operation: Operation, headers: MutableMapping[str, str]
    ) -> Holder:
        """Puts the RateLimit headers of the key into `headers`. Raises Problem, and refuses with
        scope_missing (scope)."""
        holder = await self._holder(request)
        turn = await self.limits.turn(holder.key.id)
        headers.update(_told(self.limits.quota, turn))
        if turn.wait > 0:
            wait = math.ceil(turn.wait)
            told = {"Retry-After": str(wait)}
            raise Problem(Trouble.RATE_LIMITED, headers=told, seconds=wait)
        self.uses.saw(holder.key.id, self._ctx.clock())
        if operation.right not in holder.rights:
            raise Refusal(Code.SCOPE_MISSING, scope=operation.right.value)
        return holder

    async def _holder(self, request: web.Request) -> Holder:
        kind, _, text = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not text.strip():
            raise self._stranger(request, Trouble.KEY_REQUIRED, _REALM)
        holder = await authenticate(self._ctx, text.strip())
        if holder is None:
            told = f'{_REALM}, error="invalid_token"'
            raise self._stranger(request, Trouble.KEY_UNKNOWN, told)
        return holder

    def _stranger(self, request: web.Request, trouble: Trouble, challenge: str) -> Problem:
        wait = math.ceil(self._strangers.wait(request[CLIENT].key))
        if wait:
            told = {"Retry-After": str(wait)}
            return Problem(Trouble.RATE_LIMITED, headers=told, seconds=wait)
        return Problem(trouble, headers={"WWW-Authenticate": challenge})


def _told(quota: Quota, turn: Turn) -> dict[str, str]:
    """As draft-ietf-httpapi-ratelimit-headers has them."""
    return {
        "RateLimit-Policy": f'"key";q={quota.burst};w={quota.window}',
        "RateLimit": f'"key";r={turn.left};t={math.ceil(turn.full)}',
    }
