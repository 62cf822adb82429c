"""Where somebody is, as handlers are told: what it comes to, and the place itself while this
process has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.geofences.fences import Passed

# Beside what Telegram has sent, in an update as it is kept.
RESOLVED = "resolved_place"
HERE = "here"


@dataclass(frozen=True, slots=True)
class Place:
    """Of an update that tells none nothing is known. `city_id`: the nearest city. `passed`: stores
    that want to know. `here`: degrees; they are written down nowhere, and None when this process
    did not hear them itself."""

    city_id: int | None = None
    passed: tuple[Passed, ...] = ()
    here: tuple[float, float] | None = None

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Place":
        passed = tuple(Passed(*pair) for pair in kept.get("passed", ()))
        return cls(kept.get("city"), passed, kept.get(HERE))

    def kept(self) -> dict[str, Any]:
        """Without where it is."""
        pairs = [[each.trigger_id, each.store_id] for each in self.passed]
        return {"city": self.city_id, "passed": pairs}
