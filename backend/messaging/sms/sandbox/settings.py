"""Open the sandbox's phone from the settings."""

from aiohttp import ClientSession

from backend.messaging.sms.sandbox.send import SandboxGateway
from backend.platform.settings import Settings


def sandbox_gateway(settings: Settings, http: ClientSession) -> SandboxGateway:
    return SandboxGateway(http, settings.sandbox_url)
