"""Whether the database is known to have gone back in time, and nobody has settled it."""

from models.refusal import Code, Refusal
from models.restoration import Restoration, RestorationState

# For the statements that take a number: nothing can change in between.
NOT_PAUSED = "NOT EXISTS (SELECT 1 FROM restorations WHERE state = 'open')"


async def unsettled() -> Restoration | None:
    return await Restoration.filter(state=RestorationState.OPEN).first()


async def refuse_while_unsettled() -> None:
    """Refuses with issuing_paused."""
    if await unsettled() is not None:
        raise Refusal(Code.ISSUING_PAUSED)
