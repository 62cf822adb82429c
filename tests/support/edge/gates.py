"""Gates for tests that are not about consents; the real one is backend.consents.gate."""

from models.message_purpose import MessagePurpose


async def everything_goes(
    _customer: int, _brand: int | None, _channel: str, _purpose: MessagePurpose
) -> bool:
    return True


async def nothing_goes(
    _customer: int, _brand: int | None, _channel: str, _purpose: MessagePurpose
) -> bool:
    return False


async def service_goes(
    _customer: int, _brand: int | None, _channel: str, purpose: MessagePurpose
) -> bool:
    """Neither advertising nor transactions."""
    return purpose is MessagePurpose.SERVICE
