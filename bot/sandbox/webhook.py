"""Delivers updates to the bot's webhook, one after another, until each is accepted."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import orjson

from bot.sandbox.content.text import Json
from bot.sandbox.limits import Limits
from bot.sandbox.store import Store
from bot.sandbox.updates import Updates

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of a header
_LONGEST_PAUSE = 60.0
_TIMEOUT = aiohttp.ClientTimeout(total=60)

Call = Callable[[str, Json], Awaitable[Any]]


class Webhook:
    """The delivery loop. `call` runs a method that the bot put into its answer."""

    def __init__(
        self, store: Store, updates: Updates, limits: Limits, clock: Callable[[], float], call: Call
    ) -> None:
        self._store = store
        self._updates = updates
        self._limits = limits
        self._clock = clock
        self._call = call
        self._wake = asyncio.Event()
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def settings(self) -> Json:
        """What setWebhook was told; empty when there is no webhook."""
        return dict(self._store.get("webhook", {}))

    def change(self, settings: Json | None) -> None:
        """Set or remove the webhook; a pause before a retry ends."""
        if settings:
            self._store.put("webhook", settings)
        else:
            self._store.drop("webhook")
        self._store.drop("webhook_error")
        self._changed.set()
        self.wake()

    def wake(self) -> None:
        self._wake.set()

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="sandbox webhook")

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        failures = 0
        async with aiohttp.ClientSession(timeout=_TIMEOUT, trust_env=False) as session:
            while True:
                self._wake.clear()
                self._changed.clear()
                settings = self.settings
                waiting = self._updates.read(0, 1) if settings else []
                if not waiting:
                    failures = 0
                    await self._wake.wait()
                elif await self._deliver(session, settings, waiting[0]):
                    failures = 0
                else:
                    failures += 1
                    await self._pause(failures)

    async def _pause(self, failures: int) -> None:
        seconds = min(self._limits.webhook_backoff * 2 ** (failures - 1), _LONGEST_PAUSE)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._changed.wait()

    async def _deliver(self, session: aiohttp.ClientSession, settings: Json, update: Json) -> bool:
        headers = {"Content-Type": "application/json"}
        if settings.get("secret_token"):
            headers[SECRET_HEADER] = settings["secret_token"]
        try:
            async with session.post(
                settings["url"], data=orjson.dumps(update), headers=headers, allow_redirects=False
            ) as answer:
                body = await answer.read()
                status, reason = answer.status, answer.reason
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as broken:
            self._failed(f"Connection failed: {broken or type(broken).__name__}")
            return False
        if not 200 <= status < 300:
            self._failed(f"Wrong response from the webhook: {status} {reason}")
            return False
        self._updates.confirm(update["update_id"])
        await self._obey(body)
        return True

    def _failed(self, reason: str) -> None:
        self._store.put("webhook_error", {"date": int(self._clock()), "message": reason})

    async def _obey(self, body: bytes) -> None:
        """A webhook may answer with a method call; its result is lost, as at Telegram."""
        try:
            call = orjson.loads(body or b"null")
        except orjson.JSONDecodeError:
            return
        if isinstance(call, dict) and isinstance(call.get("method"), str):
            method = call.pop("method")
            answer = await self._call(method, call)
            if not answer.get("ok"):
                log.warning("webhook answer %s refused: %s", method, answer.get("description"))
