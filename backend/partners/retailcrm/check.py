"""Tries a connection to RetailCRM for real: the key, what it may do, the shops, the programs."""

from collections.abc import AsyncIterator, Iterator, Sequence

from backend.partners.finding import Finding
from backend.partners.retailcrm.processor import open_client
from backend.partners.retailcrm.settings import Secrets, Settings
from backend.partners.retailcrm.wire.errors import Away, KeyRefused, RetailCrmError
from backend.partners.retailcrm.wire.models import Credentials, Loyalty
from backend.partners.way import Way

# What the processor calls, as the list of a key's rights names it.
NEEDED = (
    "/api/customers",
    "/api/customers/create",
    "/api/customers/{externalId}/edit",
    "/api/loyalty/accounts",
    "/api/loyalty/account/create",
)
_BRAND = "whoever looks after RetailCRM at the brand"


async def check(settings: Settings, secrets: Secrets, way: Way) -> AsyncIterator[Finding]:
    crm = open_client(settings, secrets, way)
    try:
        credentials = await crm.credentials()
        yield Finding(True, "RetailCRM answers, and the key is good")
        for finding in _rights(settings, credentials):
            yield finding
        for finding in _programs(settings, await crm.loyalties()):
            yield finding
        await crm.accounts({"loyalties": [settings.loyalty]})
        yield Finding(True, "loyalty accounts can be read")
    except KeyRefused as refused:
        told = "there is no such account, or the key is refused"
        yield Finding(False, f"{told} ({refused.status})", "you: url and api_key")
    except Away as away:
        said = f"answered {away.status}" if away.status else away.message or "did not answer"
        yield Finding(
            False, f"RetailCRM {said}", "RetailCRM's support, if it lasts; url may be wrong"
        )
    except RetailCrmError as wrong:
        yield Finding(False, f"RetailCRM refused to answer ({wrong.status})", _BRAND)


def _rights(settings: Settings, told: Credentials) -> Iterator[Finding]:
    """Older accounts list no rights: then nothing is said of them."""
    missing = [name for name in NEEDED if told.credentials and not _may(told, name)]
    if missing:
        yield Finding(False, "the key may not call " + ", ".join(missing), _BRAND)
    sites = [settings.site, *settings.sites.values()]
    for site in dict.fromkeys(sites):
        if told.sites and site not in told.sites:
            yield Finding(False, f"the key does not see the shop {site}", _BRAND)


def _may(told: Credentials, name: str) -> bool:
    """Names come with the version and without."""
    spelt = {each.replace("/api/v5/", "/api/") for each in told.credentials}
    return name in spelt


def _programs(settings: Settings, found: Sequence[Loyalty]) -> Iterator[Finding]:
    known = {each.id: each for each in found}
    for id_ in dict.fromkeys([settings.loyalty, *settings.loyalties.values()]):
        program = known.get(id_)
        if program is None:
            yield Finding(False, f"there is no loyalty program {id_}", "you: loyalty")
        elif program.blocked or not program.active:
            yield Finding(False, f"the loyalty program {id_} is not active", _BRAND)
        elif program.confirm_sms_registration:
            told = f"the loyalty program {id_} confirms each account by an SMS of RetailCRM's"
            yield Finding(False, f"{told}: cards stay inactive until people type that code", _BRAND)
        else:
            yield Finding(True, f"the loyalty program {id_} takes accounts")
