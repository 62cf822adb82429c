"""Open a gateway that is described by templates from the settings."""

from aiohttp import ClientSession

from backend.messaging.sms.http_template.send import HttpGateway, Template
from backend.platform.settings import Settings, SettingsRefused


def http_gateway(settings: Settings, http: ClientSession) -> HttpGateway:
    """Raises SettingsRefused."""
    url, body = settings.sms_url.get_secret_value(), settings.sms_body.get_secret_value()
    if (
        not url
        or "{text}" not in url + body
        or not ("{to}" in url + body or "{digits}" in url + body)
    ):
        raise SettingsRefused(
            "KARMAN_SMS_URL: expected https://gateway.example/send?to={to}&text={text}"
            " ({to} and {text} may stand in KARMAN_SMS_BODY)"
        )
    if body and settings.sms_method != "POST":
        raise SettingsRefused("KARMAN_SMS_METHOD: expected POST, because KARMAN_SMS_BODY is set")
    template = Template(
        url=url,
        method=settings.sms_method,
        body=body,
        token=settings.sms_token.get_secret_value(),
        expect=settings.sms_expect,
        kopecks=settings.sms_kopecks,
    )
    return HttpGateway(http, template)
