"""What the lanes of one process share."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.platform.context import Context
from backend.sending.outcomes import Outcomes
from backend.sending.voice import FindVoice, Voice
from backend.sending.waiting import Waiting

# How long a voice is believed without another look.
BELIEVED_SECONDS = 1.0


@dataclass(slots=True)
class Desk:
    """`find`: campaigns and triggers by their ids. `beginning` is held while a group is begun: of
    two at once neither would see what the other has used up of a person's day."""

    ctx: Context
    outcomes: Outcomes
    find: Mapping[str, FindVoice]
    beginning: asyncio.Lock = field(default_factory=asyncio.Lock)
    # Campaigns of which something was put off because they are paused.
    parked: set[int] = field(default_factory=set)
    _voices: dict[tuple[str, int], tuple[float, Voice | None]] = field(default_factory=dict)

    async def voice(self, waiting: Waiting) -> Voice | None:
        kind, row_id = waiting.of
        if row_id is None:
            return None
        now = asyncio.get_running_loop().time()
        held = self._voices.get((kind, row_id))
        if held is not None and held[0] > now:
            return held[1]
        found = await self.find[kind](row_id) if kind in self.find else None
        self._voices[kind, row_id] = (now + BELIEVED_SECONDS, found)
        return found
