"""What a push says, read from its body: `pushType`, `payload`, `qos`; `utm` is taken and not used.

A type that is none of theirs is advertising, as it is there.
"""

from backend.messages.order import MessageOrder
from backend.web.compat.call import Call
from backend.web.compat.fields import flag, part, text, web_address
from backend.web.compat.koshelek.offers import named_offer, offers_of_login
from backend.web.compat.koshelek.promo_shown import status_of_offer
from backend.web.compat.wrong import Wrong
from models.message_purpose import MessagePurpose

LONGEST_TITLE, LONGEST_MESSAGE = 50, 150
_TYPES = {"TRANSACTION": MessagePurpose.TRANSACTION, "SERVICE": MessagePurpose.SERVICE}
_TARGETS = ("card", "campaign", "campaigns")


async def order_of(call: Call) -> MessageOrder:
    """Raises Wrong."""
    body = call.body
    payload = part(body, "payload")
    purpose = _TYPES.get(text(body, "pushType", 32).upper(), MessagePurpose.PROMO)
    promo = purpose is MessagePurpose.PROMO
    return MessageOrder(
        purpose=purpose,
        title=text(payload, "title", LONGEST_TITLE, needed=True, where="payload."),
        text=text(payload, "message", LONGEST_MESSAGE, needed=True, where="payload."),
        picture=web_address(payload, "image") if promo else "",
        offer_id=await _opens(call),
        told=flag(part(body, "qos"), "deliveryStatusNotifications"),
        erid=(text(body, "erid", 64) or call.settings.erid) if promo else "",
    )


async def _opens(call: Call) -> int:
    """The offer that the button leads to; 0: the card."""
    link = part(part(call.body, "payload"), "deeplink")
    target = text(link, "target", 32, where="payload.deeplink.") or "card"
    if target not in _TARGETS:
        where = "payload.deeplink.target"
        raise Wrong(400, where, f"{where}: expected {', '.join(_TARGETS)}")
    if target == "card":
        return 0
    campaign = text(link, "campaignId", 64, needed=target == "campaign", where="payload.deeplink.")
    return await named_offer(call, campaign) if target == "campaign" else await _any(call)


async def _any(call: Call) -> int:
    """All that the brand offers: the first that people see."""
    found = (await offers_of_login(call)).filter(status="published")
    now = call.ctx.clock()
    for offer in await found.order_by("position", "id"):
        if status_of_offer(offer, now) == "active":
            return int(offer.id)
    return 0
