"""`karman facades` as the operator types it."""

from pathlib import Path

from tests.cli.test_audit import karman
from tests.support.machine.installed import install


async def test_a_login_is_issued_listed_revoked(tmp_path: Path) -> None:
    home = tmp_path / "data"
    install(home)
    issue = ("facades", "issue", "lukograd")
    code, told = await karman(
        home, *issue, "--kind", "koshelek", "--brand", "lukograd", "--name", "CRM",
        "--callback", "https://crm.lukograd.example/push",
    )  # fmt: skip
    assert code == 0, told
    login, secret = told.splitlines()[:2]
    _, listed = await karman(home, "facades", "list", "lukograd")
    assert listed.startswith(f"{login}  initial  koshelek    lukograd  never used  CRM  → https://")
    assert secret not in listed
    code, told = await karman(home, "facades", "revoke", login)
    assert (code, told.split()[:3]) == (0, [login, "is", "revoked"])
    wrong = {
        ("--kind", "osmi", "--brand", "none"): "brand: the account has no 'none'; it has lukograd",
        ("--kind", "osmi", "--quiet", "ночью"): "quiet: Value error, 'ночью' is no span",
        ("--kind", "osmi", "--callback", "http://127.0.0.1/a"): "webhook_url_refused",
    }
    for options, words in wrong.items():
        code, told = await karman(home, *issue, *options)
        assert code == 1
        assert words in told
    code, told = await karman(home, "facades", "revoke", "nobody")
    assert (code, told) == (
        1, "karman: no login is called nobody; karman facades list shows them\n"
    )  # fmt: skip
    settings = tmp_path / "settings.json"
    settings.write_text('{"templates": {"Gold": {"program": "nothing"}}}')
    code, told = await karman(home, *issue, "--kind", "osmi", "--settings", str(settings))
    assert "templates.Gold: the account has no 'nothing'" in told
