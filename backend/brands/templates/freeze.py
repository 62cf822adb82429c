"""A content as it is kept: in a template, a campaign or a trigger."""

from collections.abc import Mapping
from typing import Any

from backend.brands.keep_picture import check_kept
from backend.templates.content import Content
from catalog.entries.messages.content import ContentEntry
from catalog.entries.picture import OFFER_PICTURE
from catalog.tenant import Scope
from catalog.wordings.variables import STANDARD, Declared
from models.refusal import Code, Refusal


async def kept_content(
    scope: Scope, account_id: int, entry: ContentEntry, variables: Mapping[str, Declared]
) -> dict[str, Any]:
    """As backend/templates/content.py reads it. `variables`: those that it was checked against.
    Refuses with offer_not_found, picture_not_found and picture_unfit."""
    if entry.picture and not entry.picture.startswith("https://"):
        await check_kept([entry.picture], OFFER_PICTURE)
    kept = entry.kept({})
    if entry.opens is not None and entry.opens.offer:
        offer = await _offer(scope, account_id, entry.opens.offer)
        kept["opens"] = {"offer": entry.opens.offer, "id": offer}
    own = Content.read(kept).variables() - set(STANDARD)
    kinds = {name: variables[name].kind.value for name in sorted(own)}
    return kept | ({"kinds": kinds} if kinds else {})


def entered(kept: Mapping[str, Any]) -> dict[str, Any]:
    """As it was entered: what we know beside it is left out."""
    shown = {name: value for name, value in kept.items() if name != "kinds"}
    opens = shown.get("opens")
    if opens and "id" in opens:
        shown["opens"] = {"offer": opens["offer"]}
    return shown


async def _offer(scope: Scope, account_id: int, key: str) -> int:
    found = scope.offers().filter(key=key, brand__program__account_id=account_id)
    for offer in await found:
        return int(offer.id)
    raise Refusal(Code.OFFER_NOT_FOUND)
