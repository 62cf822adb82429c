"""Updates as Telegram writes them, for tests that hand them over themselves."""

from typing import Any


def message(update_id: int, person: int, text: str, **more: Any) -> dict[str, Any]:
    """What a person wrote in the private chat."""
    who = {"id": person, "is_bot": False, "first_name": f"N{person}", "language_code": "ru"}
    chat = {"id": person, "type": "private", "first_name": f"N{person}"}
    body = {"message_id": update_id, "date": 1763715600, "chat": chat, "from": who, "text": text}
    return {"update_id": update_id, "message": {**body, **more}}


def inline_query(update_id: int, person: int, query: str) -> dict[str, Any]:
    who = {"id": person, "is_bot": False, "first_name": f"N{person}", "language_code": "ru"}
    body = {"id": str(update_id), "from": who, "query": query, "offset": ""}
    return {"update_id": update_id, "inline_query": body}
