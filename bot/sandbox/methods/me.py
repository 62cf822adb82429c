"""The bot itself: getMe, and its name and descriptions per language."""

from typing import Any

from bot.sandbox.bodies import Params
from bot.sandbox.box import Box
from bot.sandbox.errors import bad_request

_LIMITS = {"name": 64, "description": 512, "short_description": 120}


async def get_me(box: Box, _params: Params) -> Any:
    return box.bot_user | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def language(params: Params) -> str:
    """Two-letter ISO 639-1 code, or an empty string for everyone else."""
    code = params.text("language_code") or ""
    if code and not (len(code) == 2 and code.isascii() and code.isalpha() and code.islower()):
        raise bad_request("invalid language code specified")
    return code


def text_for(box: Box, key: str, code: str) -> str:
    """The text in that language, or the one for everyone."""
    texts = box.store.get(key, {})
    return str(texts.get(code) or texts.get("") or "")


def _set(box: Box, params: Params, key: str) -> bool:
    text = (params.text(key) or "").strip()
    if len(text) > _LIMITS[key]:
        raise bad_request(f"bot {key.replace('_', ' ')} is too long")
    code = language(params)
    texts = {name: value for name, value in box.store.get(key, {}).items() if name != code}
    box.store.put(key, texts | ({code: text} if text else {}))
    return True


async def set_my_name(box: Box, params: Params) -> Any:
    return _set(box, params, "name")


async def get_my_name(box: Box, params: Params) -> Any:
    return {"name": text_for(box, "name", language(params)) or box.bot["first_name"]}


async def set_my_description(box: Box, params: Params) -> Any:
    return _set(box, params, "description")


async def get_my_description(box: Box, params: Params) -> Any:
    return {"description": text_for(box, "description", language(params))}


async def set_my_short_description(box: Box, params: Params) -> Any:
    return _set(box, params, "short_description")


async def get_my_short_description(box: Box, params: Params) -> Any:
    return {"short_description": text_for(box, "short_description", language(params))}
