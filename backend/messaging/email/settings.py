"""Open e-mail from the settings: the mail server, else the sandbox's mailbox, else nothing."""

from pathlib import Path

from aiohttp import ClientSession
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backend.messaging.email.sandbox.settings import sandbox_mailer
from backend.messaging.email.send import EmailChannel, Mailer
from backend.messaging.email.smtp.settings import smtp_mailer
from backend.platform.clock import Clock
from backend.platform.secrets.vault import Vault
from backend.platform.settings import Settings
from backend.platform.world.outside import mail_address

TEMPLATES = Path(__file__).parent / "templates"


def letter_pages() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def email_channel(
    settings: Settings, http: ClientSession, clock: Clock, vault: Vault | None = None
) -> EmailChannel | None:
    """None when there is no way to send letters. `vault`: with it, nobody can guess by what a
    letter is known when it comes back."""
    mailer = _choose_mailer(settings, http)
    if mailer is None:
        return None
    sender = mail_address(settings.mail_from)
    made = (mailer, settings.base_url, letter_pages(), sender, clock)
    return EmailChannel(*made) if vault is None else EmailChannel(*made, vault.sign)


def _choose_mailer(settings: Settings, http: ClientSession) -> Mailer | None:
    if settings.smtp_url.get_secret_value():
        return smtp_mailer(settings)
    return sandbox_mailer(settings, http) if settings.sandbox_url else None
