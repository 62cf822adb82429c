"""Open SMS from the settings."""

from aiohttp import ClientSession

from backend.messaging.sms.registry import choose_gateway
from backend.messaging.sms.send import SmsChannel
from backend.platform.settings import Settings


def sms_channel(settings: Settings, http: ClientSession) -> SmsChannel | None:
    """None when there is no way to send SMS. Raises SettingsRefused."""
    gateway = choose_gateway(settings, http)
    return None if gateway is None else SmsChannel(gateway)
