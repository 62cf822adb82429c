"""One page: event → reactions. Each reaction is tried on its own, with its own retries.

A reaction is an async function of a context and the event. It may run twice (a process may
die after the effect and before the tick), so what it writes carries a key of its own. It
ends in one of backend.platform.failures, or returns.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from backend.cards.issue.numbers_back import stop_waiting_for
from backend.cards.issue.report_pool import report_empty, report_low
from backend.cards.pocket.tell_joined import archive_external
from backend.consents.gate import gate_by
from backend.consents.seal_chain import seal_chain
from backend.customers.contacts.verify_send import (
    send_code,
    send_link,
    tell_lost,
    tell_refused,
    tell_verified,
)
from backend.events import (
    EVENTS,
    CardIssued,
    CardShareRevoked,
    CodeAsked,
    ConsentAnswered,
    ConsentWithdrawn,
    ContactLost,
    ContactRefused,
    ContactVerified,
    Event,
    LinkAsked,
    PoolRanEmpty,
    PoolRanLow,
)
from backend.messaging.channel import Channels
from backend.messaging.gated_channels import GatedChannels
from backend.messaging.take_back import take_back
from backend.messaging.welcome import welcome
from backend.platform.clock import Clock, utc_now
from backend.platform.context import Context

Reaction = Callable[[Context, Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Book:
    """The reactions by event; names are stored in outbox rows, so they never change."""

    pages: Mapping[type[Event], Mapping[str, Reaction]]
    # What the reactions send with; pushes go the same way.
    post: GatedChannels | None = None

    def names(self) -> dict[str, list[str]]:
        """The reaction names of every event this version knows, reactions or not."""
        return {kind: list(self.pages.get(event, {})) for kind, event in EVENTS.items()}

    def find(self, kind: str, name: str) -> Reaction | None:
        event = EVENTS.get(kind)
        return self.pages.get(event, {}).get(name) if event else None


def reactions(channels: Channels, clock: Clock = utc_now) -> Book:
    """`channels` may be empty in a process that relays but does not run reactions."""
    post = GatedChannels(channels, gate_by(clock))
    return Book(
        {
            CardIssued: {
                "welcome": partial(welcome, post),
                "seal": seal_chain,
                "archive_external": archive_external,
                "stop_waiting": stop_waiting_for,
            },
            CardShareRevoked: {"take_back": partial(take_back, post)},
            PoolRanLow: {"report": report_low},
            PoolRanEmpty: {"report": report_empty},
            ConsentAnswered: {"seal": seal_chain},
            ConsentWithdrawn: {"seal": seal_chain},
            CodeAsked: {"send_code": partial(send_code, post)},
            LinkAsked: {"send_link": partial(send_link, post)},
            ContactVerified: {"tell": partial(tell_verified, post)},
            ContactRefused: {"tell": partial(tell_refused, post)},
            ContactLost: {"tell": partial(tell_lost, post)},
        },
        post,
    )
