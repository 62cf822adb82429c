"""Open the sandbox's mailbox from the settings."""

from aiohttp import ClientSession

from backend.messaging.email.sandbox.send import SandboxMailer
from backend.platform.settings import Settings


def sandbox_mailer(settings: Settings, http: ClientSession) -> SandboxMailer:
    return SandboxMailer(http, settings.sandbox_url)
