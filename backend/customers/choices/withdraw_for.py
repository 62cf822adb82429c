"""A brand ends a consent because the person has asked it to: by the ways by which they end it
themselves."""

from backend.customers.choices.stop_advertising import stop_advertising
from backend.customers.choices.withdraw_personal_data import withdraw_personal_data
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import note
from models.audit_entry import Verb
from models.consent_document import ConsentPurpose
from models.customer import Customer
from models.refusal import Code, Refusal


async def withdraw_for(
    ctx: Context,
    customer_id: int,
    account_id: int,
    purpose: ConsentPurpose,
    *,
    brand_id: int | None = None,
    channel: str | None = None,
) -> None:
    """Advertising of the account (of one brand, by one channel), or everything. Again changes
    nothing."""
    async with transaction():
        if purpose is ConsentPurpose.ADVERTISING:
            off = await stop_advertising(
                ctx, customer_id, account_id=account_id, brand_id=brand_id, channel=channel
            )
            changed = bool(off)
        else:
            changed = await _everything(ctx, customer_id, account_id)
        if changed:
            whose = account_id
            await note(ctx, Verb.WITHDRAW_CONSENT, "customer", customer_id, account_id=whose)


async def _everything(ctx: Context, customer_id: int, account_id: int) -> bool:
    customer = await Customer.get(id=customer_id)
    try:
        async with transaction():
            await withdraw_personal_data(ctx, customer, account_id)
    except Refusal as refusal:
        if refusal.code is not Code.CONSENT_REQUIRED:
            raise
        return False
    return True
