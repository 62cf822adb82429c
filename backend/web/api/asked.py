"""What an operation is handed: who asks, for what, and what they have entered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from backend.access.authenticate import Holder
from backend.brands.keys import program_of
from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.reading.reader import Reader
from backend.web.api.trouble import Problem, Trouble, Wrong
from catalog.entries.values.entry import Entry
from catalog.tenant import Scope
from models.account import Account
from models.program import Program

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Site:
    """What is the same for every request. `http_hosts`: where webhooks may go by http, and on this
    machine; `channels`: by which people can be told something; `mail`: whether letters can be sent.
    `reader` reads what strangers send as a file."""

    base_url: str
    http_hosts: frozenset[str]
    channels: frozenset[str]
    mail: bool
    reader: Reader

    @classmethod
    def of(cls, settings: Settings, reader: Reader) -> Self:
        return cls(
            settings.base_url,
            settings.http_hosts,
            settings.channels,
            settings.sends_letters,
            reader,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """`scope` is the key's, narrowed to one account where the query names it. `path` are the
    values in the address; `raw` is the body as it came; `ready` is what was made ready."""

    ctx: Context
    site: Site
    holder: Holder
    scope: Scope
    path: Mapping[str, str]
    query: Entry
    body: Entry | None = None
    raw: bytes = b""
    after: int | None = None
    ready: Any = None
    language: str = "en"
    # Kept so that one request does not ask twice.
    programs: dict[str, Program] = field(default_factory=dict)

    def asks(self, model: type[E]) -> E:
        """The query, as the model that was declared for it."""
        assert isinstance(self.query, model)
        return self.query

    def entered(self, model: type[E]) -> E:
        """The body, as the model that was declared for it."""
        assert isinstance(self.body, model)
        return self.body

    async def program(self) -> Program:
        """The one in the address. Refuses with program_not_found."""
        key = self.path["program"]
        if key not in self.programs:
            self.programs[key] = await program_of(self.scope, key)
        return self.programs[key]

    async def account(self) -> Account:
        """The one account that this is about. An operator's key has to name it."""
        found = await self.scope.own_accounts().limit(2)
        if len(found) != 1:
            wanted = "an account, because this key sees several"
            wrong = Wrong("account is missing", wanted, parameter="account")
            raise Problem(Trouble.INPUT_INVALID, errors=(wrong,))
        return found[0]
