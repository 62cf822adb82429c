"""The public catalog."""

from aiohttp import web

from backend.web.keys import CTX
from backend.web.pages.render import page
from catalog.browse import browse
from models.offer import Offer

ROUTES = web.RouteTableDef()
PAGE_SIZE = 24


@ROUTES.get("/offers")
async def offers(request: web.Request) -> web.Response:
    """`?page=` counts from 1; anything else is the first page."""
    asked = request.query.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    now = request.app[CTX].clock()
    found = await browse(now, None, None, max(number - 1, 0), PAGE_SIZE)
    # An offer ends in the days of its account.
    await Offer.fetch_for_list(found.offers, "brand__program__account")
    return page(request, "offers.html", found=found)
