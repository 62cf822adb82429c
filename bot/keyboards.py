"""Buttons of a screen as Telegram wants them."""

from typing import Any

from aiogram.types import (
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.screens.screen import Ask, AskKeyboard, Button, Keys, Rows


def inline_keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Of plain values: aiogram's own buttons cost more than reading the screen's rows."""
    if not rows:
        return None
    lines: Any = [[_button(button) for button in row] for row in rows if row]
    # aiogram's classes are built when they are first used, which this is not.
    InlineKeyboardMarkup.model_rebuild()
    return InlineKeyboardMarkup.model_construct(inline_keyboard=lines)


def _button(button: Button) -> dict[str, Any]:
    """An InlineKeyboardButton."""
    given = {
        "callback_data": button.tap,
        "url": button.url,
        "copy_text": {"text": button.copy} if button.copy is not None else None,
        "switch_inline_query": button.share,
        "style": button.style.value or None,
    }
    return {"text": button.label} | {name: it for name, it in given.items() if it is not None}


def reply_keyboard(asked: AskKeyboard) -> ReplyKeyboardMarkup:
    """The question's button above, plain answers below it, one in a row, cancel at the end."""
    first = KeyboardButton(
        text=asked.label,
        request_contact=True if asked.ask is Ask.CONTACT else None,
        request_location=True if asked.ask is Ask.LOCATION else None,
    )
    return ReplyKeyboardMarkup(
        keyboard=[
            [first],
            *([KeyboardButton(text=label)] for label in (*asked.others, asked.cancel)),
        ],
        resize_keyboard=True,
        one_time_keyboard=True,
        input_field_placeholder=asked.placeholder[:64] or None,
    )


def keys_keyboard(keys: Keys) -> ReplyKeyboardMarkup:
    """Side by side, as low as they can be."""
    row = [KeyboardButton(text=label) for label in keys.labels]
    return ReplyKeyboardMarkup(keyboard=[row], resize_keyboard=True, is_persistent=True)
