"""All that is due, sent in this task."""

from backend.webhooks.sender import Sender

HOSTS = frozenset({"127.0.0.1"})


async def sent(sender: Sender) -> None:
    while await sender.step():
        continue
    await sender.rest()
