"""Keys as they are listed and named: an account's, the operator's, or all."""

from collections.abc import Sequence
from datetime import datetime

from catalog.tenant import Scope
from models.api_key import LONGEST_ID, ApiKey
from models.refusal import Code, Refusal


async def list_keys(account_id: int | None = None) -> Sequence[ApiKey]:
    """For the operator: of one account, or everybody's; the newest first."""
    # of all: the operator looks after the keys of everybody
    keys = ApiKey.all() if account_id is None else ApiKey.filter(account_id=account_id)
    return await keys.order_by("-id").select_related("account")


async def key_named(scope: Scope | None, public_id: str) -> ApiKey:
    """`scope` None: the operator's look at every key. Refuses with api_key_not_found, also when
    the key is another account's."""
    # of all: without a scope the operator names any key
    keys = ApiKey.all() if scope is None else scope.api_keys()
    # The ORM raises for a value that is longer than its column.
    named = public_id if len(public_id) <= LONGEST_ID else ""
    found = await keys.filter(public_id=named).select_for_update().first()
    if found is None:
        raise Refusal(Code.API_KEY_NOT_FOUND)
    return found


def is_good(key: ApiKey, now: datetime) -> bool:
    """Neither revoked nor past its end. One that was replaced is good until its overlap ends."""
    return key.revoked_at is None and (key.expires_at is None or now < key.expires_at)
