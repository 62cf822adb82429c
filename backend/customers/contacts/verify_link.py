"""The link in the letter: {base_url}/e/{token}. Looking at it changes nothing, because mail
scanners open every link; only the button on the page confirms."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from backend.customers.contacts.verify_ask import Asked, ask_link, open_value
from backend.customers.contacts.verify_limits import lock
from backend.customers.contacts.verify_settle import settle, take_over
from backend.platform.context import Context
from backend.platform.database import transaction
from models.customer import Customer
from models.refusal import Code, Refusal
from models.verification import Verification, VerificationState

_TOKEN = re.compile(r"([1-9][0-9]{0,17})-([0-9a-f]{64})")


class LinkState(StrEnum):
    OPEN = "open"
    # Proven, and somebody else's: «this is my address now» is still to be said.
    TAKEN = "taken"
    CONFIRMED = "confirmed"
    ALREADY = "already"
    EXPIRED = "expired"
    # A newer letter was sent; that one counts.
    REPLACED = "replaced"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Link:
    """`address` and `customer` are there unless the link is broken."""

    state: LinkState
    verification: Verification | None = None
    customer: Customer | None = None
    address: str = ""


BROKEN = Link(LinkState.BROKEN)


def link_token(ctx: Context, row: Verification) -> str:
    """Says which attempt, signed over the attempt's own secret salt and the address's index:
    nothing of it can be made or changed without the service key."""
    return f"{row.id}-{ctx.vault.sign(_signed_text(row))}"


def _signed_text(row: Verification) -> str:
    return f"email-link:{row.id}:{row.customer_id}:{row.blind_index}:{row.salt}"


async def read_link(ctx: Context, token: str) -> Link:
    """Where the link stands; changes nothing."""
    found = _TOKEN.fullmatch(token)
    row = await Verification.get_or_none(id=int(found[1]), how="link") if found else None
    if found is None or row is None or not row.salt:
        return BROKEN
    customer = await Customer.get(id=row.customer_id)
    if not ctx.vault.signed(_signed_text(row), found[2]) or customer.data_key is None:
        return BROKEN
    return Link(_state(ctx, row), row, customer, open_value(ctx, customer, row))


def _state(ctx: Context, row: Verification) -> LinkState:
    if row.state is VerificationState.USED:
        return LinkState.ALREADY
    if row.state is VerificationState.REPLACED:
        return LinkState.REPLACED
    if row.expires_at <= ctx.clock() or row.state is VerificationState.REFUSED:
        return LinkState.EXPIRED
    return LinkState.TAKEN if row.state is VerificationState.PROVEN else LinkState.OPEN


async def confirm_link(ctx: Context, token: str, *, mine_now: bool = False) -> Link:
    """The button on the page; pressed twice at once it confirms once. `mine_now` answers the
    question that state «taken» asks."""
    link = await read_link(ctx, token)
    if link.verification is None or link.customer is None:
        return link
    if link.state is LinkState.OPEN:
        await _prove(ctx, link.customer, link.verification)
        link = await _read_again(ctx, token)
    if link.state is LinkState.TAKEN and mine_now:
        return await _take(ctx, token, link)
    return link


async def _take(ctx: Context, token: str, link: Link) -> Link:
    assert link.customer is not None
    assert link.verification is not None
    try:
        await take_over(ctx, link.customer, link.verification.id)
    except Refusal as refusal:
        if refusal.code is not Code.PROOF_EXPIRED:
            raise
        return await read_link(ctx, token)
    return replace(link, state=LinkState.CONFIRMED)


async def _prove(ctx: Context, customer: Customer, row: Verification) -> None:
    async with transaction():
        await lock(customer.id, row.kind, row.blind_index)
        await row.refresh_from_db()
        if _state(ctx, row) is LinkState.OPEN:
            await settle(ctx, row)
    ctx.wake.set()


async def _read_again(ctx: Context, token: str) -> Link:
    link = await read_link(ctx, token)
    if link.state is not LinkState.ALREADY:
        return link
    return replace(link, state=LinkState.CONFIRMED)


async def send_link_again(ctx: Context, token: str) -> Asked | None:
    """From the page of an expired link: a new letter to the same address. None for a link
    that is not expired. Refuses with code_too_soon or too_many_codes."""
    link = await read_link(ctx, token)
    if link.state is not LinkState.EXPIRED or link.customer is None:
        return None
    return await ask_link(ctx, link.customer, link.address)
