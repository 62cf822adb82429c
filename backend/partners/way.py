"""What a vendor's processor is opened with, beside its own settings."""

from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession

from backend.platform.clock import Clock
from backend.platform.secrets.vault import Vault


@dataclass(frozen=True, slots=True)
class Way:
    """`session` goes to no private address (backend/platform/world/http.py); whoever reaches out
    otherwise keeps to that, but for the hosts `inside`. `vault` opens what this house has sealed,
    `folders` is where the account may exchange files."""

    session: ClientSession
    clock: Clock
    vault: Vault | None = None
    inside: frozenset[str] = frozenset()
    folders: Path | None = None
