"""`reply_markup`: every rule that Telegram has for keyboards, checked before a message is sent."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.bodies import Params
from bot.sandbox.content.text import Json
from bot.sandbox.errors import ApiError, bad_request

MAX_BUTTONS = 100
MAX_ROW = 8
_STYLES = {"danger", "success", "primary"}
_INLINE_ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text",
    "callback_game", "pay",
)  # fmt: skip
_NOT_OFFERED = ("web_app", "login_url", "callback_game", "pay")
_REPLY_ACTIONS = (
    "request_contact", "request_location", "request_users", "request_chat",
    "request_managed_bot", "request_poll", "web_app",
)  # fmt: skip


def read_markup(params: Params, *, private: bool) -> Json | None:
    """Any of the four kinds of markup, normalised; None when there is none."""
    markup = params.object("reply_markup")
    if not markup:
        return None
    if "inline_keyboard" in markup:
        return check_inline(markup)
    if "keyboard" in markup:
        return _check_reply(markup, private=private)
    if markup.get("remove_keyboard") is True:
        return {"remove_keyboard": True}
    if markup.get("force_reply") is True:
        placeholder = _placeholder(markup)
        return {"force_reply": True} | placeholder
    raise bad_request("object expected as reply markup")


def read_inline_markup(params: Params) -> Json | None:
    """The markup of an edit: an inline keyboard or nothing."""
    markup = params.object("reply_markup")
    if not markup:
        return None
    if "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return check_inline(markup)


def check_inline(markup: Any) -> Json | None:
    """A checked InlineKeyboardMarkup; None when it has no buttons."""
    rows = _rows(markup, "inline_keyboard")
    checked = [[_inline_button(button) for button in row] for row in rows]
    return {"inline_keyboard": checked} if checked else None


def _rows(markup: Any, name: str) -> list[list[Any]]:
    rows = markup.get(name) if isinstance(markup, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'can\'t parse reply keyboard markup: "{name}" must be an Array of Array')
    kept = [row for row in rows if row]
    if any(len(row) > MAX_ROW for row in kept):
        raise bad_request(f"reply markup is too long: more than {MAX_ROW} buttons in a row")
    if sum(len(row) for row in kept) > MAX_BUTTONS:
        raise bad_request(f"reply markup is too long: more than {MAX_BUTTONS} buttons")
    return kept


def _button_error(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise _button_error("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str) or not text.strip():
        raise _button_error("Text buttons are unallowed in the inline keyboard: text is empty")
    actions = [name for name in _INLINE_ACTIONS if button.get(name) is not None]
    if not actions:
        raise _button_error("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _button_error(f"exactly one field must be used, found {', '.join(actions)}")
    _check_style(button)
    action = actions[0]
    if action in _NOT_OFFERED:
        raise bad_request(f"inline keyboard button field {action} is not offered by the sandbox")
    _CHECKS[action](button[action])
    style = {"style": button["style"]} if button.get("style") else {}
    return {"text": text, action: button[action]} | style


def _check_style(button: Json) -> None:
    if button.get("style") is not None and button["style"] not in _STYLES:
        raise bad_request("invalid button style specified")


def _check_callback(data: Any) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")


def check_url(address: Any) -> None:
    """An address that Telegram would put on a button: http(s) with a host, or tg://."""
    reason = _wrong_url(address)
    if reason:
        raise bad_request(f"inline keyboard button URL '{address}' is invalid: {reason}")


def _wrong_url(address: Any) -> str | None:
    if not isinstance(address, str) or not address or re.search(r"\s", address):
        return "URL host is empty"
    full = address if "://" in address else f"http://{address}"
    try:
        parts = urlsplit(full)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return "Wrong HTTP URL"
    if parts.scheme in {"tg", "ton", "tonsite"}:
        return None
    if parts.scheme not in {"http", "https"}:
        return "Unsupported URL protocol"
    if not host:
        return "URL host is empty"
    return None if "." in host.strip(".") or ":" in host else "Wrong HTTP URL"


def _check_query(query: Any) -> None:
    if not isinstance(query, str) or len(query) > 256:
        raise _button_error("switch inline query must be a String of at most 256 characters")


def _check_chosen_chat(choice: Any) -> None:
    kinds = ("allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats")
    if not isinstance(choice, dict) or not any(choice.get(kind) for kind in kinds):
        raise _button_error("at least one chat type must be allowed")


def _check_copy(copy: Any) -> None:
    text = copy.get("text") if isinstance(copy, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


_CHECKS = {
    "callback_data": _check_callback,
    "url": check_url,
    "switch_inline_query": _check_query,
    "switch_inline_query_current_chat": _check_query,
    "switch_inline_query_chosen_chat": _check_chosen_chat,
    "copy_text": _check_copy,
}


def _check_reply(markup: Json, *, private: bool) -> Json:
    rows = [
        [_reply_button(button, private=private) for button in row]
        for row in _rows(markup, "keyboard")
    ]
    if not rows:
        raise bad_request("reply keyboard is empty")
    flags = {
        name: True
        for name in ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective")
        if markup.get(name)
    }
    return {"keyboard": rows} | flags | _placeholder(markup)


def _placeholder(markup: Json) -> Json:
    text = markup.get("input_field_placeholder")
    if text is None:
        return {}
    if not isinstance(text, str) or not 1 <= len(text) <= 64:
        raise bad_request("input field placeholder must be 1-64 characters long")
    return {"input_field_placeholder": text}


def _reply_button(button: Any, *, private: bool) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not str(button.get("text") or "").strip():
        raise bad_request("can't parse keyboard button: text is empty")
    actions = [name for name in _REPLY_ACTIONS if button.get(name)]
    if len(actions) > 1:
        raise bad_request("can't parse keyboard button: at most one field must be used")
    _check_style(button)
    if actions and actions[0] not in {"request_contact", "request_location"}:
        raise bad_request(f"keyboard button field {actions[0]} is not offered by the sandbox")
    if actions and not private:
        raise bad_request(
            f"{'phone number' if actions[0] == 'request_contact' else 'location'} "
            "can be requested in private chats only"
        )
    style = {"style": button["style"]} if button.get("style") else {}
    return {"text": button["text"]} | dict.fromkeys(actions, True) | style
