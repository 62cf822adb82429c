"""A channel at the outer edge that writes down what it was to send; it sends no advertising."""

from backend.messaging.channel import Handed, NoTurn, Turn
from backend.messaging.gated_channels import GatedChannels
from backend.messaging.handover import Handover
from models.message import Message
from tests.support.edge.gates import service_goes


class Notebook:
    def __init__(self) -> None:
        self.sent: list[Message] = []

    async def turn(self, handover: Handover) -> Turn:
        return NoTurn()

    async def send(self, handover: Handover) -> Handed:
        assert isinstance(handover.message, Message)
        self.sent.append(handover.message)
        return Handed(str(len(self.sent)))


def post_to(notebook: Notebook) -> GatedChannels:
    return GatedChannels({"telegram": notebook}, service_goes)
