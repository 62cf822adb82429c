"""The newest version of a pass, as it is handed to a device or to somebody's browser."""

from dataclasses import dataclass, field

from backend.passes.face import PassFace
from backend.platform.context import Context
from backend.platform.database import rows
from backend.wallets.face_of import face_and_digest
from backend.wallets.settle import settle
from models.wallet_pass import WalletPass

# What changes while it is read is read again.
_TRIES = 3
# of all: the pass in hand
_HANDED = "UPDATE wallet_passes SET fetched = $2 WHERE id = $1 AND fetched < $2"


@dataclass(frozen=True, slots=True)
class Latest:
    """`face` is what `held.version` shows."""

    held: WalletPass
    face: PassFace = field(repr=False)


async def latest(ctx: Context, held: WalletPass, base_url: str) -> Latest:
    """A change that no reaction has come to yet gets its version first: nobody fetches the same
    twice."""
    row = held
    for _ in range(_TRIES):
        face, digest = await face_and_digest(ctx, row, base_url)
        if digest == row.digest:
            break
        await settle(ctx, [row.id])
        # of all: the pass in hand
        row = await WalletPass.get(id=row.id)
    return Latest(row, face)


async def handed(held: WalletPass) -> None:
    """Somebody has this version now."""
    if held.fetched < held.version:
        await rows(_HANDED, [held.id, held.version])
