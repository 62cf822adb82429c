"""When keys were used last, written once in a while and never in the way of a request."""

from datetime import datetime

from models.api_key import ApiKey
from models.facade import FacadeLogin


class Uses:
    """What this process has seen since it wrote last. A process that dies loses a minute."""

    def __init__(self, table: type[ApiKey] | type[FacadeLogin] = ApiKey) -> None:
        self._table = table
        self._seen: dict[int, datetime] = {}

    def saw(self, key_id: int, at: datetime) -> None:
        self._seen[key_id] = at

    async def write(self) -> int:
        """How many keys were written."""
        seen, self._seen = self._seen, {}
        for key_id, at in seen.items():
            # of all: keys that have just been used
            await self._table.filter(id=key_id).update(last_used_at=at)
        return len(seen)
