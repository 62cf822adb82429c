"""What a vendor's processor is opened with, beside its own settings."""

from dataclasses import dataclass

from aiohttp import ClientSession

from backend.platform.clock import Clock


@dataclass(frozen=True, slots=True)
class Way:
    """`session` goes to no private address (backend/platform/http.py)."""

    session: ClientSession
    clock: Clock
