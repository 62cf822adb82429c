"""Open SMSC.ru from the settings."""

from aiohttp import ClientSession

from backend.messaging.sms.smsc.send import SmscGateway
from backend.platform.settings import Settings, SettingsRefused


def smsc_gateway(settings: Settings, http: ClientSession) -> SmscGateway:
    """Raises SettingsRefused."""
    password = settings.sms_password.get_secret_value()
    if not settings.sms_login or not password:
        raise SettingsRefused(
            "KARMAN_SMS_LOGIN, KARMAN_SMS_PASSWORD: expected the login and password of SMSC.ru"
        )
    return SmscGateway(
        http,
        settings.sms_login,
        password,
        sender=settings.sms_sender,
        kopecks=settings.sms_kopecks,
    )
