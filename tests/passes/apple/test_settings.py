"""Whose passes can be signed, as the variables say it."""

from datetime import timedelta
from pathlib import Path

import pytest

from backend.passes.apple.dev_chain import TYPE, dev_files, make_chain
from backend.passes.apple.settings import ApplePasses, apple_passes
from backend.platform.settings import Settings, SettingsRefused
from tests.passes.apple.chain import AT, MADE, chain


def opened(*sources: str, wwdr: str = "", **others: str) -> ApplePasses:
    settings = {"apple_passes": ",".join(sources), "apple_wwdr": wwdr, **others}
    return apple_passes(Settings(base_url="https://karman.example", **settings))  # type: ignore[arg-type]


def test_nothing_set_is_nobodys() -> None:
    assert opened().of_account("lukograd", AT) is None
    assert opened().maker(TYPE) is None


def test_the_folder_of_dev_certs_is_enough(tmp_path: Path) -> None:
    for name, content in dev_files(tmp_path, MADE).items():
        (tmp_path / name).write_bytes(content)
    env = dict(line.split("=", 1) for line in (tmp_path / "env").read_text().splitlines())
    assert all(name.startswith("KARMAN_") for name in env)
    said = {name.removeprefix("KARMAN_").lower(): value for name, value in env.items()}
    found = apple_passes(Settings(base_url="https://karman.example", **said))  # type: ignore[arg-type]
    own = found.of_account("lukograd", AT)
    assert own is not None
    assert own.type == TYPE
    assert found.maker(TYPE) is found.maker(TYPE)
    assert found.web_service == "https://karman.example/wallet/apple"


def test_the_pem_itself_in_the_variable_with_its_lines_escaped() -> None:
    pem = (chain().signer + chain().intermediate).decode().replace("\n", "\\n")
    assert opened(pem).certificates[0].type == TYPE
    assert "PRIVATE" not in repr(Settings(apple_passes=pem))


def test_an_account_has_its_own_type_and_the_others_the_common_one(tmp_path: Path) -> None:
    own, common = make_chain(MADE, type_="pass.example.luk"), chain()
    (tmp_path / "luk.pem").write_bytes(own.signer + own.intermediate)
    (tmp_path / "all.pem").write_bytes(common.signer + common.intermediate)
    found = opened(f"lukograd={tmp_path / 'luk.pem'}", str(tmp_path / "all.pem"))
    types = {}
    for account in ("lukograd", "pryanik"):
        certificate = found.of_account(account, AT)
        assert certificate is not None
        types[account] = certificate.type
    assert types == {"lukograd": "pass.example.luk", "pryanik": TYPE}
    only = opened(f"lukograd={tmp_path / 'luk.pem'}")
    assert only.of_account("pryanik", AT) is None


def test_a_renewed_one_beside_the_old_one_signs(tmp_path: Path) -> None:
    old, new = make_chain(MADE, lasts=timedelta(days=1)), make_chain(MADE)
    for name, each in {"old": old, "new": new}.items():
        (tmp_path / name).write_bytes(each.signer + each.intermediate)
    found = opened(str(tmp_path / "old"), str(tmp_path / "new"))
    renewed = max(found.certificates, key=lambda each: each.ends)
    assert found.of_account("any", AT) is renewed
    assert found.of_type(TYPE) is renewed
    over = opened(str(tmp_path / "old"))
    assert over.of_account("any", AT + timedelta(days=2)) is None
    # Passes that were given are still signed: a phone rather has an old seal than an old balance.
    assert over.maker(TYPE) is not None


def test_what_is_wrong_names_the_variable_and_no_value(tmp_path: Path) -> None:
    other = make_chain(MADE, type_="pass.example.other")
    (tmp_path / "a").write_bytes(other.signer + other.intermediate)
    (tmp_path / "b").write_bytes(chain().signer + chain().intermediate)
    with pytest.raises(SettingsRefused, match="two pass types for all accounts"):
        opened(str(tmp_path / "a"), str(tmp_path / "b"))
    (tmp_path / "c").write_bytes(chain().signer)
    with pytest.raises(SettingsRefused, match=r"KARMAN_APPLE_PASSES for luk: .*WWDR"):
        opened(f"luk={tmp_path / 'c'}")
