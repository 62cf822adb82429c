"""Each bot that is started has a dispatcher of its own, with what is declared once for all."""

from aiogram import Dispatcher

from bot.dispatcher import build_dispatcher
from bot.handlers.registry import ROUTERS


def handlers_of(dispatcher: Dispatcher) -> list[object]:
    return [
        (router.name, kind, handler.callback, len(observer.middleware))
        for router in dispatcher.chain_tail
        for kind, observer in router.observers.items()
        for handler in observer.handlers
    ]


def test_two_dispatchers_hold_every_declared_handler_in_the_same_order() -> None:
    declared = [
        (router.name, kind, handler.callback, len(observer.middleware))
        for router in ROUTERS
        for kind, observer in router.observers.items()
        for handler in observer.handlers
    ]
    assert len(declared) > 100
    for dispatcher in (build_dispatcher(ROUTERS), build_dispatcher(ROUTERS)):
        assert [one for one in handlers_of(dispatcher) if one in declared] == declared
    assert all(router.parent_router is None for router in ROUTERS), "what is declared stays free"


def test_no_router_filters_as_a_whole() -> None:
    """That would not be copied: name the filter at each handler."""
    filtered = [
        router.name
        for router in ROUTERS
        for observer in router.observers.values()
        if observer._handler.filters or router.sub_routers
    ]
    assert filtered == []
