"""The vault on a real database: personal data is sealed, found by a blind index, and gone
when its key is gone."""

import pytest

from backend.platform.secrets.key_file import MasterKeyRefused
from backend.platform.secrets.master_key import CannotOpen, MasterKeys, new_key
from backend.platform.secrets.open_vault import open_vault
from backend.platform.secrets.vault import SERVICE_KEYS, Vault
from models.customer import Customer
from models.service_key import ServiceKey
from tests.support.clock import START

PROFILE = {"name": "Анна", "birth_date": "1990-05-01"}


async def test_annas_profile_is_sealed_in_the_database(database: str, vault: Vault) -> None:
    data_key = vault.new_data_key()
    anna = await Customer.create(
        language="ru",
        created_at=START,
        data_key=data_key,
        profile=vault.seal_json(data_key, PROFILE, "customer.profile"),
    )
    kept = await Customer.get(id=anna.id)
    assert kept.data_key
    assert kept.profile
    assert "Анна".encode() not in kept.profile
    assert vault.open_json(kept.data_key, kept.profile, "customer.profile") == PROFILE
    with pytest.raises(CannotOpen):
        vault.open_json(vault.new_data_key(), kept.profile, "customer.profile")


async def test_a_second_start_opens_the_same_vault(database: str) -> None:
    masters = MasterKeys(new_key())
    first = await open_vault(masters, START)
    second = await open_vault(masters, START)
    assert first.service == second.service
    assert await ServiceKey.all().count() == len(SERVICE_KEYS)


async def test_another_master_key_is_refused_in_words(database: str) -> None:
    await open_vault(MasterKeys(new_key()), START)
    with pytest.raises(MasterKeyRefused, match="not the key that the database was sealed with"):
        await open_vault(MasterKeys(new_key()), START)


def test_a_phone_is_found_without_being_readable(vault: Vault) -> None:
    index = vault.blind_index("phone", "+79161234567")
    assert index == vault.blind_index("phone", "+79161234567")
    assert index != vault.blind_index("email", "+79161234567")
    assert len(index) == 64
    assert "9161234567" not in index


def test_a_signature_holds_for_its_text_alone(vault: Vault) -> None:
    signature = vault.sign("brand=5")
    assert vault.signed("brand=5", signature)
    assert not vault.signed("brand=6", signature)


def test_a_vault_shows_no_key(vault: Vault) -> None:
    assert repr(vault) == "Vault(…)"
