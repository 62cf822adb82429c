"""Open SMS.ru from the settings."""

from aiohttp import ClientSession

from backend.messaging.sms.smsru.send import SmsRuGateway
from backend.platform.settings import Settings, SettingsRefused


def smsru_gateway(settings: Settings, http: ClientSession) -> SmsRuGateway:
    """Raises SettingsRefused."""
    api_id = settings.sms_api_id.get_secret_value()
    if not api_id:
        raise SettingsRefused("KARMAN_SMS_API_ID: expected the api_id of SMS.ru")
    return SmsRuGateway(http, api_id, sender=settings.sms_sender, kopecks=settings.sms_kopecks)
