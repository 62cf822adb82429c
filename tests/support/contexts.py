"""A context for tests: a person in the bot, of whom nothing more is known."""

from backend.platform.clock import Clock, utc_now
from backend.platform.context import SOMEBODY, Context, Wake
from backend.platform.door import BOT
from backend.platform.secrets.vault import Vault


def context(vault: Vault, clock: Clock = utc_now, wake: Wake | None = None) -> Context:
    """Runs by the real clock unless another is given."""
    return Context(clock, vault, wake or Wake(), SOMEBODY, BOT)
