"""Open a mail server from the settings."""

from backend.messaging.email.smtp.send import SmtpMailer
from backend.platform.clock import Clock
from backend.platform.outside import mail_address, parse_smtp
from backend.platform.settings import Settings


def smtp_mailer(settings: Settings, clock: Clock) -> SmtpMailer:
    target = parse_smtp(settings.smtp_url.get_secret_value())
    return SmtpMailer(target, mail_address(settings.mail_from), clock)
