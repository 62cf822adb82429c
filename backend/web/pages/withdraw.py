"""The page under a promotional letter: no more of it, in any browser, without a login.

Looking (GET, HEAD) changes nothing, because mail scanners and previews open every link; a
button does, and so does the mail program's own one (RFC 8058: POST List-Unsubscribe=One-Click).
"""

from aiohttp import web

from backend.consents.standing_answers import advertising_of
from backend.customers.choices.stop_advertising import stop_advertising
from backend.messaging.leave_link import LeaveLink, read_leave
from backend.platform.context import person
from backend.web.keys import CTX
from backend.web.pages.render import page
from catalog.scope import brands_in_catalog
from models.brand import Brand

ROUTES = web.RouteTableDef()

PAGE = "page:email"
ONE_CLICK = "page:one_click"


@ROUTES.get("/c/{token}")
async def look(request: web.Request) -> web.Response:
    found = await _found(request)
    if found is None:
        return _shown(request, "broken", None)
    return await _standing(request, *found)


@ROUTES.post("/c/{token}")
async def press(request: web.Request) -> web.Response:
    """`action`: email (letters of this brand), brand (all its advertising) or all."""
    found = await _found(request)
    if found is None:
        return _shown(request, "broken", None)
    leave, brand = found
    form = await request.post()
    action = str(form.get("action", ""))
    one_click = form.get("List-Unsubscribe") == "One-Click"
    if one_click:
        action = "email"
    if action not in {"email", "brand", "all"}:
        return await _standing(request, leave, brand)
    door = ONE_CLICK if one_click else PAGE
    ctx = request.app[CTX].acting(person(leave.customer_id), door)
    await stop_advertising(
        ctx,
        leave.customer_id,
        brand_id=None if action == "all" else leave.brand_id,
        channel="email" if action == "email" else None,
        tapped_at=ctx.clock(),
    )
    return _shown(request, f"done-{action}", brand)


async def _standing(request: web.Request, leave: LeaveLink, brand: Brand) -> web.Response:
    on = await advertising_of(leave.customer_id, leave.brand_id)
    return _shown(request, "open" if on else "off", brand, channels=sorted(on))


async def _found(request: web.Request) -> tuple[LeaveLink, Brand] | None:
    leave = read_leave(request.app[CTX].vault, request.match_info["token"])
    brand = await brands_in_catalog().get_or_none(id=leave.brand_id) if leave else None
    return (leave, brand) if leave is not None and brand is not None else None


def _shown(
    request: web.Request, state: str, brand: Brand | None, *, channels: list[str] | None = None
) -> web.Response:
    response = page(request, "withdraw.html", state=state, brand=brand, channels=channels or [])
    response.set_status(404 if state == "broken" else 200)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
