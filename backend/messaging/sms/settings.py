"""Open SMS from the settings: every gateway, by its name in KARMAN_SMS_GATEWAY."""

from collections.abc import Callable

from aiohttp import ClientSession

from backend.messaging.sms.http_template.settings import http_gateway
from backend.messaging.sms.sandbox.settings import sandbox_gateway
from backend.messaging.sms.send import Gateway, SmsChannel
from backend.messaging.sms.smsc.settings import smsc_gateway
from backend.messaging.sms.smsru.settings import smsru_gateway
from backend.platform.settings import Settings

GATEWAYS: dict[str, Callable[[Settings, ClientSession], Gateway]] = {
    "http": http_gateway,
    "smsc": smsc_gateway,
    "smsru": smsru_gateway,
}


def sms_channel(settings: Settings, http: ClientSession) -> SmsChannel | None:
    """None when there is no way to send SMS. Raises SettingsRefused."""
    gateway = choose_gateway(settings, http)
    return None if gateway is None else SmsChannel(gateway)


def choose_gateway(settings: Settings, http: ClientSession) -> Gateway | None:
    """The gateway of the settings, else the sandbox's phone, else none. Raises
    SettingsRefused when a gateway is named and its settings are missing."""
    if settings.sms_gateway:
        return GATEWAYS[settings.sms_gateway](settings, http)
    return sandbox_gateway(settings, http) if settings.sandbox_url else None
