"""Which way letters leave: the mail server of the settings, else the sandbox, else none."""

from aiohttp import ClientSession

from backend.messaging.email.mailer import Mailer
from backend.messaging.email.sandbox.settings import sandbox_mailer
from backend.messaging.email.smtp.settings import smtp_mailer
from backend.platform.clock import Clock
from backend.platform.settings import Settings


def choose_mailer(settings: Settings, http: ClientSession, clock: Clock) -> Mailer | None:
    if settings.smtp_url.get_secret_value():
        return smtp_mailer(settings, clock)
    return sandbox_mailer(settings, http, clock) if settings.sandbox_url else None
