"""Cards in the wallets of phones: the passes, the devices that hold them, what was told on them.

WalletPass: a card in one wallet, made when its owner first asks for it there. `serial` is random
and never changes; the token that Apple's devices show is signed from it and kept nowhere.
`version` is a number of the wallet's own count (WalletCount), given again whenever what the pass
shows has changed: `digest` is of what it showed then, `changed_at` never the same whole second
twice. `told` is the version of which the wallet was told, `fetched` the newest one that anybody
was handed: a phone that says it holds the pass may hold an older one than `version`.
`installed_at` … `removed_at`: in a phone, as far as the wallet tells. Voided when its card is no
longer its owner's to show.

WalletCount: the last version that was given, of one wallet; held by whoever gives one, so that
versions follow the commits.

WalletDevice, WalletRegistration: Apple's devices by a keyed hash of how they name themselves,
their tokens for APNs sealed, and which passes they hold.

WalletNews: what was told on a card's passes, sealed as the rest of its owner's data;
`notified_at` when it lit up the phone, null while it stands there silently. `apple_version`,
`google_version`: of the card's passes that were in a phone, the version that tells it first.

WalletNonce: a keyed hash of each callback that was taken, so that none is taken twice.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from models.card import Card
from models.message import Message


class WalletKind(StrEnum):
    """Stored, and told over the API by these values."""

    APPLE = "apple"
    GOOGLE = "google"


class WalletPass(Model):
    id = fields.BigIntField(primary_key=True)
    card: fields.ForeignKeyRelation[Card] = fields.ForeignKeyField(
        "models.Card", related_name="passes", on_delete=fields.RESTRICT
    )
    card_id: int
    wallet = fields.CharEnumField(WalletKind, max_length=8)
    serial = fields.CharField(max_length=32, unique=True)
    # Apple's pass type identifier, or Google's issuer id: whose pass it is.
    issuer = fields.CharField(max_length=128)
    version = fields.BigIntField(default=0, db_default=0)
    told = fields.BigIntField(default=0, db_default=0)
    fetched = fields.BigIntField(default=0, db_default=0)
    digest = fields.CharField(max_length=64, default="", db_default="")
    made_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()
    installed_at = fields.DatetimeField(null=True)
    removed_at = fields.DatetimeField(null=True)
    voided_at = fields.DatetimeField(null=True)
    # While the wallet is not to be told of the version: until when, and how often it failed.
    rests_until = fields.DatetimeField(null=True)
    failures = fields.IntField(default=0, db_default=0)
    # Of Google's: keyed hashes of the object as it has it ("": it may have none) and of what phones
    # light up for; when they lately did, in seconds; and up to which news it has them.
    sent = fields.CharField(max_length=64, default="", db_default="")
    seen = fields.CharField(max_length=64, default="", db_default="")
    lit_at: fields.Field[list[int]] = fields.JSONField(default=list, db_default=[])
    news_up_to = fields.BigIntField(default=0, db_default=0)

    class Meta:
        table = "wallet_passes"
        unique_together = (("card", "wallet"),)


class WalletCount(Model):
    id = fields.BigIntField(primary_key=True)
    wallet = fields.CharEnumField(WalletKind, max_length=8, unique=True)
    version = fields.BigIntField(default=0, db_default=0)

    class Meta:
        table = "wallet_counts"


class WalletDevice(Model):
    id = fields.BigIntField(primary_key=True)
    # A keyed hash of the name by which the device calls itself.
    name = fields.CharField(max_length=64, unique=True)
    apns_token = fields.BinaryField()
    changed_at = fields.DatetimeField()

    class Meta:
        table = "wallet_devices"


class WalletRegistration(Model):
    id = fields.BigIntField(primary_key=True)
    device: fields.ForeignKeyRelation[WalletDevice] = fields.ForeignKeyField(
        "models.WalletDevice", related_name="registrations", on_delete=fields.RESTRICT
    )
    device_id: int
    held: fields.ForeignKeyRelation[WalletPass] = fields.ForeignKeyField(
        "models.WalletPass", related_name="registrations", on_delete=fields.RESTRICT, db_index=True
    )
    held_id: int
    registered_at = fields.DatetimeField()

    class Meta:
        table = "wallet_registrations"
        unique_together = (("device", "held"),)


class WalletNews(Model):
    id = fields.BigIntField(primary_key=True)
    card: fields.ForeignKeyRelation[Card] = fields.ForeignKeyField(
        "models.Card", related_name="news", on_delete=fields.RESTRICT, db_index=True
    )
    card_id: int
    # Null once the message has been forgotten.
    message: fields.ForeignKeyNullableRelation[Message] = fields.ForeignKeyField(
        "models.Message", related_name="news", on_delete=fields.SET_NULL, null=True, db_index=True
    )
    message_id: int | None
    sealed = fields.BinaryField()
    at = fields.DatetimeField()
    notified_at = fields.DatetimeField(null=True)
    apple_version = fields.BigIntField(null=True)
    google_version = fields.BigIntField(null=True)

    class Meta:
        table = "wallet_news"


class WalletNonce(Model):
    id = fields.BigIntField(primary_key=True)
    nonce = fields.CharField(max_length=64, unique=True)
    seen_at = fields.DatetimeField()

    class Meta:
        table = "wallet_nonces"
