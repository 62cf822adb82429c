"""Open what tells of SMS that were sent from the settings: by the same gateway."""

from collections.abc import Callable

from backend.messaging.reports import Reports
from backend.messaging.sms.http_template.reports import HttpReports
from backend.messaging.sms.smsc.reports import SmscReports
from backend.messaging.sms.smsru.reports import SmsRuReports
from backend.platform.settings import Settings


def _smsc(settings: Settings) -> Reports:
    return SmscReports(settings.sms_login, settings.sms_password.get_secret_value())


def _smsru(settings: Settings) -> Reports:
    return SmsRuReports(settings.sms_api_id.get_secret_value())


def _http(settings: Settings) -> Reports | None:
    if not settings.sms_report:
        return None
    url, token = settings.sms_report_url.get_secret_value(), settings.sms_token.get_secret_value()
    return HttpReports(url, settings.sms_report, token)


_GATEWAYS: dict[str, Callable[[Settings], Reports | None]] = {
    "http": _http,
    "smsc": _smsc,
    "smsru": _smsru,
}


def sms_reports(settings: Settings) -> Reports | None:
    """None where nothing tells of them."""
    found = _GATEWAYS.get(settings.sms_gateway)
    return None if found is None else found(settings)
