"""Messages leave: a lane for each webhook, so that a slow one holds up nobody but itself."""

import asyncio

from backend.platform.context import Context
from backend.platform.lanes import Lanes
from backend.webhooks.due import Due, due, may_take, ready, sealed_secrets
from backend.webhooks.plan import plan_some
from backend.webhooks.request import Ways, post
from backend.webhooks.settle import Tried, settle
from backend.webhooks.sign import signed_headers
from backend.webhooks.subscribe import SERVICE
from models.webhook import Webhook

# Requests at once to a webhook that is well; to one that fails it is one.
PLACES = 16


class Sender:
    """Of one process at a time. What it has not written down goes again with the same id."""

    def __init__(self, ctx: Context, ways: Ways) -> None:
        self._ctx, self._ways = ctx, ways
        self._lanes = Lanes("webhooks", self.turn)

    async def step(self) -> bool:
        """Read the feeds on and open the lanes that have something to do; whether more of the feeds
        may wait."""
        more = await plan_some(self._ctx.clock())
        self._lanes.open(await ready(self._ctx.clock()))
        return more

    async def rest(self) -> None:
        """Wait for the lanes that are open."""
        await self._lanes.rest()

    async def stop(self) -> None:
        await self._lanes.stop()

    async def turn(self, webhook_id: int) -> bool:
        """What is due, at once; whether there may be more."""
        now = self._ctx.clock()
        webhook = await may_take(webhook_id, now)
        if webhook is None:
            return False
        found = await due(webhook_id, now, 1 if webhook.failures else PLACES)
        if not found:
            return False
        sealed = await sealed_secrets(webhook_id, now)
        secrets = [self._ctx.vault.open_service(SERVICE, each) for each in sealed]
        tried = await asyncio.gather(*(self._send(webhook, secrets, each) for each in found))
        await settle(self._ctx, webhook_id, tried)
        return any(each.outcome.good for each in tried)

    async def _send(self, webhook: Webhook, secrets: list[bytes], each: Due) -> Tried:
        headers = signed_headers(secrets, each.message_id, self._ctx.clock(), each.body)
        if webhook.authorization is not None:
            known = self._ctx.vault.open_service(SERVICE, webhook.authorization)
            headers["authorization"] = known.decode()
        return Tried(each, await post(self._ways, webhook.url, headers, each.body))
