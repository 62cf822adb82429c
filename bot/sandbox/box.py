"""Box: the store, limits, updates and pages that methods and page handlers work on."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.sandbox.content.text import Json
from bot.sandbox.hub import Hub
from bot.sandbox.limits import Gate, Limits
from bot.sandbox.partner import Partner
from bot.sandbox.store import Store
from bot.sandbox.updates import Updates
from bot.sandbox.webhook import Webhook


@dataclass(slots=True)
class Box:
    """The inside of one sandbox. `bot` is the bot's User object, without its changeable name.
    `partner` comes later, if there is one."""

    store: Store
    folder: Path
    clock: Callable[[], float]
    limits: Limits
    gate: Gate
    hub: Hub
    updates: Updates
    webhook: Webhook
    bot: Json
    inline_waits: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    partner: Partner | None = None

    @property
    def now(self) -> int:
        """Unix time, whole seconds, as Telegram dates things."""
        return int(self.clock())

    @property
    def bot_user(self) -> Json:
        """The bot as a User that sends messages."""
        names = self.store.get("name", {})
        return self.bot | {"first_name": names.get("") or self.bot["first_name"]}

    @property
    def bot_id(self) -> int:
        return int(self.bot["id"])
