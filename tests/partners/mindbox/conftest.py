"""A project with two brands on one endpoint, the double that serves it, and clients of it."""

from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest

from backend.partners.mindbox.wire.client import Authorisation, Endpoint, Mindbox, Retry
from backend.partners.mindbox.wire.pace import Pace
from tests.partners.mindbox.double import MindboxDouble, mindbox_standing
from tests.partners.mindbox.project import EndpointRules, Project

ENDPOINT, SECRET = "Wallet", "D061p764m85bklq"
NORTH, SEA = "Northline", "Transparent"

Client = Callable[..., Mindbox]


@pytest.fixture
def project() -> Project:
    return Project(
        endpoints={ENDPOINT: EndpointRules(SECRET), "Other": EndpointRules("another")},
        brands={NORTH: {"News", "Sales"}, SEA: {"News"}},
        card_types={"north-virtual", "sea-virtual"},
        id_names={"KarmanID", "TGID"},
        custom_fields={"City", "ShoeSize", "subNorth", "subSea"},
        areas={"MoscowCity"},
    )


@pytest.fixture
def double(project: Project) -> MindboxDouble:
    return MindboxDouble(project)


@pytest.fixture
async def host(double: MindboxDouble) -> AsyncIterator[str]:
    async with mindbox_standing(double) as address:
        yield address


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def slept() -> list[float]:
    """What a client of the tests would have waited."""
    return []


@pytest.fixture
def client(host: str, session: aiohttp.ClientSession, slept: list[float]) -> Client:
    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    def made(
        *,
        endpoint: str = ENDPOINT,
        secret: str = SECRET,
        authorisation: Authorisation = Authorisation.SECRET_KEY,
        pace: Pace | None = None,
        retry: Retry | None = None,
        seconds: float = 5.0,
    ) -> Mindbox:
        return Mindbox(
            session,
            Endpoint(endpoint, secret, authorisation),
            host=host,
            pace=pace or Pace(),
            retry=retry or Retry(times=1),
            seconds=seconds,
            sleep=sleep,
        )

    return made
