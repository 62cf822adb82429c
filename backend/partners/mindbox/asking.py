"""A program's Mindbox: its endpoint and operations, asked in one place."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from backend.partners.mindbox.operations import Operations
from backend.partners.mindbox.program_settings import ProgramSettings
from backend.partners.mindbox.settings import Secrets, Settings
from backend.partners.mindbox.translate import translated
from backend.partners.mindbox.wire.bodies import Body
from backend.partners.mindbox.wire.client import Endpoint, Mindbox
from backend.partners.mindbox.wire.errors import MindboxError
from backend.partners.mindbox.wire.models import Answer
from backend.partners.mindbox.wire.pace import Pace
from backend.partners.way import Way
from backend.platform.clock import Clock
from models.program import Program

# One request of several, with room for a second try within a person's patience.
SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Asking:
    """Raises the three names of failure, and a Refusal for what concerns the person. `key` is the
    program's."""

    key: str
    settings: Settings
    program: ProgramSettings
    operations: Operations
    mindbox: Mindbox
    clock: Clock

    async def read(self, operation: str, body: Body) -> Answer:
        try:
            return await self.mindbox.read(operation, body)
        except MindboxError as error:
            raise self.failure(error, operation) from error

    async def write(self, operation: str, body: Body, key: UUID, step: str) -> Answer:
        """Once for this key and step, however often it is asked for."""
        try:
            return await self.mindbox.write(operation, body, uuid5(key, step))
        except MindboxError as error:
            raise self.failure(error, operation) from error

    def failure(self, error: MindboxError, operation: str) -> Exception:
        return translated(error, operation, self.mindbox.endpoint.id)

    @property
    def touchpoint(self) -> str:
        own = self.program.point_of_contact
        return self.settings.point_of_contact if own is None else own


class Askings:
    """The askings of a connection: a client for each endpoint, one pace for all."""

    def __init__(self, settings: Settings, secrets: Secrets, way: Way) -> None:
        self._settings, self._secrets, self._way = settings, secrets, way
        self._pace = Pace(settings.operation_per_minute)
        self._clients: dict[str, Mindbox] = {}

    def of(self, program: Program) -> Asking:
        return self.named(program.key)

    def named(self, key: str) -> Asking:
        program = self._settings.program(key)
        client = self._client(program.endpoint or self._settings.endpoint)
        operations = self._settings.operations_of(key)
        return Asking(key, self._settings, program, operations, client, self._way.clock)

    def _client(self, endpoint: str) -> Mindbox:
        if endpoint not in self._clients:
            key, form = self._secrets.key_of(endpoint), self._settings.authorisation
            self._clients[endpoint] = Mindbox(
                self._way.session,
                Endpoint(endpoint, key, form),
                host=self._settings.url,
                pace=self._pace,
                seconds=SECONDS,
            )
        return self._clients[endpoint]
