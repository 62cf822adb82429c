"""A partner's program or somebody by hand moves points: it stands in the account's audit trail."""

from collections.abc import Awaitable, Callable, Mapping

from backend.ledger.order import LedgerCard, Posted
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import Change, note
from models.audit_entry import Verb
from models.ledger import PostingKind

_VERBS: Mapping[PostingKind, Verb] = {
    PostingKind.ACCRUE: Verb.ACCRUE_POINTS,
    PostingKind.SPEND: Verb.SPEND_POINTS,
    PostingKind.HOLD: Verb.HOLD_POINTS,
    PostingKind.CAPTURE: Verb.CAPTURE_POINTS,
    PostingKind.RELEASE: Verb.RELEASE_POINTS,
    PostingKind.REVERSE: Verb.REVERSE_POINTS,
    PostingKind.CORRECT: Verb.CORRECT_POINTS,
}


async def noted(
    ctx: Context, card: LedgerCard, kind: PostingKind, post: Callable[[], Awaitable[Posted]]
) -> Posted:
    """`post` refuses as it does; what was posted before under its key is not written again."""
    async with transaction():
        posted = await post()
        if posted.new:
            whose, what = card.account_id, Change(after={"posting": posted.id})
            await note(
                ctx, _VERBS[kind], "card", card.id, posted.amount, account_id=whose, change=what
            )
    return posted
