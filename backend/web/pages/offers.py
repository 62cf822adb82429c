"""The public catalog: by words, by city, by shelf."""

from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from backend.browse import browse, cities_with_offers
from backend.web.keys import CTX, FINISHED
from backend.web.pages.render import page_text, reader_language
from catalog.shelves.browse import OfferPage, search, shelves
from catalog.shelves.stock import out_of_numbers
from models.category import Category
from models.city import City
from models.offer import Offer

ROUTES = web.RouteTableDef()
PAGE_SIZE = 24
FOUND = 48
# In the list to choose from, the largest first; the bot knows every city.
CITIES = 150
LONGEST_QUERY = 64


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; `page` counts from 0. Whatever is odd is as if left out."""

    words: str = ""
    city: str = ""
    shelf: str = ""
    page: int = 0

    def address(self, lang: str, **changed: object) -> str:
        """The address of this list with something changed."""
        asked = {"q": self.words, "city": self.city, "shelf": self.shelf} | changed
        named = {name: value for name, value in asked.items() if value}
        return "/offers?" + urlencode({"lang": lang} | named)


@ROUTES.get("/offers")
async def offers(request: web.Request) -> web.Response:
    """`?q=` words, `?city=` and `?shelf=` keys, `?page=` from 1; anything odd is left out."""
    asked = _asked(request)

    async def make() -> str:
        return await _list(request, asked)

    key = (reader_language(request), asked)
    return await request.app[FINISHED].answer(request, key, make)


_NOTHING = Asked()


def _asked(request: web.Request) -> Asked:
    if not request.query_string:
        return _NOTHING
    number = request.query.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    return Asked(
        words=" ".join(request.query.get("q", "").split())[:LONGEST_QUERY],
        city=request.query.get("city", "")[:64],
        shelf=request.query.get("shelf", "")[:64],
        page=max(page - 1, 0),
    )


async def _list(request: web.Request, asked: Asked) -> str:
    now = request.app[CTX].clock()
    cities = (await cities_with_offers(0, CITIES)).cities
    city = next((one for one in cities if one.key == asked.city), None)
    standing = await shelves(now, city.id if city else None)
    shelf = next((one.category for one in standing if one.category.key == asked.shelf), None)
    found = await _found(request, asked, city, shelf)
    # An offer ends in the days of its account.
    await Offer.fetch_for_list(found.offers, "brand__program__account")
    return page_text(
        request,
        "offers.html",
        empty=await out_of_numbers({offer.brand.program_id for offer in found.offers}),
        asked=asked,
        cities=cities,
        city=city,
        shelves=standing,
        shelf=shelf,
        found=found,
    )


async def _found(
    request: web.Request, asked: Asked, city: City | None, shelf: Category | None
) -> OfferPage:
    """Words look on every shelf."""
    ctx, city_id = request.app[CTX], city.id if city else None
    now = ctx.clock()
    if asked.words:
        found = await search(ctx.brands, now, city_id, asked.words, FOUND)
        return OfferPage(found, 0, 1, len(found))
    return await browse(now, city_id, shelf.id if shelf else None, asked.page, PAGE_SIZE)
