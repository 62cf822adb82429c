"""What one connection exchanges, and what a process keeps for that."""

from collections import Counter
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
    it by then. What is known to the database is not asked for again while it looks the same."""

    _before: dict[str, Entry] = field(default_factory=dict)
    _now: dict[str, Entry] = field(default_factory=dict)
    _known: set[Entry] = field(default_factory=set)
    _tries: Counter[Entry] = field(default_factory=Counter)

    def settled(self, entry: Entry) -> bool:
        self._now[entry.name] = entry
        return self._before.get(entry.name) == entry and entry not in self._known

    def known(self, entry: Entry) -> None:
        self._known.add(entry)

    def tries(self, entry: Entry) -> int:
        """How often it could not be unpacked: a busy machine is no mistake of the file's."""
        self._tries[entry] += 1
        return self._tries[entry]

    def end_turn(self) -> None:
        self._before, self._now = self._now, {}
        there = set(self._before.values())
        self._known &= there
        self._tries = Counter({each: self._tries[each] for each in self._tries if each in there})


@dataclass(frozen=True, slots=True)
class Hands:
    """`looks` are of one connection."""

    reader: Reader
    looks: Looks = field(default_factory=Looks)
