"""Open e-mail from the settings."""

from pathlib import Path

from aiohttp import ClientSession
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backend.messaging.email.registry import choose_mailer
from backend.messaging.email.send import EmailChannel
from backend.platform.clock import Clock
from backend.platform.settings import Settings

TEMPLATES = Path(__file__).parent / "templates"


def letter_pages() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def email_channel(settings: Settings, http: ClientSession, clock: Clock) -> EmailChannel | None:
    """None when there is no way to send letters."""
    mailer = choose_mailer(settings, http, clock)
    if mailer is None:
        return None
    return EmailChannel(mailer, settings.base_url, letter_pages())
