"""The names of the operations, which every Mindbox project gives itself."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Operation = Annotated[str, Field(max_length=200)]
INFO = "CardsMobile.GetCustomerInfo"


class Operations(BaseModel):
    """By default the set that projects have for a wallet. What has an empty name is not done."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    find: Operation = Field(INFO, description="A customer by id, phone or e-mail.")
    find_by_card: Operation = Field(INFO, description="The customer who holds a card.")
    register_customer: Operation = Field(
        "CardsMobile.RegisterCustomer", description="A customer who is not there yet."
    )
    edit: Operation = Field("CardsMobile.EditCustomer", description="The profile of a customer.")
    subscribe: Operation = Field(
        "CardsMobile.EditCustomer", description="What a customer has agreed to be sent."
    )
    confirm_phone: Operation = Field(
        "CardsMobile.ConfirmPhone", description="The phone was verified in the wallet."
    )
    confirm_email: Operation = Field(
        "", description="The e-mail was verified in the wallet. Not in the wallet's usual set."
    )
    card: Operation = Field("CardsMobile.GetDiscountCard", description="A card by its number.")
    cards: Operation = Field("CardsMobile.GetDiscountCards", description="A customer's cards.")
    bind: Operation = Field(
        "CardsMobile.BindCard", description="A number of the wallet's pool to a customer."
    )
    bind_from_pool: Operation = Field(
        "",
        description="A number of Mindbox's own pool to a customer, CardsMobile.BindCardFromPool "
        "where there is one.",
    )
    activate: Operation = Field(
        "CardsMobile.ActivateCard", description="A card that was bound is activated."
    )
    replace: Operation = Field(
        "",
        description="A card's number gives way to another that the brand gave it in the wallet. "
        "Not in the wallet's usual set.",
    )
    unbind: Operation = Field(
        "", description="A card is nobody's again. Not in the wallet's usual set."
    )
    balance: Operation = Field(INFO, description="The balances of a customer.")
    balance_history: Operation = Field(
        "CardsMobile.GetCustomerBalanceHistory", description="How the balances have changed."
    )
    orders: Operation = Field("CardsMobile.GetCustomerOrders", description="What was bought.")
    promotions: Operation = Field(
        "CardsMobile.GetAvailablePromotions", description="Promotions that are open to a customer."
    )
