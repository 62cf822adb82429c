"""An operation of the API, declared once: routing, checks, document and page follow from it."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from backend.access.rights import Right
from backend.web.api.asked import Asked
from catalog.entries.values.around import Around
from catalog.entries.values.entry import Entry
from models.refusal import Code

PREFIX = "/api/v1"
_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Answer:
    """`value` is JSON; `location` is the address of what was made. `file` is what is no JSON: of
    one of the operation's `files`, piece by piece."""

    value: Mapping[str, Any] | None
    location: str = ""
    file: tuple[str, AsyncIterator[bytes]] | None = None


@dataclass(frozen=True, slots=True)
class RawBody:
    """A body that is no JSON: of these media types, at most `largest` bytes."""

    media_types: tuple[str, ...]
    largest: int


@dataclass(frozen=True, slots=True)
class FileBody:
    """A file of one of these media types that is taken in as it arrives and never held whole:
    `take` is given the media type and the chunks, and what it gives is what is ready. `leave` is
    called in the end: of what the operation has not made use of nothing stays."""

    media_types: tuple[str, ...]
    largest: int
    take: Callable[[Asked, str, AsyncIterator[bytes]], Awaitable[Any]]
    leave: Callable[[Asked], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Shared:
    """How a POST is done for several who ask at the same time, in one transaction. `among` tells
    who may go together (the same for all of them); None: this one has to go alone. `does` answers
    each; None, and nothing done, for what `does` of the operation has to see to alone. It refuses
    nothing, and what it raises sends everybody there."""

    among: Callable[[Asked], Awaitable[Hashable | None]]
    does: Callable[[Sequence[Asked]], Awaitable[Sequence[Answer | None]]]


@dataclass(frozen=True, slots=True)
class Operation:
    """`does` works with what was asked; all that is not GET works inside a transaction that also
    keeps the answer, so it asks nobody outside: that is for `ready`, which runs before it.

    `around` gives what the body is checked against. `stands` gives, with its row locked, what the
    operation is about to change: then the request must name its ETag. `changes_catalog`: what
    this process remembers of brands and programs is to be read anew. `files` are the media types of
    an answer that is no JSON.
    """

    method: str
    path: str
    door: str
    right: Right
    summary: str
    does: Callable[[Asked], Awaitable[Answer]]
    answer: type[BaseModel] | None
    query: type[Entry]
    example: Mapping[str, Any] | None = None
    status: int = 200
    about: str = ""
    body: type[Entry] | RawBody | FileBody | None = None
    body_example: Any = None
    shared: Shared | None = None
    files: tuple[str, ...] = ()
    refusals: tuple[Code, ...] = ()
    around: Callable[[Asked], Awaitable[Around]] | None = None
    ready: Callable[[Asked], Awaitable[Any]] | None = None
    stands: Callable[[Asked], Awaitable[Mapping[str, Any]]] | None = None
    etag: bool = False
    paged: bool = False
    changes_catalog: bool = False

    @property
    def whole_path(self) -> str:
        return PREFIX + self.path

    @property
    def holes(self) -> tuple[str, ...]:
        """Names in the path."""
        return tuple(_HOLE.findall(self.path))

    @property
    def reads(self) -> bool:
        return self.method == "GET"

    @property
    def noun(self) -> str:
        """Under which the page shows it."""
        return self.path.split("/")[1]

    @property
    def name(self) -> str:
        """Unique among all: `get_programs_program`."""
        return "_".join([self.method.lower(), *re.findall(r"\w+", self.path)])
