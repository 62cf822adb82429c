"""Random people of two brands, and who is meant by a tree, worked out without a database."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from backend.platform.database import transaction
from backend.segments.whose import Whose
from catalog.days import day_in
from catalog.traits import AgeBand
from models.account import Account
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.campaign import Campaign
from models.card import Card, CardOrigin
from models.city import City
from models.consent_document import ConsentPurpose
from models.consent_state import ConsentState
from models.customer import Customer
from models.identity import Entrance, Identity
from models.message import Message
from models.message_purpose import MessagePurpose
from models.program import Program
from models.segment import CardList, ListedCard
from models.short_link import LinkClick, ShortLink
from models.trait import Attribute, Trait
from models.wallet_pass import WalletKind, WalletPass
from tests.support.factory.brands import shop

CITIES = ("kazan", "ufa", "omsk")
BALANCES = (None, "0", "99.99", "100", "120.50", "1000")
TIERS = ("", "gold", "O'Brien \"; --")
SOURCES = ("", "instagram", "%s $1 {0}")
FIELDS: tuple[dict[str, str], ...] = (
    {}, {"visits": "12", "name": "Anna"}, {"visits": "-3.5"}, {"visits": "many"},
    {"since": "2026-05-01"}, {"since": "soon", "name": "x'y"},
)  # fmt: skip
ATTRIBUTES = (("vip", True), ("vip", False), ("kind", "a"), ("kind", "b'"), ("ltv", "10.5"),
              ("ltv", "-1"), ("until", "2026-12-31"))  # fmt: skip
LISTS = ("winter", "spring")
AGES = tuple(AgeBand)


@dataclass(slots=True)
class Person:
    """As the database has them; `card` is of the brand that asks."""

    id: int = 0
    city: str | None = None
    seen_on: date | None = None
    deleted: bool = False
    card: dict[str, Any] | None = None
    consent: dict[str, bool] = field(default_factory=dict)
    trait: tuple[AgeBand | None, str | None, int | None] | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)
    # Of campaign 1, or of none, and so many days ago.
    clicks: list[tuple[bool, int]] = field(default_factory=list)


def person(chance: random.Random, now: datetime) -> Person:
    made = Person(
        city=chance.choice([None, *CITIES]),
        seen_on=chance.choice([None, now.date(), now.date() - timedelta(days=40)]),
        deleted=chance.random() < 0.1,
    )
    if chance.random() < 0.7:
        made.card = {
            "removed": chance.random() < 0.3,
            "origin": chance.choice([CardOrigin.ISSUED, CardOrigin.DUPLICATED]),
            "source": chance.choice(SOURCES),
            "tier": chance.choice(TIERS),
            "balance": chance.choice(BALANCES),
            "joined": now - timedelta(days=chance.choice([0, 5, 29, 31, 200]), minutes=7),
            "fields": chance.choice(FIELDS),
            "installed": {name for name in WalletKind if chance.random() < 0.4},
        }
        made.lists = {name for name in LISTS if chance.random() < 0.3}
    for channel in ("telegram", "email"):
        if chance.random() < 0.7:
            made.consent[channel] = chance.random() < 0.6
    if chance.random() < 0.6:
        born = chance.choice([None, now.date() + timedelta(days=chance.randrange(-20, 20))])
        kept = None if born is None else born.month * 100 + born.day
        made.trait = (
            chance.choice(AGES) if born else None, chance.choice([None, "female", "male"]), kept
        )  # fmt: skip
    if chance.random() < 0.4:
        made.clicks = [(chance.random() < 0.5, chance.choice([1, 20]))]
    for key, value in chance.sample(ATTRIBUTES, 3):
        made.attributes[key] = value
    return made


@dataclass(frozen=True, slots=True)
class World:
    account: Account
    program: Program
    brand: Brand
    whose: Whose
    people: list[Person]


async def world(now: datetime, chance: random.Random, number: int) -> World:
    """With another account beside it, of which the same people have everything."""
    account, program, brand = await shop()
    other = await shop("vasilek")
    cities = {key: await _city(key) for key in CITIES}
    ids = {key: city.id for key, city in cities.items()}
    asks = Whose(brand.id, program.id, account.id, ZoneInfo(account.timezone), ids)
    lists = {name: await _list(account, name, now) for name in LISTS}
    theirs = {name: await _list(other[0], name, now) for name in LISTS}
    people = [person(chance, now) for _ in range(number)]
    await campaign_of(brand, now)
    async with transaction():
        for each in people:
            await _write(each, cities, (account, program, brand), lists, now)
            shadow = person(chance, now)
            shadow.id = each.id
            await _belongings(shadow, other, theirs, now)
    return World(account, program, brand, asks, people)


async def _city(key: str) -> City:
    return await City.create(
        key=key, name_ru=key, name_en=key, lat=1, lon=1, population=1, timezone="Asia/Omsk"
    )


async def _list(account: Account, key: str, now: datetime) -> CardList:
    return await CardList.create(account=account, key=key, name=key, created_at=now, changed_at=now)


Shop = tuple[Account, Program, Brand]


async def _write(
    each: Person, cities: Mapping[str, City], at: Shop, lists: Mapping[str, CardList], now: datetime
) -> None:
    row = await Customer.create(
        language="ru", created_at=now, city=cities[each.city] if each.city else None,
        deleted_at=now if each.deleted else None,
    )  # fmt: skip
    each.id = row.id
    if each.seen_on is not None:
        await Identity.create(
            customer=row, door=Entrance.TELEGRAM, external_id=str(row.id), created_at=now,
            reachable_since=now, seen_on=each.seen_on,
        )  # fmt: skip
    await _belongings(each, at, lists, now)


async def _belongings(each: Person, at: Shop, lists: Mapping[str, CardList], now: datetime) -> None:
    account, program, brand = at
    if each.card is not None:
        card = await Card.create(
            customer_id=each.id, program=program, brand=brand, printed_number=f"n{each.id}",
            barcode_value=f"n{each.id}", barcode_format=BarcodeFormat.CODE128,
            origin=each.card["origin"], source=each.card["source"], tier=each.card["tier"],
            balance=Decimal(each.card["balance"]) if each.card["balance"] else None,
            own_fields=each.card["fields"], created_at=each.card["joined"],
            removed_at=now if each.card["removed"] else None,
        )  # fmt: skip
        for wallet in WalletKind:
            await WalletPass.create(
                card=card, wallet=wallet, serial=f"{wallet.value}{card.id}", issuer="i",
                made_at=now, changed_at=now, installed_at=now,
                removed_at=None if wallet in each.card["installed"] else now,
            )  # fmt: skip
        for name in each.lists:
            await ListedCard.create(list=lists[name], card=card)
    for channel, granted in each.consent.items():
        await ConsentState.create(
            customer_id=each.id, purpose=ConsentPurpose.ADVERTISING, subject_id=brand.id,
            channel=channel, granted=granted, document_id=0, at=now,
        )  # fmt: skip
    if each.trait is not None:
        age, gender, birthday = each.trait
        await Trait.create(
            account=account, customer_id=each.id, gender=gender, birthday=birthday,
            age=None if age is None else age.first,
        )  # fmt: skip
    for of_campaign, days in each.clicks:
        message = await Message.create(
            customer_id=each.id, brand=brand, purpose=MessagePurpose.PROMO, kind="campaign",
            created_at=now, campaign_id=(await campaign_of(brand, now)).id if of_campaign else None,
        )  # fmt: skip
        followed = now - timedelta(days=days)
        link, _ = await ShortLink.get_or_create(
            brand=brand, source="s", channel="telegram", digest=f"d{brand.id}",
            defaults={"url": "https://a.example", "created_at": now},
        )  # fmt: skip
        await LinkClick.create(link=link, message=message, first_at=followed, last_at=followed)
    for key, value in each.attributes.items():
        await Attribute.create(
            account=account, customer_id=each.id, key=key, told_at=now,
            flag=value if isinstance(value, bool) else None,
            number=Decimal(value) if key == "ltv" else None,
            text=value if key in {"kind", "until"} else None,
        )  # fmt: skip


async def campaign_of(brand: Brand, now: datetime) -> Campaign:
    """The brand's only one."""
    found = await Campaign.filter(brand_id=brand.id).first()
    return found or await Campaign.create(brand=brand, advertiser="a", inn="1", created_at=now)


