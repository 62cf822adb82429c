"""Every kind of job there is."""

from collections.abc import Mapping

from backend.jobs.assignments import Assignments
from backend.jobs.cards import Cards
from backend.jobs.kind import Kind
from backend.jobs.numbers import Numbers
from backend.jobs.plastic import Plastic
from backend.jobs.registries.clients import RegistryClients
from backend.jobs.registries.numbers import RegistryNumbers
from backend.jobs.sales import Sales
from backend.jobs.stores import Stores
from models.job import JobKind

KINDS: Mapping[JobKind, Kind] = {
    JobKind.NUMBERS: Numbers(),
    JobKind.PLASTIC: Plastic(),
    JobKind.STORES: Stores(),
    JobKind.CARDS: Cards(),
    JobKind.SALES: Sales(),
    JobKind.ASSIGNMENTS: Assignments(),
    JobKind.REGISTRY_NUMBERS: RegistryNumbers(),
    JobKind.REGISTRY_CLIENTS: RegistryClients(),
}
