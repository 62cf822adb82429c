"""Open a mail server from the settings."""

from backend.messaging.email.smtp.send import SmtpMailer
from backend.platform.outside import parse_smtp
from backend.platform.settings import Settings


def smtp_mailer(settings: Settings) -> SmtpMailer:
    return SmtpMailer(parse_smtp(settings.smtp_url.get_secret_value()))
