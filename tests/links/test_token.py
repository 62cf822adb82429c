"""What stands behind /l/."""

from hypothesis import given
from hypothesis import strategies as st

from backend.links.token import link_token, read_token
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.vault import SERVICE_KEYS, Vault

IDS = st.integers(1, 2**63 - 1)


def _vault(fill: int) -> Vault:
    key = bytes([fill]) * 32
    return Vault(MasterKeys(key), dict.fromkeys(SERVICE_KEYS, key))


OURS, OTHER = _vault(1), _vault(2)


@given(IDS, IDS)
def test_a_token_says_its_ids_and_nothing_else_does(link: int, message: int) -> None:
    token = link_token(OURS, link, message)
    assert token.isalnum()
    assert token.isascii()
    assert read_token(OURS, token) == (link, message)
    assert read_token(OTHER, token) is None
    for at in range(len(token)):
        for digit in "0aZ9":
            forged = token[:at] + digit + token[at + 1 :]
            assert forged == token or read_token(OURS, forged) is None


@given(st.text(max_size=40))
def test_no_other_text_is_one(text: str) -> None:
    assert read_token(OURS, text) is None


def test_it_is_short() -> None:
    assert len(link_token(OURS, 4000, 12_000_000)) == 16
    assert len(link_token(OURS, 1, 1)) == 11
    assert read_token(OURS, "1" + "0" * 9) is None
