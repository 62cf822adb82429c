"""Commands per scope and language, and the menu button."""

import re
from typing import Any

import orjson

from bot.sandbox.bodies import Params
from bot.sandbox.box import Box
from bot.sandbox.chats import known_place
from bot.sandbox.content.text import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.me import language
from bot.sandbox.people import all_people
from bot.sandbox.store import dump

_WITH_CHAT = {"chat", "chat_administrators", "chat_member"}
_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}


def _scope(box: Box, params: Params) -> str:
    scope = params.object("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind in _SCOPES:
        return str(kind)
    if kind not in _WITH_CHAT:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    place = known_place(box, str(scope.get("chat_id") or ""))
    if kind == "chat_member":
        if not isinstance(scope.get("user_id"), int):
            raise bad_request("can't parse BotCommandScope: user_id is empty")
        return f"chat_member {place.id} {scope['user_id']}"
    return f"{kind} {place.id}"


def _command(item: Any) -> Json:
    if not isinstance(item, dict):
        raise bad_request("can't parse list of bot commands: expected an Object")
    command = str(item.get("command") or "").removeprefix("/")
    description = str(item.get("description") or "").strip()
    if not re.fullmatch(r"[a-z0-9_]{1,32}", command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


async def set_my_commands(box: Box, params: Params) -> Any:
    items = params.array("commands")
    if items is None:
        raise bad_request("can't parse list of bot commands: it is empty")
    if len(items) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [_command(item) for item in items]
    scope, code = _scope(box, params), language(params)
    if not commands:
        return await delete_my_commands(box, params)
    box.store.run("INSERT OR REPLACE INTO commands VALUES (?, ?, ?)", scope, code, dump(commands))
    _tell(box)
    return True


async def get_my_commands(box: Box, params: Params) -> Any:
    return _read(box, _scope(box, params), language(params))


async def delete_my_commands(box: Box, params: Params) -> Any:
    box.store.run(
        "DELETE FROM commands WHERE scope = ? AND language_code = ?",
        _scope(box, params),
        language(params),
    )
    _tell(box)
    return True


def _read(box: Box, scope: str, code: str) -> list[Json]:
    row = box.store.row(
        "SELECT body FROM commands WHERE scope = ? AND language_code = ?", scope, code
    )
    return list(orjson.loads(row["body"])) if row else []


def commands_for(box: Box, code: str, chat_id: int | None = None) -> list[Json]:
    """What the menu of a private chat shows to a person of that language, by Telegram's order."""
    scopes = [f"chat {chat_id}"] if chat_id else []
    for scope in (*scopes, "all_private_chats", "default"):
        for tongue in dict.fromkeys((code, "")):
            found = _read(box, scope, tongue)
            if found:
                return found
    return []


def _tell(box: Box) -> None:
    box.hub.tell_all([person.id for person in all_people(box)], {"type": "commands"})


def _menu_key(box: Box, params: Params) -> str:
    chat_id = params.text("chat_id")
    return f"menu {known_place(box, chat_id).id}" if chat_id else "menu"


async def set_chat_menu_button(box: Box, params: Params) -> Any:
    button = params.object("menu_button") or {"type": "default"}
    if button.get("type") == "web_app":
        raise bad_request("menu button type web_app is not offered by the sandbox")
    if button.get("type") not in {"commands", "default"}:
        raise bad_request("can't parse MenuButton: unsupported type specified")
    box.store.put(_menu_key(box, params), {"type": button["type"]})
    return True


async def get_chat_menu_button(box: Box, params: Params) -> Any:
    default = box.store.get("menu", {"type": "commands"})
    return box.store.get(_menu_key(box, params), default)
