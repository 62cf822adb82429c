"""Which tap a handler answers, `@router.callback_query(Tapped(StarCard))`, and the straight way of
a tap to the routers that know its prefix."""

from collections.abc import Iterable
from typing import Any

from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, TelegramObject

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


class TapDoors(Dispatcher):
    """A dispatcher whose routers are complete. Asked one after the other, each of a hundred
    handlers would look at each tap."""

    def __init__(self, routers: Iterable[Router]) -> None:
        super().__init__(disable_fsm=True)
        self.include_routers(*routers)
        self._knowing = {prefix: self._that_may(prefix) for prefix in self._prefixes()}
        self._others = self._that_may(None)

    def _prefixes(self) -> set[str]:
        every = (prefixes for router in self.sub_routers for prefixes in _taps_of(router))
        return {prefix for prefix in every if prefix is not None}

    def _that_may(self, prefix: str | None) -> list[Router]:
        """In their order, with those that take any tap."""
        return [each for each in self.sub_routers if {prefix, None} & set(_taps_of(each))]

    async def _propagate_event(
        self,
        observer: TelegramEventObserver | None,
        update_type: str,
        event: TelegramObject,
        **kwargs: Any,
    ) -> Any:
        if not isinstance(event, CallbackQuery):
            return await super()._propagate_event(observer, update_type, event, **kwargs)
        prefix = (event.data or "").partition(SEPARATOR)[0]
        for router in self._knowing.get(prefix, self._others):
            answer = await router.propagate_event(update_type=update_type, event=event, **kwargs)
            if answer is not UNHANDLED:
                return answer
        return UNHANDLED


def _taps_of(router: Router) -> list[str | None]:
    """The prefix of each of its handlers; None of one that takes others too."""
    return [
        next(
            (
                filter_.callback.tap.prefix
                for filter_ in handler.filters or ()
                if isinstance(filter_.callback, Tapped)
            ),
            None,
        )
        for handler in router.callback_query.handlers
    ]
