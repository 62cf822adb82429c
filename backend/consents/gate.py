"""The one question before every message: may this be sent?"""

from models.consent_document import ConsentPurpose
from models.consent_state import ConsentState
from models.message import MessagePurpose


async def may_send(
    customer_id: int, brand_id: int | None, channel: str, purpose: MessagePurpose
) -> bool:
    """Promo needs a standing advertising consent for this brand and channel. Service and
    transaction messages are part of the card itself."""
    if purpose is not MessagePurpose.PROMO:
        return True
    if brand_id is None:
        return False
    return await ConsentState.filter(
        customer_id=customer_id,
        purpose=ConsentPurpose.ADVERTISING,
        subject_id=brand_id,
        channel=channel,
        granted=True,
    ).exists()
