"""The wallet's side of the tests: two programs of one account on one endpoint."""

from datetime import UTC, date, datetime
from typing import Any

from aiohttp import ClientSession

from backend.partners.member import CardNumber, Member
from backend.partners.mindbox.processor import MindboxProcessor, open_processor
from backend.partners.mindbox.settings import Secrets, Settings
from backend.partners.way import Way
from models.barcode_format import BarcodeFormat
from models.program import Program
from tests.partners.mindbox.conftest import ENDPOINT, NORTH, SEA, SECRET

NOW = datetime(2026, 11, 28, 6, 0, 0, 123_000, tzinfo=UTC)
SETTINGS: dict[str, Any] = {
    "endpoint": ENDPOINT,
    "operations": {
        "confirm_email": "Karman.ConfirmEmail",
        "unbind": "Karman.UnbindCard",
        "replace": "Karman.ReplaceCard",
    },
    "programs": {
        "north": {"card_type": "north-virtual", "balance": "Main", "tier_field": "Tier"},
        "sea": {"card_type": "sea-virtual", "balance": "Sea"},
    },
    "brands": {
        "north": {
            "name": NORTH,
            "topics": ["News", "Sales"],
            "channels": {"telegram": {"custom_field": "subNorth"}},
        },
        "sea": {"name": SEA, "channels": {"telegram": {"custom_field": "subSea"}}},
    },
    "areas": {"Москва": "MoscowCity"},
    "fields": {"shoe": "ShoeSize"},
}


def program(key: str) -> Program:
    return Program(key=key, barcode_format=BarcodeFormat.CODE128)


NORTH_PROGRAM, SEA_PROGRAM = program("north"), program("sea")


def settings(**changes: Any) -> Settings:
    return Settings.model_validate(SETTINGS | changes)


async def _at_once(seconds: float) -> None:
    """Nothing is waited for before a second try."""


def processor(
    host: str, session: ClientSession, seconds: float = 5.0, **changes: Any
) -> MindboxProcessor:
    secrets = Secrets.model_validate({"secret_key": SECRET})
    made = open_processor(settings(url=host, **changes), secrets, Way(session, lambda: NOW))
    for key in ("north", "sea"):
        client = made._askings.named(key).mindbox
        client.sleep, client.seconds = _at_once, seconds
    return made


def forgive(made: MindboxProcessor) -> None:
    """The time that a 429 asks for has passed."""
    made._askings._pace._lanes.clear()


def number(text: str) -> CardNumber:
    return CardNumber(text, text, BarcodeFormat.CODE128)


ANNA = Member(
    id="7",
    phone="+79001234567",
    phone_verified=True,
    email="anna@example.ru",
    email_verified=True,
    last_name="Иванова",
    first_name="Анна",
    middle_name="Петровна",
    birth_date=date(1990, 1, 31),
    sex="female",
    city="Москва",
    answers={"shoe": 38, "unknown": "x"},
)
