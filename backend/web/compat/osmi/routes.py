"""Addresses of OSMI Cards, each with what answers it."""

from aiohttp import web

from backend.web.compat.call import Work
from backend.web.compat.door import House
from backend.web.compat.osmi import passes, push, registration, search, templates
from backend.web.compat.osmi.digest import Nonces
from backend.web.compat.osmi.door import BearerDoor, DigestDoor, OsmiDoor

PREFIX = "/compat/osmi"
_READS: tuple[tuple[str, Work], ...] = (
    ("/ping", search.ping),
    ("/passes/{serial}", passes.one),
    ("/passes/{serial}/link", passes.link),
    ("/templates", templates.every),
    ("/templates/", templates.every),
    ("/templates/{template}", templates.one),
    ("/images", templates.images),
    ("/defaults/all", templates.defaults),
    ("/stats/general", search.stats),
)
_STREAMS: tuple[tuple[str, Work], ...] = (
    ("/passes", passes.every),
    ("/registration/data/{group}", registration.data),
)
# The longer address first where two would fit.
_CHANGES: tuple[tuple[str, str, Work], ...] = (
    ("POST", "/passes/{serial}/push", push.push),
    ("POST", "/passes/{serial}/{template}", passes.make),
    ("PUT", "/passes/move/{serial}/{template}/push", passes.moving(push=True)),
    ("PUT", "/passes/move/{serial}/{template}", passes.moving(push=False)),
    ("PUT", "/passes/{serial}/push", passes.changing(push=True)),
    ("PUT", "/passes/{serial}", passes.changing(push=False)),
    ("PUT", "/passes/{serial}/{template}", passes.changing(push=False)),
    ("DELETE", "/passes/{serial}/push", passes.deleting(push=True)),
    ("DELETE", "/passes/{serial}", passes.deleting(push=False)),
    ("POST", "/marketing/pushmessage", push.pushmessage),
    ("POST", "/registration/deletedata", registration.delete_data),
)
_REFUSED = (
    ("POST", "/templates/{template}"),
    ("PUT", "/templates/{template}"),
    ("PUT", "/templates/{template}/push"),
    ("POST", "/images"),
    ("PUT", "/defaults"),
    ("POST", "/activation/sendpin/{phone}"),
    ("POST", "/activation/checkpin"),
    ("GET", "/passes/{serial}/sms/{phone}"),
    ("GET", "/passes/{serial}/email/{email}"),
)


def add_osmi(routes: web.UrlDispatcher, house: House, nonces: Nonces) -> None:
    bearer = BearerDoor(house)
    routes.add_route("POST", f"{PREFIX}/v2t/getToken", bearer.get_token)
    _add(routes, f"{PREFIX}/v2", DigestDoor(house, nonces))
    _add(routes, f"{PREFIX}/v2t", bearer)


def _add(routes: web.UrlDispatcher, prefix: str, door: OsmiDoor) -> None:
    for path, work in _READS:
        routes.add_route("GET", prefix + path, door.reads(work))
    for path, work in _STREAMS:
        routes.add_route("GET", prefix + path, door.streams(work))
    routes.add_route("POST", f"{prefix}/search/passes", door.reads(search.passes))
    for method, path, work in _CHANGES:
        routes.add_route(method, prefix + path, door.changes(work))
    for method, path in _REFUSED:
        routes.add_route(method, prefix + path, door.reads(templates.unsupported))
