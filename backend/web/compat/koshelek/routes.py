"""Addresses of «Кошелёк», each with what answers it."""

from functools import partial

from aiohttp import web

from backend.access.facade_secret import Passwords
from backend.web.compat.door import House
from backend.web.compat.koshelek import bulk, places, promo, push
from backend.web.compat.koshelek.door import KoshelekDoor
from backend.web.compat.koshelek.password import reset

PREFIX = "/compat/koshelek"


def add_koshelek(routes: web.UrlDispatcher, house: House) -> None:
    passwords = Passwords()
    door = KoshelekDoor(house, passwords)
    first = KoshelekDoor(house, passwords, initial=True)
    place = places.PlacesDoor(house, passwords)
    for method, path, handler in (
        ("PUT", "/public/user/reset-password", first.changes(reset(passwords))),
        ("POST", "/push/delivery", door.changes(push.deliver)),
        ("GET", "/push/delivery/{message}", door.reads(push.state)),
        ("POST", "/bulk/single", partial(bulk.receive, door)),
        ("GET", "/bulk/single/{bulk}", door.reads(bulk.state)),
        ("GET", "/promo/v1/all", door.reads(promo.every)),
        ("GET", "/promo/v1/details", door.reads(promo.one)),
        ("POST", "/promo/v1/create", door.changes(promo.create, promo.pictures)),
        ("POST", "/promo/v1/update", door.changes(promo.update, promo.pictures)),
        ("PUT", "/promo/v1/update", door.changes(promo.update, promo.pictures)),
        # Not in one transaction: the list is written in batches, and again changes nothing.
        ("POST", "/places/sync", place.reads(places.sync)),
        ("GET", "/places/sync/{session}", place.reads(places.state)),
    ):
        routes.add_route(method, PREFIX + path, handler)
