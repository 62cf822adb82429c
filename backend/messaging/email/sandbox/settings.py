"""Open the sandbox's mailbox from the settings."""

from aiohttp import ClientSession

from backend.messaging.email.sandbox.send import SandboxMailer
from backend.platform.clock import Clock
from backend.platform.outside import mail_address
from backend.platform.settings import Settings


def sandbox_mailer(settings: Settings, http: ClientSession, clock: Clock) -> SandboxMailer:
    return SandboxMailer(http, settings.sandbox_url, mail_address(settings.mail_from), clock)
