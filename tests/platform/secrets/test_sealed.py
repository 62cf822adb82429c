"""What is sealed for Анна opens for her, at its own place, until her data is deleted."""

import pytest

from backend.platform.context import Context
from backend.platform.secrets.master_key import CannotOpen
from backend.platform.secrets.vault import Sealed
from models.customer import Customer

NOTE = Sealed("wallet.own")


@pytest.fixture
def anna(ctx: Context) -> Customer:
    return Customer(language="ru", data_key=ctx.vault.new_data_key(), created_at=ctx.clock())


def test_values_and_pictures(ctx: Context, anna: Customer) -> None:
    assert NOTE.open(ctx, anna, NOTE.seal(ctx, anna, {"note": "вход со двора"})) == {
        "note": "вход со двора"
    }
    assert NOTE.open_bytes(ctx, anna, NOTE.seal_bytes(ctx, anna, b"\xff\xd8")) == b"\xff\xd8"


def test_nothing_sealed_is_none(ctx: Context, anna: Customer) -> None:
    assert NOTE.open(ctx, anna, None) is None
    assert NOTE.open_bytes(ctx, anna, None) is None


def test_a_value_copied_to_another_place_or_person_does_not_open(
    ctx: Context, anna: Customer
) -> None:
    sealed = NOTE.seal(ctx, anna, "вход со двора")
    with pytest.raises(CannotOpen):
        Sealed("wallet.photo").open(ctx, anna, sealed)
    boris = Customer(language="ru", data_key=ctx.vault.new_data_key(), created_at=ctx.clock())
    with pytest.raises(CannotOpen):
        NOTE.open(ctx, boris, sealed)


def test_a_deleted_person_has_nothing_and_keeps_nothing(ctx: Context, anna: Customer) -> None:
    sealed, picture = NOTE.seal(ctx, anna, "x"), NOTE.seal_bytes(ctx, anna, b"x")
    anna.data_key = None
    assert NOTE.open(ctx, anna, sealed) is None
    assert NOTE.open_bytes(ctx, anna, picture) is None
    with pytest.raises(AssertionError, match="deleted"):
        NOTE.seal(ctx, anna, "x")
    with pytest.raises(AssertionError, match="deleted"):
        NOTE.seal_bytes(ctx, anna, b"x")
