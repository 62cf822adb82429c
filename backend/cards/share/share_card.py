"""Let somebody else show a card: an invitation link, used once; then openings until revoked."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from tortoise.expressions import F, Q

from backend.cards.pocket.dressed import dressed
from backend.cards.pocket.wallet import open_card, open_wallet_card
from backend.cards.pocket.wallet_card import WalletCard
from backend.customers.person.lock import lock_person
from backend.customers.person.meet import KnownAs, is_known_as
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.secrets.vault import Sealed, Vault
from catalog.scope import wallet_of
from models.card import CardStatus
from models.card_share import CardShare, SharedMessage, ShareMode, ShareWith
from models.customer import Customer
from models.refusal import Code, Refusal

# How long an invitation waits.
INVITATION = timedelta(days=7)
MOST_SHARES = 20
# 24 random bytes: 32 letters, which fit into a link with one letter before them.
TOKEN_BYTES = 24
LABEL = Sealed("share.label")
LONGEST_LABEL = 64


@dataclass(frozen=True, slots=True)
class SharedCard:
    """What the other side sees: the brand, the number, the barcode, and nothing of the owner."""

    share: CardShare
    kept: WalletCard


def token_hash(vault: Vault, token: str) -> str:
    return vault.blind_index("share", token)


async def share_card(
    ctx: Context, owner: Customer, card_id: int, with_whom: ShareWith, mode: ShareMode
) -> tuple[CardShare, str]:
    """The share and its token, which is told once and kept nowhere. Refuses with
    card_not_found, sharing_forbidden, too_many_shares."""
    card = await open_card(owner, card_id)
    _check_allowed(card.program is None or card.program.sharing, card.status)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    now = ctx.clock()
    async with transaction():
        await lock_person(owner.id)
        open_now = Q(accepted_at__isnull=False) | Q(expires_at__gt=now)
        mine = CardShare.filter(open_now, card_id=card.id, revoked_at__isnull=True)
        if await mine.count() >= MOST_SHARES:
            raise Refusal(Code.TOO_MANY_SHARES, most=MOST_SHARES)
        share = await CardShare.create(
            card_id=card.id,
            customer_id=owner.id,
            with_whom=with_whom,
            mode=mode,
            token_hash=token_hash(ctx.vault, token),
            created_at=now,
            expires_at=now + INVITATION,
        )
    return share, token


def _check_allowed(allowed: bool, status: CardStatus) -> None:
    if not allowed:
        raise Refusal(Code.SHARING_FORBIDDEN)
    if status is CardStatus.BLOCKED:
        raise Refusal(Code.SHARE_ENDED)


async def accept_share(ctx: Context, guest: Customer, token: str, label: str) -> CardShare:
    """The guest opened the link. Opening it again changes nothing. Refuses with
    share_not_found, share_own, share_for_group, share_spent, share_expired, share_ended."""
    share = await _invitation(ctx, token)
    if share.customer_id == guest.id:
        raise Refusal(Code.SHARE_OWN)
    if share.with_whom is not ShareWith.PERSON:
        raise Refusal(Code.SHARE_FOR_GROUP)
    return await _accept(ctx, share, label, guest_id=guest.id)


async def accept_in_group(
    ctx: Context, who: KnownAs, chat_id: int, token: str, label: str
) -> CardShare:
    """Only the owner brings their card into a group. Refuses as accept_share does, and
    with share_not_own."""
    share = await _invitation(ctx, token)
    if not await is_known_as(share.customer_id, who):
        raise Refusal(Code.SHARE_NOT_OWN)
    if share.with_whom is not ShareWith.GROUP:
        raise Refusal(Code.SHARE_FOR_PERSON)
    return await _accept(ctx, share, label, chat_id=chat_id)


async def _invitation(ctx: Context, token: str) -> CardShare:
    # of all: who holds the token may
    share = await CardShare.get_or_none(token_hash=token_hash(ctx.vault, token))
    if share is None:
        raise Refusal(Code.SHARE_NOT_FOUND)
    return share


async def _accept(ctx: Context, share: CardShare, label: str, **whom: int) -> CardShare:
    now = ctx.clock()
    owner = await Customer.get(id=share.customer_id)
    sealed = None
    if owner.data_key is not None and label:
        sealed = LABEL.seal(ctx, owner, label[:LONGEST_LABEL])
    async with transaction():
        # One statement decides between two who hold the same link.
        await CardShare.filter(
            id=share.id, accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now
        ).update(accepted_at=now, label=sealed, **whom)
    share = await CardShare.get(id=share.id)
    if share.revoked_at is not None:
        raise Refusal(Code.SHARE_ENDED)
    if share.accepted_at is None:
        raise Refusal(Code.SHARE_EXPIRED)
    if any(getattr(share, name) != value for name, value in whom.items()):
        raise Refusal(Code.SHARE_SPENT)
    return share


async def open_share(
    ctx: Context,
    share_id: int,
    *,
    guest_id: int | None = None,
    chat_id: int | None = None,
    count: bool = True,
) -> SharedCard:
    """For the guest, or in the group, that it was given to; `count` false: the barcode is not
    shown yet. Refuses with share_not_found, share_ended, sharing_forbidden."""
    # of all: compared with the guest or the group below
    share = await CardShare.get_or_none(id=share_id).select_related("customer")
    if share is None or (guest_id, chat_id) != (share.guest_id, share.chat_id):
        raise Refusal(Code.SHARE_NOT_FOUND)
    if share.revoked_at is not None or share.accepted_at is None:
        raise Refusal(Code.SHARE_ENDED)
    try:
        kept = await open_wallet_card(ctx, share.customer, share.card_id)
    except Refusal:
        raise Refusal(Code.SHARE_ENDED) from None
    _check_allowed(kept.card.program is None or kept.card.program.sharing, kept.card.status)
    if count and share.mode is ShareMode.USE:
        await _count(ctx, share)
    (shown,) = await dressed(ctx, [kept])
    return SharedCard(share, shown)


async def _count(ctx: Context, share: CardShare) -> None:
    async with transaction():
        found = await CardShare.filter(id=share.id, revoked_at__isnull=True).update(
            uses=F("uses") + 1, last_used_at=ctx.clock()
        )
    if not found:
        raise Refusal(Code.SHARE_ENDED)


async def message_shown(
    ctx: Context, share: CardShare, bot_id: int, chat_id: int, message_id: int
) -> bool:
    """A message with the barcode stands in a chat. False: revoked in the meantime, and the
    caller takes it away at once."""
    async with transaction():
        still = await CardShare.filter(id=share.id).select_for_update().first()
        if still is None or still.revoked_at is not None:
            return False
        await SharedMessage.create(
            share_id=share.id,
            customer_id=share.customer_id,
            bot_id=bot_id,
            chat_id=chat_id,
            message_id=message_id,
            sent_at=ctx.clock(),
        )
    return True


async def shown_lately(ctx: Context, share: CardShare, within: timedelta) -> bool:
    since = ctx.clock() - within
    return await SharedMessage.filter(share_id=share.id, sent_at__gt=since).exists()


@dataclass(frozen=True, slots=True)
class GivenShare:
    share: CardShare
    label: str


async def shares_of_card(ctx: Context, owner: Customer, card_id: int) -> list[GivenShare]:
    """What stands, and invitations that wait, oldest first."""
    await open_card(owner, card_id)
    standing = Q(accepted_at__isnull=False) | Q(expires_at__gt=ctx.clock())
    found = CardShare.filter(
        standing, card_id=card_id, customer_id=owner.id, revoked_at__isnull=True
    )
    return [GivenShare(share, _label(ctx, owner, share)) for share in await found.order_by("id")]


def _label(ctx: Context, owner: Customer, share: CardShare) -> str:
    return str(LABEL.open(ctx, owner, share.label) or "")


async def shared_with(ctx: Context, guest: Customer) -> list[SharedCard]:
    """The cards of others that this person may show, oldest first."""
    taken = CardShare.filter(guest_id=guest.id, revoked_at__isnull=True)
    found = await taken.order_by("id").select_related("customer")
    return [
        SharedCard(share, await open_wallet_card(ctx, share.customer, share.card_id))
        for share in found
        if await wallet_of(share.customer_id).filter(id=share.card_id).exists()
    ]
