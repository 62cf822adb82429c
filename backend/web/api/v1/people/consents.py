"""What a customer has agreed to with the account: what stands, its end on their behalf, the
proof."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.brands.keys import brand_of
from backend.consents.proof import prove_to_account
from backend.consents.standing_answers import StandingAnswer, standing_answers
from backend.customers.choices.withdraw_for import withdraw_for
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.queries import Query
from backend.web.api.v1.shared import instant, row_id, without_nothing
from catalog.entries.values.entry import Entry, Wanted
from catalog.entries.values.scalars import Word
from catalog.entries.values.texts import Text
from models.account import Account
from models.channel import ChannelName
from models.consent_document import ConsentPurpose
from models.refusal import Code, Refusal

DOOR = "api:v1/consents"
ZIP = "application/zip"
EXAMPLE: Mapping[str, Any] = {
    "customer": 7301,
    "digest": False,
    "consents": [
        {
            "purpose": "personal_data",
            "granted": True,
            "version": 2,
            "at": "2026-11-20T09:15:00Z",
        },
        {
            "purpose": "advertising",
            "brand": "lavka",
            "channel": "telegram",
            "granted": False,
            "version": 1,
            "at": "2026-11-27T12:30:00Z",
        },
    ],
}


class ConsentShown(BaseModel):
    """The newest answer to one question."""

    purpose: str = Field(description="personal_data, program_terms or advertising.")
    program: str | None = Field(default=None, description="Of the terms of which program.")
    brand: str | None = Field(default=None, description="Of the advertising of which brand.")
    channel: str | None = Field(default=None, description="By which channel: telegram, email, …")
    granted: bool = Field(description="Whether they agree to it now.")
    version: int = Field(description="Of the document that they answered.")
    at: str = Field(description="When.")


class ConsentsShown(BaseModel):
    """What stands between a customer and the account."""

    customer: int = Field(description="The id of the customer.")
    consents: list[ConsentShown] = Field(description="Each question once.")
    digest: bool = Field(
        description="Whether advertising in Telegram comes to them once a day, all of it in one "
        "message."
    )


class Withdrawal(Entry):
    """What the customer has asked you to end."""

    purpose: Annotated[
        ConsentPurpose,
        Word((ConsentPurpose.ADVERTISING, ConsentPurpose.PERSONAL_DATA)),
        Wanted("advertising or personal_data"),
    ] = Field(
        description="advertising; or personal_data, with which everything ends and the cards go.",
        examples=["advertising"],
    )
    brand: Annotated[str | None, Text(64)] = Field(
        default=None,
        description="Only the advertising of this brand of yours.",
        examples=["lavka"],
    )
    channel: Annotated[ChannelName | None, Word(ChannelName)] = Field(
        default=None, description="Only by this channel.", examples=["email"]
    )


async def stands(asked: Asked) -> Answer:
    return Answer(await _shown(asked, *await _who(asked)))


async def _who(asked: Asked) -> tuple[Account, int]:
    """Whoever has ever answered the account's documents, also when nothing stands any more. Refuses
    with customer_not_found."""
    account, customer = await asked.account(), row_id(asked.path["customer"])
    said = asked.scope.consents().filter(account_id=account.id, customer_id=customer)
    if not await said.exists():
        raise Refusal(Code.CUSTOMER_NOT_FOUND)
    return account, customer


async def _shown(asked: Asked, account: Account, customer: int) -> dict[str, Any]:
    answers = [each for each in await standing_answers(customer) if each.account_id == account.id]
    brands = dict(await asked.scope.brands().values_list("id", "key"))
    programs = dict(await asked.scope.programs().values_list("id", "key"))
    told = [_consent(each, brands, programs) for each in answers]
    person = await asked.scope.customers([customer]).first()
    digest = person is not None and person.ads_digest
    return {"customer": customer, "consents": told, "digest": digest}


def _consent(
    each: StandingAnswer, brands: Mapping[int, str], programs: Mapping[int, str]
) -> dict[str, Any]:
    advertising = each.purpose is ConsentPurpose.ADVERTISING
    return without_nothing(
        {
            "purpose": each.purpose.value,
            "program": None if each.program_id is None else programs.get(each.program_id),
            "brand": brands.get(each.subject_id) if advertising else None,
            "channel": each.channel,
            "granted": each.granted,
            "version": each.version,
            "at": instant(each.at),
        }
    )


async def withdraw(asked: Asked) -> Answer:
    account, customer = await _who(asked)
    entry = asked.entered(Withdrawal)
    brand = await brand_of(asked.scope, entry.brand) if entry.brand is not None else None
    await withdraw_for(
        asked.ctx,
        customer,
        account.id,
        entry.purpose,
        brand_id=brand.id if brand is not None else None,
        channel=entry.channel.value if entry.channel is not None else None,
    )
    return Answer(await _shown(asked, account, customer))


async def proof(asked: Asked) -> Answer:
    account, customer = await _who(asked)
    return Answer(None, file=(ZIP, prove_to_account(customer, account.id)))


_PATH = "/customers/{customer}/consents"
OPERATIONS = (
    Operation(
        "GET", _PATH, DOOR, Right.CUSTOMERS_READ, "Read what a customer agrees to", stands,
        ConsentsShown, Query, example=EXAMPLE, refusals=(Code.CUSTOMER_NOT_FOUND,),
        about="Of whoever has ever answered your documents.",
    ),
    Operation(
        "POST", f"{_PATH}/withdraw", DOOR, Right.CONSENTS, "Withdraw for a customer",
        withdraw, ConsentsShown, Query, body=Withdrawal, example=EXAMPLE,
        body_example={"purpose": "advertising", "brand": "lavka"},
        refusals=(Code.CUSTOMER_NOT_FOUND, Code.BRAND_NOT_FOUND),
        about="It holds from this answer on, is recorded as done by your key, and the customer is "
        "told of it. Again changes nothing. Nobody can agree on a customer's behalf.",
    ),
    Operation(
        "GET", f"{_PATH}/proof", DOOR, Right.CONSENTS, "Fetch the proof of what they said", proof,
        None, Query, files=(ZIP,), refusals=(Code.CUSTOMER_NOT_FOUND,),
        about="Every answer to your documents, the exact texts, and the chain that holds them; its "
        "README says how to check it with `sha256sum` alone.",
    ),
)  # fmt: skip
