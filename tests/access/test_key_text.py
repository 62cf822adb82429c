"""What a key looks like: found by whoever searches for secrets; a typo is seen without asking."""

import re

from hypothesis import given
from hypothesis import strategies as st

from backend.access.key_text import new_key_text, read_key_text
from backend.platform.ids import BASE62
from backend.platform.watch.redact import redact

FORM = re.compile(r"karman_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}")


def test_a_key_is_read_back_and_told_from_others() -> None:
    made, other = new_key_text(), new_key_text()
    assert FORM.fullmatch(made.text)
    read = read_key_text(made.text)
    assert read == made
    assert read.is_of(made.digest)
    assert not read.is_of(other.digest)
    assert made.secret not in made.digest
    assert made.secret not in repr(made)


def test_a_text_that_was_made_once_is_read_for_ever() -> None:
    """The form is a promise: this is written down as the first version made it."""
    text = "karman_0123456789_" + "A" * 43 + "3Zvv0L"
    read = read_key_text(text)
    assert read is not None
    assert (read.public_id, read.secret, read.text) == ("0123456789", "A" * 43, text)


@given(place=st.integers(0, 65), letter=st.sampled_from(BASE62 + "_- "))
def test_any_one_typo_is_seen(place: int, letter: str) -> None:
    text = new_key_text().text
    slipped = text[:place] + letter + text[place + 1 :]
    assert (read_key_text(slipped) is None) == (slipped != text)


def test_what_is_no_key() -> None:
    text = new_key_text().text
    wrong = ["", "karman_", text[:-1], text + "0", text.upper(), f" {text}", text.replace("_", "-")]
    assert [read_key_text(each) for each in wrong] == [None] * len(wrong)


def test_the_log_shows_which_key_and_never_its_secret() -> None:
    made = new_key_text()
    told = redact(f"asked with {made.text}, twice")
    assert made.public_id in told
    assert made.secret not in told
    assert made.secret not in redact(f"Authorization: Bearer {made.text}")
