"""A local Telegram: the Bot API, the people who write to the bot, and their chat page."""

import time
from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from bot.sandbox import people
from bot.sandbox.bodies import Params
from bot.sandbox.bot_api import BotApi, run
from bot.sandbox.box import Box
from bot.sandbox.content.media import UPLOAD_BYTES
from bot.sandbox.content.text import Json
from bot.sandbox.guard import harden, make_guard
from bot.sandbox.hub import Hub
from bot.sandbox.limits import Gate, Limits
from bot.sandbox.page_api.asking import BOX
from bot.sandbox.page_api.routes import add_routes
from bot.sandbox.store import Store
from bot.sandbox.updates import KEPT_SECONDS, Updates
from bot.sandbox.webhook import Webhook

DEV_TOKEN = "1000000001:sandbox-token"  # noqa: S105  opens nothing but this machine's sandbox
_BODY_LIMIT = 11 * UPLOAD_BYTES  # an album of ten files and its fields


class Sandbox:
    """One bot and its people. State lives in `data_dir` and survives a restart or a kill."""

    def __init__(
        self,
        data_dir: Path,
        *,
        token: str = DEV_TOKEN,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.time,
        username: str = "karman_sandbox_bot",
        first_name: str = "Карман",
    ) -> None:
        self.data_dir = data_dir
        self.token = token
        self._limits = limits or Limits()
        self._clock = clock
        self._bot: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": first_name,
            "username": username,
        }
        self._box: Box | None = None
        self._runner: web.AppRunner | None = None
        self.url = ""

    @property
    def box(self) -> Box:
        """The inside; only while the server runs."""
        if self._box is None:
            raise RuntimeError("the sandbox is not running")
        return self._box

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Open the state and listen; `url` is set afterwards. OSError when the port is taken."""
        self._box = box = self._open()
        app = web.Application(middlewares=[make_guard(host)], client_max_size=_BODY_LIMIT)
        app[BOX] = box
        app.on_response_prepare.append(harden)
        app.on_shutdown.append(self._hang_up)
        BotApi(box, self.token).add_routes(app.router)
        add_routes(app.router)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=2
        )
        try:
            await self._runner.setup()
            await web.TCPSite(self._runner, host, port).start()
        except OSError:
            await self.stop()
            raise
        bound = self._runner.addresses[0]
        shown = f"[{bound[0]}]" if ":" in bound[0] else bound[0]
        self.url = f"http://{shown}:{bound[1]}"
        box.webhook.start()

    async def stop(self) -> None:
        """Stop listening and close the files. May be called twice."""
        box, runner = self._box, self._runner
        self._box = self._runner = None
        if box:
            await box.webhook.stop()
        if runner:
            await runner.cleanup()
        if box:
            box.store.close()

    def _open(self) -> Box:
        folder = self.data_dir / "files"
        folder.mkdir(parents=True, exist_ok=True)
        store = Store(self.data_dir / "sandbox.sqlite")
        updates = Updates(store, self._clock)

        async def call(name: str, values: Json) -> Json:
            return (await run(box, name, Params(values)))[1]

        webhook = Webhook(store, updates, self._limits, self._clock, call)
        updates.on_new = webhook.wake
        gate = Gate(self._limits, self._clock)
        box = Box(
            store, folder, self._clock, self._limits, gate, Hub(), updates, webhook, self._bot
        )
        people.settle(box)
        _forget_old_queries(box)
        return box

    async def _hang_up(self, app: web.Application) -> None:
        """Waiting polls and open pages end at once, so that stopping takes no time."""
        box = app[BOX]
        box.updates.end_poll("")
        box.hub.close()


def _forget_old_queries(box: Box) -> None:
    """Taps and inline queries of past days can no longer be answered."""
    oldest = box.clock() - KEPT_SECONDS
    box.store.run("DELETE FROM callback_queries WHERE date < ?", oldest)
    box.store.run("DELETE FROM inline_queries WHERE date < ? AND cached_until < ?", oldest, oldest)
