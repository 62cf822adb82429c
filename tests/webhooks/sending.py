"""All that is due, sent in this task."""

from backend.webhooks.sender import Sender


async def sent(sender: Sender) -> None:
    while await sender.step():
        continue
    await sender.rest()