def meant(tree: Mapping[str, Any], each: Person, now: datetime, zone: ZoneInfo) -> bool:
    if "all" in tree:
        return all(meant(node, each, now, zone) for node in tree["all"])
    if "any" in tree:
        return any(meant(node, each, now, zone) for node in tree["any"])
    if "not" in tree:
        return not meant(tree["not"], each, now, zone)
    return _holds(tree, each, now, zone)


def _holds(tree: Mapping[str, Any], each: Person, now: datetime, zone: ZoneInfo) -> bool:
    kept = tree["field"]
    if kept in {"age", "gender", "birthday"}:
        return _trait(tree, each, now, zone)
    if kept in {"city", "last_seen", "consent", "attribute", "clicked"}:
        return _of_person(tree, each, now, zone)
    if kept == "card":
        return str(tree["is"]) == _card_state(each)
    held = each.card
    if held is None or held["removed"]:
        return False
    of_card: dict[str, Callable[[], bool]] = {
        "list": lambda: bool(each.lists & set(tree["in"])),
        "installed": lambda: bool(held["installed"] & set(tree["in"])),
        "balance": lambda: bool(held["balance"]) and _between(Decimal(held["balance"]), tree),
        "joined": lambda: _joined(tree, held["joined"], now, zone),
        "card_field": lambda: _own_field(tree, held["fields"].get(tree["key"])),
    }
    if kept in of_card:
        return of_card[kept]()
    return bool(held[kept] in tree["in"])


