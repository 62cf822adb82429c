"""Send a message to a customer's phone."""

from backend.messaging.channel import Handed, Unreachable
from backend.messaging.sms.gateway import Gateway
from backend.messaging.wording import text_of
from models.customer import Customer
from models.message import Message


class SmsChannel:
    """In `message.data`: `to`."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def turn(self, customer: Customer, message: Message) -> None:
        """Gateways keep their own pace and say 429 when it is too much."""

    async def send(self, customer: Customer, message: Message) -> Handed:
        to = message.data.get("to")
        if not to:
            raise Unreachable("no confirmed phone", gone=False)
        return await self._gateway.send(to, text_of(message, customer.language))
