"""Every place of the bot has its door on the page of doors, and the page names no other."""

from backend.platform.door import DOORS
from bot.handlers.registry import ROUTERS
from bot.membership import membership_router
from bot.visits import DELETE_MY_DATA, PUSH_BUTTON, door_of


def test_every_router_is_a_door_of_its_own() -> None:
    doors = [door_of(router) for router in (*ROUTERS, membership_router())]
    nameless = [r.name for r, door in zip(ROUTERS, doors, strict=False) if door == "bot"]
    assert not nameless, f"list them in backend/platform/door.py: {nameless}"
    ways = {*doors, PUSH_BUTTON["door"], DELETE_MY_DATA["door"], "bot:group"}
    listed = {door for door in DOORS if door.startswith("bot:")}
    assert ways == listed, "the page lists doors that are, and no others"
