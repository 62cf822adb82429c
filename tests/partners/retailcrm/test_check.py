"""A connection is tried for real, and what is wrong is said in plain words."""

import pytest
from pydantic import SecretStr, ValidationError

from backend.partners.retailcrm.check import check
from backend.partners.retailcrm.settings import Secrets, Settings
from tests.partners.faults import BEFORE, Fault
from tests.partners.retailcrm.conftest import House
from tests.partners.retailcrm.double import KEY


async def found(house: House, key: str = KEY, **more: object) -> list[tuple[bool, str]]:
    told = check(house.settings(**more), Secrets(api_key=SecretStr(key)), house.way)
    return [(each.good, each.what) async for each in told]


async def test_all_is_well(house: House) -> None:
    assert [good for good, _ in await found(house)] == [True, True, True]
    assert house.crm.writes == []


async def test_what_is_wrong_is_named(house: House) -> None:
    assert await found(house, "x" * 20) == [
        (False, "there is no such account, or the key is refused (403)")
    ]
    assert (False, "the key does not see the shop nowhere") in await found(house, site="nowhere")
    assert (False, "there is no loyalty program 4") in await found(house, loyalty=4)
    house.crm.sms = True
    assert any("SMS" in what for good, what in await found(house) if not good)
    house.crm.faults.next(BEFORE, Fault.ERROR_500)
    assert await found(house) == [(False, "RetailCRM answered 500")]


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"url": "lavka.retailcrm.ru"}, "url"),
        ({"timezone": "Moscow"}, "timezone"),
        ({"loyalty": 0}, "loyalty"),
        ({"phone_spellings": ["+8"]}, "phone_spellings"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_wrong_settings_name_the_field(wrong: dict[str, object], where: str) -> None:
    good = {"url": "https://lavka.retailcrm.ru", "site": "lavka", "loyalty": 3}
    Settings.model_validate(good)
    with pytest.raises(ValidationError) as told:
        Settings.model_validate(good | wrong)
    assert told.value.errors()[0]["loc"][0] == where
