"""What signs passes for Apple Wallet, in this application."""

from typing import TYPE_CHECKING

from aiohttp import web

from backend.platform.settings import Settings

if TYPE_CHECKING:
    from backend.passes.apple.settings import ApplePasses

APPLE: web.AppKey["ApplePasses | None"] = web.AppKey("apple")


def open_apple(settings: Settings) -> "ApplePasses | None":
    """None where nothing is set up: what it needs is then not read into memory either. Raises
    SettingsRefused."""
    if not settings.has_apple_wallet:
        return None
    from backend.passes.apple.settings import apple_passes  # noqa: PLC0415

    return apple_passes(settings)
