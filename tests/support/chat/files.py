"""Documents that the bot sent, read as the person's phone reads them."""

from tests.support.chat.person import Json, Person
from tests.support.chat.telegram import Telegram


async def documents(telegram: Telegram, person: Person) -> dict[str, bytes]:
    """Name → content, of every document in the chat; of several with one name the newest."""
    found: dict[str, bytes] = {}
    for message in person.messages:
        if "document" in message and not message["mine"]:
            found[message["document"]["file_name"]] = await _content(telegram, message)
    return found


async def _content(telegram: Telegram, message: Json) -> bytes:
    assert telegram.http is not None
    file_id = message["document"]["file_id"]
    async with telegram.http.get(f"{telegram.url}/sandbox/files/{file_id}") as answer:
        assert answer.status == 200
        return await answer.read()
