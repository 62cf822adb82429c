"""The master key: made once, readable by its owner alone, never part of a message."""

import base64
import multiprocessing
import os
from pathlib import Path

import pytest

from backend.platform.secrets.key_file import (
    FILE_NAME,
    MasterKeyRefused,
    load_or_make_key_file,
    parse_master_key,
)
from backend.platform.secrets.master_key import CannotOpen, MasterKeys, new_key


def test_the_first_start_makes_the_key_and_the_second_finds_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    key, made = load_or_make_key_file(folder)
    assert made
    assert load_or_make_key_file(folder) == (key, False)
    assert (folder / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == [FILE_NAME], "no draft stays behind"


def test_eight_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        answers = pool.map(load_or_make_key_file, [tmp_path / "data"] * 8)
    assert len({key for key, _ in answers}) == 1
    assert [made for _, made in answers].count(True) == 1


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_both_alphabets_of_base64_are_read(encode: object) -> None:
    key = b"\xfb\xff" * 16
    assert callable(encode)
    assert parse_master_key(f" {encode(key).decode()}\n") == key


@pytest.mark.parametrize(
    "text", ["", "short", "a" * 43, "ключ", base64.b64encode(b"x" * 31).decode()]
)
def test_a_wrong_key_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(MasterKeyRefused, match="expected 32 bytes in base64") as refused:
        parse_master_key(text)
    assert not text or text not in str(refused.value)


def test_an_older_master_key_still_unwraps() -> None:
    older, current, data_key = new_key(), new_key(), new_key()
    wrapped = MasterKeys(older).wrap(data_key)
    both = MasterKeys(current, (older,))
    assert both.unwrap(wrapped) == data_key
    assert not both.is_current(wrapped)
    assert both.is_current(both.wrap(data_key))


def test_a_strange_master_key_does_not_unwrap() -> None:
    wrapped = MasterKeys(new_key()).wrap(new_key())
    with pytest.raises(CannotOpen):
        MasterKeys(new_key()).unwrap(wrapped)


def test_keys_are_not_shown_when_printed() -> None:
    key = os.urandom(32)
    shown = repr(MasterKeys(key, (key,)))
    assert repr(key)[2:10] not in shown
    assert key.hex() not in shown
