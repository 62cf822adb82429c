"""What every event is: a fact in the past tense, frozen, made of plain values."""

from dataclasses import dataclass


class UnknownEvent(LookupError):
    """The row was written by a newer version: leave it to a process that knows it."""


@dataclass(frozen=True, slots=True)
class Event:
    """Values survive a JSON round trip: ids, texts, numbers, true and false."""
