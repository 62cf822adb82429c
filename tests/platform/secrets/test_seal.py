"""Sealed values open only with their key, unchanged and in their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.platform.secrets.master_key import CannotOpen, new_key, seal, unseal

PLACE = "customer.profile"


@given(st.binary(max_size=2000))
def test_what_was_sealed_opens(plain: bytes) -> None:
    key = new_key()
    assert unseal(key, seal(key, plain, PLACE), PLACE) == plain


@given(st.binary(max_size=50), st.integers(min_value=0))
def test_one_changed_bit_does_not_open(plain: bytes, where: int) -> None:
    key = new_key()
    sealed = bytearray(seal(key, plain, PLACE))
    sealed[where % len(sealed)] ^= 1 << (where % 8)
    with pytest.raises(CannotOpen):
        unseal(key, bytes(sealed), PLACE)


@pytest.mark.parametrize("length", [0, 1, 12, 27])
def test_a_cut_value_does_not_open(length: int) -> None:
    key = new_key()
    with pytest.raises(CannotOpen):
        unseal(key, seal(key, b"", PLACE)[:length], PLACE)


def test_a_sealed_value_cannot_be_moved_to_another_column() -> None:
    key = new_key()
    with pytest.raises(CannotOpen):
        unseal(key, seal(key, b"Anna", PLACE), "contact.phone")


def test_another_key_does_not_open() -> None:
    with pytest.raises(CannotOpen):
        unseal(new_key(), seal(new_key(), b"Anna", PLACE), PLACE)


def test_the_same_words_are_sealed_differently_each_time() -> None:
    key = new_key()
    assert len({seal(key, b"Anna", PLACE) for _ in range(100)}) == 100
