"""What gateways say of a message after they took it, whichever way they say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import ClientSession

from models.message import Reported


class NotTheirs(Exception):
    """The gateway has not sent this."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message by the gateway's own id; `to` is E.164, "" where nobody knows it any more."""

    provider_id: str
    to: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Report:
    """`kopecks`: what it has cost in the end, None where the gateway does not say."""

    provider_id: str
    reported: Reported
    kopecks: int | None = None


class Reports(Protocol):
    """A gateway that tells what became of messages. It is asked for `most` at once; it also calls,
    and wants to hear `answer` then."""

    @property
    def most(self) -> int: ...

    @property
    def answer(self) -> str: ...

    async def ask(self, http: ClientSession, sent: Sequence[Sent]) -> Sequence[Report]:
        """Of those whose end is known by now. Raises a channel's failures."""
        ...

    def heard(self, given: Sequence[tuple[str, str]]) -> Sequence[Report]:
        """Of the fields of a call. Raises NotTheirs."""
        ...


# What a gateway's own word means, where it is an end.
Meaning = Mapping[int, Reported]
