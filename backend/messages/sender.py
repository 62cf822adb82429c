"""In whose name a login's messages go."""

from backend.access.facade_settings import settings_of
from backend.messages.order import Sender
from backend.platform.quiet_hours import quiet_hours
from catalog.scope import brands_of
from models.account import Account
from models.facade import FacadeLogin


async def sender_of(login: FacadeLogin) -> Sender:
    """A brand that the settings name and that is gone counts as none named."""
    account = await Account.get(id=login.account_id)
    settings = settings_of(login)
    brand = None
    if settings.brand:
        brand = await brands_of(account.id).filter(key=settings.brand).first()
    return Sender(
        login_id=login.id,
        account_id=account.id,
        legal_name=account.legal_name_ru,
        inn=account.inn,
        zone=account.timezone,
        quiet=quiet_hours(settings.quiet),
        brand_id=0 if brand is None else brand.id,
        program_id=0 if brand is None else brand.program_id,
    )
