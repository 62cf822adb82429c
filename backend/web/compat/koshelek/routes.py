"""Addresses of «Кошелёк», each with what answers it."""

from functools import partial

from aiohttp import web

from backend.access.facade_secret import Passwords
from backend.web.compat.door import House
from backend.web.compat.koshelek import bulk, push
from backend.web.compat.koshelek.door import KoshelekDoor
from backend.web.compat.koshelek.password import reset

PREFIX = "/compat/koshelek"


def add_koshelek(routes: web.UrlDispatcher, house: House) -> None:
    passwords = Passwords()
    door = KoshelekDoor(house, passwords)
    first = KoshelekDoor(house, passwords, initial=True)
    for method, path, handler in (
        ("PUT", "/public/user/reset-password", first.changes(reset(passwords))),
        ("POST", "/push/delivery", door.changes(push.deliver)),
        ("GET", "/push/delivery/{message}", door.reads(push.state)),
        ("POST", "/bulk/single", partial(bulk.receive, door)),
        ("GET", "/bulk/single/{bulk}", door.reads(bulk.state)),
    ):
        routes.add_route(method, PREFIX + path, handler)
