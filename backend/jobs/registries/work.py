"""What one connection exchanges, and what a process keeps for that."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.partners.registries.settings import Settings
from backend.partners.registries.wire.place import Entry
from backend.reading.reader import Reader
from models.program import Program


@dataclass(frozen=True, slots=True)
class Work:
    """`programs` by their keys: those of the connection that the settings name too."""

    settings: Settings
    programs: Mapping[str, Program]

    @property
    def program_ids(self) -> list[int]:
        return sorted(program.id for program in self.programs.values())


@dataclass(slots=True)
class Looks:
    """A file is taken when it looks as it did at the turn before: who still writes it has changed
    it by then."""

    _before: dict[str, Entry] = field(default_factory=dict)
    _now: dict[str, Entry] = field(default_factory=dict)

    def settled(self, entry: Entry) -> bool:
        self._now[entry.name] = entry
        return self._before.get(entry.name) == entry

    def end_turn(self) -> None:
        self._before, self._now = self._now, {}


@dataclass(frozen=True, slots=True)
class Hands:
    """`looks` are of one connection."""

    reader: Reader
    looks: Looks = field(default_factory=Looks)
