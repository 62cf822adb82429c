"""Which operation an address is of: looked up by its method, its length and its noun.

aiohttp's dispatcher, which tries one pattern after the other, is asked for all else: addresses with
escapes, pages that are no operation, and what is wrong with an address that leads nowhere.
"""

from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler

# Its place in `/api/v1/noun/…`, split at the slashes.
_NOUN = 3


@dataclass(frozen=True, slots=True)
class _Way:
    """`fixed` are the parts of the path that are words, `holes` those that are named, by place."""

    route: web.AbstractRoute
    fixed: tuple[tuple[int, str], ...]
    holes: tuple[tuple[int, str], ...]


class Routes(web.UrlDispatcher):
    def __init__(self) -> None:
        super().__init__()
        self._ways: dict[tuple[str, int, str], list[_Way]] = {}

    def add_operation(self, method: str, path: str, handler: Handler) -> None:
        route, parts = self.add_route(method, path, handler), path.split("/")
        holes = {place for place, part in enumerate(parts) if part.startswith("{")}
        way = _Way(
            route,
            tuple((place, part) for place, part in enumerate(parts) if place not in holes),
            tuple((place, parts[place][1:-1]) for place in sorted(holes)),
        )
        ways = self._ways.setdefault((method, len(parts), parts[_NOUN]), [])
        ways.append(way)
        # A word goes before a name.
        ways.sort(key=lambda each: [-place for place, _ in each.holes])

    async def resolve(self, request: web.Request) -> web.UrlMappingMatchInfo:
        path = request.rel_url.raw_path
        if "%" not in path:
            parts = path.split("/")
            if len(parts) > _NOUN:
                for way in self._ways.get((request.method, len(parts), parts[_NOUN]), ()):
                    if _is(way, parts):
                        named = {name: parts[place] for place, name in way.holes}
                        return web.UrlMappingMatchInfo(named, way.route)
        return await super().resolve(request)


def _is(way: _Way, parts: list[str]) -> bool:
    for place, word in way.fixed:
        if parts[place] != word:
            return False
    return all(parts[place] for place, _ in way.holes)
