"""Open a mail server from the settings."""

from backend.messaging.email.smtp.send import SmtpMailer
from backend.platform.settings import Settings
from backend.platform.world.outside import mail_address, parse_smtp


def smtp_mailer(settings: Settings) -> SmtpMailer:
    target = parse_smtp(settings.smtp_url.get_secret_value())
    back = mail_address(settings.bounce_address).addr_spec if settings.bounce_address else None
    return SmtpMailer(target, back)
