"""Which tap a handler answers: `@router.callback_query(Tapped(StarCard))`."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery

from bot.tap_codec import SEPARATOR, Tap


class Tapped(Filter):
    """Gives the handler its tap as `callback_data`. Callback data that is not one of ours meets
    no handler but the last, which says that the button is of no use any more."""

    def __init__(self, tap: type[Tap]) -> None:
        self.tap = tap
        self._start = f"{tap.prefix}{SEPARATOR}"

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        data = query.data or ""
        # Before anything is read: each tap of a person is held against a hundred of these.
        if not f"{data}{SEPARATOR}".startswith(self._start):
            return False
        tap = self.tap.unpack(data)
        return False if tap is None else {"callback_data": tap}
