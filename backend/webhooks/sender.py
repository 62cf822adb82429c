"""Messages leave: a lane for each webhook, so that a slow one holds up nobody but itself."""

import asyncio
from functools import partial

from backend.platform.away import is_away
from backend.platform.context import Context
from backend.platform.watch.log import get_log
from backend.webhooks.due import Due, due, may_take, ready, sealed_secrets
from backend.webhooks.plan import plan_some
from backend.webhooks.request import Ways, post
from backend.webhooks.settle import Tried, settle
from backend.webhooks.sign import signed_headers
from backend.webhooks.subscribe import SERVICE
from models.webhook import Webhook

# Requests at once to a webhook that is well; to one that fails it is one.
PLACES = 16
log = get_log(__name__)


class Sender:
    """Of one process at a time. What it has not written down goes again with the same id."""

    def __init__(self, ctx: Context, ways: Ways) -> None:
        self._ctx, self._ways = ctx, ways
        self._lanes: dict[int, asyncio.Task[None]] = {}

    async def step(self) -> bool:
        """Read the feeds on and open the lanes that have something to do; whether more of the feeds
        may wait."""
        more = await plan_some(self._ctx.clock())
        for webhook_id in await ready(self._ctx.clock()):
            if webhook_id not in self._lanes:
                task = asyncio.create_task(self._lane(webhook_id))
                self._lanes[webhook_id] = task
                task.add_done_callback(partial(self._closed, webhook_id))
        return more

    def _closed(self, webhook_id: int, _task: asyncio.Task[None]) -> None:
        del self._lanes[webhook_id]

    async def rest(self) -> None:
        """Wait for the lanes that are open."""
        while self._lanes:
            await asyncio.wait(set(self._lanes.values()))

    async def stop(self) -> None:
        lanes = set(self._lanes.values())
        for lane in lanes:
            lane.cancel()
        if lanes:
            await asyncio.wait(lanes)

    async def _lane(self, webhook_id: int) -> None:
        try:
            while await self.turn(webhook_id):
                continue
        except Exception as error:
            if is_away(error):
                log.warning("a webhook waits for better times", error=type(error).__name__)
            else:
                log.exception("a webhook's turn failed", webhook=webhook_id)

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
