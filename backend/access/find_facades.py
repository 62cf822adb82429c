"""Façade logins as they are listed, named and recognised."""

import hmac
from collections.abc import Collection, Sequence

from backend.access.key_text import read_key_text
from models.facade import LONGEST_LOGIN, FacadeKind, FacadeLogin
from models.refusal import Code, Refusal


async def list_facades(account_id: int | None = None) -> Sequence[FacadeLogin]:
    """For the operator: of one account, or everybody's; the newest first."""
    # of all: the operator looks after the logins of everybody
    found = FacadeLogin.all() if account_id is None else FacadeLogin.filter(account_id=account_id)
    return await found.order_by("-id").select_related("account", "webhook")


async def facade_named(login: str) -> FacadeLogin:
    """Inside a transaction; locked. Refuses with api_key_not_found."""
    # The ORM raises for a value that is longer than its column.
    named = login if len(login) <= LONGEST_LOGIN else ""
    # of all: the operator names any login
    found = await FacadeLogin.filter(login=named).select_for_update().first()
    if found is None:
        raise Refusal(Code.API_KEY_NOT_FOUND)
    return found


async def login_of(kinds: Collection[FacadeKind], login: str) -> FacadeLogin | None:
    """One that is good now; that its secret is known, is asked by whoever calls."""
    if len(login) > LONGEST_LOGIN or "\0" in login:
        return None
    # of all: whose login it is, is what is asked
    return await FacadeLogin.get_or_none(login=login, kind__in=list(kinds), revoked_at__isnull=True)


async def login_with_id(login_id: int) -> FacadeLogin | None:
    """One that is good now, of whom we have signed that they have shown its secret."""
    # of all: whose login it is, is what was signed
    return await FacadeLogin.get_or_none(id=login_id, revoked_at__isnull=True)


async def login_of_token(text: str) -> FacadeLogin | None:
    told = read_key_text(text)
    if told is None:
        return None
    found = await login_of([FacadeKind.OSMI_TOKEN], told.public_id)
    if found is None or not hmac.compare_digest(bytes.fromhex(told.digest), found.secret):
        return None
    return found
