"""One offer, and the way to its card."""

from aiohttp import web

from backend.offer_page import cities_of
from backend.web.keys import CTX, FINISHED
from backend.web.pages.render import page_text, reader_language
from catalog.shelves.browse import offers_of_brand, open_offer, stores_near
from catalog.shelves.hours import hours_in_words
from catalog.shelves.stock import out_of_numbers
from models.offer import Offer

ROUTES = web.RouteTableDef()
STORES = 10
# Of a link on the site, so that a brand sees where its customers come from.
SOURCE = "site"


@ROUTES.get(r"/offers/{id:\d{1,18}}")
async def offer(request: web.Request) -> web.Response:
    """404 for what never was, 410 for what has ended."""
    offer_id = int(request.match_info["id"])

    async def make() -> str:
        return await _one(request, offer_id)

    key = (reader_language(request), "offer", offer_id)
    return await request.app[FINISHED].answer(request, key, make)


async def _one(request: web.Request, offer_id: int) -> str:
    now = request.app[CTX].clock()
    shown = await open_offer(now, offer_id)
    beside = [one for one in await offers_of_brand(now, shown.brand_id) if one.id != shown.id]
    await Offer.fetch_for_list(beside, "brand__program__account")
    return page_text(
        request,
        "offer.html",
        offer=shown,
        empty=await out_of_numbers({shown.brand.program_id}),
        beside=beside,
        cities=await cities_of(shown),
        stores=await stores_near(shown.brand_id, None, limit=STORES),
        hours=hours_in_words,
        source=SOURCE,
    )
