"""Hand a letter to a mail server."""

import ssl
from email.message import EmailMessage

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientRefused,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from backend.messaging.channel import Handed, OutcomeUnknown, Unreachable
from backend.messaging.email.letter import Letter
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater
from backend.platform.world.outside import SmtpTarget

TIMEOUT_SECONDS = 15.0
_START_TLS = {"required": True, "auto": None, "never": False}


class SmtpMailer:
    """A connection per letter; many may be sent at once. `back`: where they come back to, the
    sender if it is None."""

    def __init__(self, target: SmtpTarget, back: str | None = None) -> None:
        self._target = target
        self._back = back

    async def send(self, _letter: Letter, message: EmailMessage) -> Handed:
        handing_over = False
        try:
            async with self._connection() as server:
                handing_over = True
                await server.send_message(message, sender=self._back)
                handing_over = False
        except (SMTPException, OSError) as wrong:
            raise _translated(wrong, handing_over=handing_over) from None
        return Handed(str(message["Message-ID"]))

    def _connection(self) -> SMTP:
        target = self._target
        return SMTP(
            hostname=target.host,
            port=target.port,
            username=target.user or None,
            password=target.password or None,
            use_tls=target.tls,
            start_tls=False if target.tls else _START_TLS[target.starttls],
            timeout=TIMEOUT_SECONDS,
        )


def _translated(
    wrong: SMTPException | OSError, *, handing_over: bool
) -> Failure | Unreachable | OutcomeUnknown:
    """The server's own text may quote the address: only its code goes on."""
    if isinstance(wrong, SMTPRecipientsRefused):
        return _recipient(wrong.recipients[0])
    if isinstance(wrong, SMTPRecipientRefused):
        return _recipient(wrong)
    if isinstance(wrong, SMTPResponseException):
        return _by_code(wrong)
    if isinstance(wrong, ssl.SSLError | SMTPNotSupported) or "STARTTLS" in str(wrong):
        return NeedsSettings("the mail server lacks the TLS that KARMAN_SMTP_URL asks for")
    if handing_over and not isinstance(wrong, SMTPConnectError):
        return OutcomeUnknown("the connection broke while the letter was handed over")
    return TryLater(f"the mail server is away: {type(wrong).__name__}")


def _recipient(wrong: SMTPRecipientRefused) -> Failure | Unreachable:
    if wrong.code < 500:
        return TryLater(f"the mail server takes nothing for this mailbox yet: {wrong.code}")
    return Unreachable(f"the mail server refused the mailbox: {wrong.code}", gone=False)


def _by_code(wrong: SMTPResponseException) -> Failure:
    if wrong.code < 500:
        return TryLater(f"the mail server said {wrong.code}")
    if isinstance(wrong, SMTPAuthenticationError | SMTPSenderRefused) or wrong.code in {530, 535}:
        return NeedsSettings(f"the mail server refused us: {wrong.code}; check KARMAN_SMTP_URL")
    return GiveUp(f"the mail server refused the letter: {wrong.code}")
