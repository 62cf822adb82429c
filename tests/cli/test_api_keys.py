"""`karman api-keys` as the operator types it."""

from pathlib import Path

from tests.cli.test_audit import karman
from tests.support.machine.installed import install


async def test_a_key_is_issued_listed_rotated_revoked(tmp_path: Path) -> None:
    home = tmp_path / "data"
    install(home)
    code, told = await karman(
        home, "api-keys", "issue", "lukograd", "--scopes", "brands:read,keys", "--name", "CRM"
    )  # fmt: skip
    assert code == 0, told
    text = told.splitlines()[0]
    public_id = text.split("_")[1]
    _, listed = await karman(home, "api-keys", "list", "lukograd")
    assert listed.startswith(f"{public_id}  good     lukograd  brands:read,keys")
    assert text.split("_")[2] not in listed
    code, rotated = await karman(home, "api-keys", "rotate", public_id, "--overlap", "1")
    assert code == 0
    second = rotated.split("_")[1]
    code, told = await karman(home, "api-keys", "revoke", second)
    assert (code, told.split()[:3]) == (0, [second, "is", "revoked"])
    code, told = await karman(home, "api-keys", "rotate", second)
    assert (code, told) == (
        1, f"karman: {second} was revoked, rotated or has expired: issue another one\n"
    )  # fmt: skip
    code, told = await karman(home, "api-keys", "issue", "nobody", "--scopes", "all")
    assert (code, told) == (1, "karman: no account has the key nobody\n")
