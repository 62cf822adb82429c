"""The list of tables of brands and accounts is what the models say."""

from tests.architecture.owned import backward, owned, tables

# Of the house and of people: no brand stands behind these rows.
NOBODYS = {
    "BotChat", "Category", "ChainMark", "City", "Contact", "Customer", "Evidence",
    "Identity", "LimitMark", "Media", "NumberTry", "OutboxDelivery", "OutboxEvent", "Restoration",
    "ServiceKey", "TelegramFile", "TelegramUpdate", "Verification",
    "WalletCount", "WalletDevice", "WalletNonce",
}  # fmt: skip


def test_every_table_is_a_brands_or_nobodys() -> None:
    assert set(tables()) - set(owned()) == NOBODYS, (
        "a new table without a path to a brand or an account: name it here if that is meant"
    )


def test_what_was_once_forgotten_is_there() -> None:
    for name in ("Campaign", "Message", "Delivery", "IssuedPlastic", "ConsentDocument", "Account",
                 "CardShare", "ConsentState", "NumberWait", "SharedMessage"):  # fmt: skip
        assert name in owned(), name
    assert {"cards", "messages", "consents"} <= backward()
