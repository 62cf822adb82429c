"""The account of a key, and for the operator every account."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from backend.access.rights import Right
from backend.brands.keys import account_of
from backend.brands.save_account import save_account
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.shared import NewKey, must_be_new, without_nothing
from catalog.entries.account import AccountEntry
from catalog.tenant import Scope
from models.account import Account
from models.refusal import Code

DOOR = "api:v1/accounts"
ENTRY = {
    "legal_name": {"ru": "ООО «Лавка»", "en": "Lavka LLC"},
    "address": {"ru": "г. Казань, ул. Примерная, д. 1", "en": "1 Primernaya St, Kazan"},
    "inn": "0000012341",
    "privacy_email": "privacy@lavka.example",
    "contact_email": "integration@lavka.example",
    "timezone": "Europe/Moscow",
}
EXAMPLE = {"key": "lavka"} | ENTRY


class AccountShown(AccountEntry):
    """A company as it was entered."""

    key: str = Field(description="By which it is known for ever.", examples=["lavka"])


class AccountMade(AccountEntry):
    """A company, and the key by which it is to be known."""

    key: NewKey


def account_shown(row: Account) -> dict[str, Any]:
    return without_nothing(
        {
            "key": row.key,
            "legal_name": {"ru": row.legal_name_ru, "en": row.legal_name_en},
            "address": {"ru": row.address_ru, "en": row.address_en},
            "inn": row.inn,
            "ogrn": row.ogrn,
            "privacy_email": row.privacy_email,
            "contact_email": row.contact_email,
            "timezone": row.timezone,
        }
    )


async def mine(asked: Asked) -> Answer:
    return Answer(account_shown(await asked.account()))


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[Account]) -> list[Shown]:
        return [account_shown(row) for row in rows]

    return await page(asked, asked.scope.own_accounts(), show)


async def enter(asked: Asked) -> Answer:
    made = asked.entered(AccountMade)
    must_be_new(await save_account(asked.ctx, made.key, made))
    found = await account_of(await Scope.of_operator(), made.key)
    return Answer(account_shown(found), f"{PREFIX}/accounts/{made.key}")


async def stands(asked: Asked) -> Mapping[str, Any]:
    key = asked.path["account"]
    await asked.scope.own_accounts().filter(key=key).select_for_update()
    return account_shown(await account_of(asked.scope, key))


async def one(asked: Asked) -> Answer:
    return Answer(account_shown(await account_of(asked.scope, asked.path["account"])))


async def replace(asked: Asked) -> Answer:
    await save_account(asked.ctx, asked.path["account"], asked.entered(AccountEntry))
    return await one(asked)


OPERATIONS = (
    Operation(
        "GET", "/account", DOOR, Right.BRANDS_READ, "Read your account", mine, AccountShown, Query,
        about="The legal entity that the key belongs to. It is entered by the operator.",
        example=EXAMPLE, etag=True,
    ),
    Operation(
        "GET", "/accounts", DOOR, Right.OPERATOR, "List accounts", every, AccountShown, ListQuery,
        example=EXAMPLE, paged=True,
    ),
    Operation(
        "POST", "/accounts", DOOR, Right.OPERATOR, "Enter an account", enter, AccountShown, Query,
        body=AccountMade, body_example=EXAMPLE, example=EXAMPLE, status=201, etag=True,
        refusals=(Code.KEY_TAKEN,),
    ),
    Operation(
        "GET", "/accounts/{account}", DOOR, Right.OPERATOR, "Read an account", one, AccountShown,
        Query, example=EXAMPLE, etag=True, refusals=(Code.ACCOUNT_NOT_FOUND,),
    ),
    Operation(
        "PUT", "/accounts/{account}", DOOR, Right.OPERATOR, "Change an account", replace,
        AccountShown, Query, body=AccountEntry, body_example=ENTRY, example=EXAMPLE, etag=True,
        stands=stands, refusals=(Code.ACCOUNT_NOT_FOUND,),
    ),
)  # fmt: skip