def _clicked(tree: Mapping[str, Any], each: Person) -> bool:
    within = tree.get("within_days", 10**6)
    return any(
        days <= within and (of_campaign or "campaign" not in tree)
        for of_campaign, days in each.clicks
    )


def _card_state(each: Person) -> str:
    if each.card is None:
        return "has_not"
    return "had" if each.card["removed"] else "has"


def _of_person(tree: Mapping[str, Any], each: Person, now: datetime, zone: ZoneInfo) -> bool:
    match tree["field"]:
        case "city":
            return each.city in tree["in"]
        case "consent":
            return any(each.consent.get(channel) for channel in tree["in"])
        case "clicked":
            return _clicked(tree, each)
        case "last_seen":
            since = now.astimezone(zone).date() - timedelta(days=tree["within_days"])
            return each.seen_on is not None and each.seen_on >= since
    return _attribute(tree, each)


def _attribute(tree: Mapping[str, Any], each: Person) -> bool:
    value = each.attributes.get(tree["key"])
    if value is None:
        return False
    if "in" in tree:
        return value in tree["in"] and tree["key"] != "ltv"
    if "is" in tree:
        return value is tree["is"]
    if "from" in tree or "to" in tree:
        if tree.get("from", "").count("-") == 2 and tree["key"] == "until":
            return bool(value >= tree["from"])
        return tree["key"] == "ltv" and _between(Decimal(value), tree)
    return True


def _own_field(tree: Mapping[str, Any], value: str | None) -> bool:
    if value is None:
        return False
    if "in" in tree:
        return value in tree["in"]
    if tree.get("from", "").count("-") == 2:
        return value[:2] == "20" and value >= tree["from"]
    try:
        return _between(Decimal(value), tree)
    except ArithmeticError:
        return False


def _trait(tree: Mapping[str, Any], each: Person, now: datetime, zone: ZoneInfo) -> bool:
    if each.trait is None:
        return False
    age, gender, birthday = each.trait
    if tree["field"] == "age":
        return age is not None and age.value in tree["in"]
    if tree["field"] == "gender":
        return gender in tree["in"]
    today = day_in(zone, now)
    days = [today + timedelta(days=n) for n in range(tree["from_days"], tree["to_days"] + 1)]
    return birthday is not None and birthday in {day.month * 100 + day.day for day in days}


def _between(value: Decimal, tree: Mapping[str, Any]) -> bool:
    low, high = tree.get("from"), tree.get("to")
    return (low is None or value >= Decimal(low)) and (high is None or value <= Decimal(high))


def _joined(tree: Mapping[str, Any], at: datetime, now: datetime, zone: ZoneInfo) -> bool:
    if "within_days" in tree and at < now - timedelta(days=tree["within_days"]):
        return False
    day = at.astimezone(UTC).astimezone(zone).date().isoformat()
    return bool(tree.get("from", day) <= day <= tree.get("to", day))
