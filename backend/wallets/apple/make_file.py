"""One pass as a file, for the operator: what a phone would be given."""

from typing import TYPE_CHECKING

from backend.platform.context import Context
from backend.wallets.apple.latest import latest
from backend.wallets.give_pass import give_pass
from backend.wallets.token import pass_token
from catalog.tenant import Scope
from models.card import LONGEST_PRINTED, Card
from models.refusal import Code, Refusal
from models.wallet_pass import WalletKind

if TYPE_CHECKING:
    from backend.passes.apple.settings import ApplePasses

# Of its column: the ORM raises for what is longer.
_LONGEST_KEY = 64


async def find_card(scope: Scope, named: str) -> Card:
    """`PROGRAM/NUMBER`, a number that one card alone has, or the card's id. Refuses with
    card_not_found."""
    program, _, number = named.rpartition("/")
    if len(number) > LONGEST_PRINTED or len(program) > _LONGEST_KEY:
        raise Refusal(Code.CARD_NOT_FOUND)
    found = scope.cards().filter(printed_number=number, program_id__isnull=False)
    if program:
        found = found.filter(program__key=program)
    cards = await found.select_related("program__account").limit(2)
    if not cards and not program and number.isascii() and number.isdigit() and len(number) < 19:
        same = scope.cards().filter(id=int(number), program_id__isnull=False)
        cards = await same.select_related("program__account")
    if len(cards) != 1:
        raise Refusal(Code.CARD_NOT_FOUND)
    return cards[0]


async def make_file(ctx: Context, passes: "ApplePasses", card: Card, base_url: str) -> bytes | None:
    """None: no certificate for the card's account. Refuses with card_not_found one that is not its
    owner's to show."""
    assert card.program is not None, "found with its program"
    certificate = passes.of_account(card.program.account.key, ctx.clock())
    if certificate is None:
        return None
    held = await give_pass(ctx, card, WalletKind.APPLE, certificate.type)
    maker = passes.maker(held.issuer)
    if maker is None:
        return None
    found = await latest(ctx, held, base_url)
    return maker.make(found.face, pass_token(ctx.vault, held.serial), ctx.clock())
