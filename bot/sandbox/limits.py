"""How fast the bot may send: Telegram's rates, with its 429.

New messages count together and in their chat; edits count in their chat alone, beside its new
messages; nothing else is counted, and answers to taps never. Once something was refused, in
penalty mode, everything is, whatever the method.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.sandbox.errors import bad_request, too_many


@dataclass(frozen=True, slots=True)
class Limits:
    """Rates and lifetimes. The defaults are what Telegram tells bot authors to expect; of a
    private chat it says no more than "short bursts", taken for what a group takes in a minute."""

    per_second: float = 30
    burst: int = 30
    chat_per_second: float = 1
    chat_burst: int = 20
    group_per_minute: float = 20
    penalty: bool = False  # after one 429, refuse everything until retry_after has passed
    callback_seconds: float = 30
    inline_seconds: float = 10
    paid_per_second: float = 1000  # of messages that are paid for, beside the others
    stars: int = 10_000  # the bot's balance; a tenth of one pays for a message
    webhook_backoff: float = 1  # seconds before the first retry, doubled up to a minute

    def without_rates(self) -> "Limits":
        """The same, never answering 429: for tests that are about something else."""
        return replace(
            self,
            per_second=math.inf,
            paid_per_second=math.inf,
            burst=10**9,
            chat_per_second=math.inf,
            chat_burst=10**9,
            group_per_minute=math.inf,
        )


@dataclass(slots=True)
class Bucket:
    """A leaky bucket: `rate` a second on average, `burst` at once."""

    rate: float
    burst: float
    level: float = 0
    at: float = 0

    def wait(self, now: float, amount: int) -> float:
        """Seconds until `amount` fits; 0 when it fits now. Nothing is taken."""
        if math.isinf(self.rate):
            return 0
        self.level = max(0.0, self.level - max(0.0, now - self.at) * self.rate)
        self.at = now
        # Something larger than the whole burst must still pass through an empty bucket.
        over = self.level + min(amount, self.burst) - self.burst
        return over / self.rate if over > 1e-9 else 0

    def take(self, amount: int) -> None:
        self.level += amount


@dataclass(slots=True)
class Gate:
    """Every call of the bot passes here, those that show a message by `admit`; it either fits the
    rates or is refused with 429."""

    limits: Limits
    clock: Callable[[], float]
    everything: Bucket = field(init=False)
    chats: dict[int, Bucket] = field(default_factory=dict)
    closed_until: float = 0
    refused: int = 0
    beyond: Bucket = field(init=False)
    # Of the balance, in tenths of a Star.
    tenths: int = field(init=False)

    def __post_init__(self) -> None:
        self.everything = Bucket(self.limits.per_second, self.limits.burst)
        self.beyond = Bucket(self.limits.paid_per_second, self.limits.burst)
        self.tenths = self.limits.stars * 10

    def check(self) -> None:
        """Refuse a call of any method during a penalty."""
        now = self.clock()
        if now < self.closed_until:
            self._refuse(self.closed_until - now)

    def admit(
        self, chat_id: int | None, amount: int = 1, *, new: bool = True, paid: bool = False
    ) -> None:
        """Take place for `amount` messages to a chat (None: to no chat's rate), new or edited.
        `paid`: it has places of its own and costs something, here each: of what is free in the
        real one nothing is told."""
        self.check()
        now = self.clock()
        if paid and self.tenths < amount:
            raise bad_request("BALANCE_TOO_LOW")
        buckets = [self.beyond if paid else self.everything] if new else []
        if chat_id is not None:
            buckets.append(self._chat(chat_id))
        wait = max((bucket.wait(now, amount) for bucket in buckets), default=0)
        if wait > 0:
            if self.limits.penalty:
                self.closed_until = now + max(1, math.ceil(wait))
            self._refuse(wait)
        for bucket in buckets:
            bucket.take(amount)
        self.tenths -= amount if paid else 0

    def _refuse(self, wait: float) -> None:
        self.refused += 1
        raise too_many(max(1, math.ceil(wait)))

    def _chat(self, chat_id: int) -> Bucket:
        found = self.chats.get(chat_id)
        if found is None:
            if chat_id < 0:
                found = Bucket(self.limits.group_per_minute / 60, 20)
            else:
                found = Bucket(self.limits.chat_per_second, self.limits.chat_burst)
            self.chats[chat_id] = found
        return found
