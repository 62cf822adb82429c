"""The operator says at the command line where letters about an account go."""

from argparse import Namespace

import pytest

from backend.cli.explain import CannotRun
from backend.cli.main import build_parser
from backend.cli.verbs.brands import brands
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from models.account import Account
from models.audit_entry import AuditEntry
from tests.support.factory.brands import make_account

pytestmark = pytest.mark.usefixtures("database")


def typed(*words: str) -> Namespace:
    return build_parser().parse_args(["brands", "contact", *words])


async def test_entered_taken_away_and_mistyped(
    ctx: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    operator = ctx.acting(OPERATOR, CLI)
    account = await make_account("lavka")
    for _ in range(2):
        await brands.contact(typed("lavka", "it@lavka.example"), operator)
    assert (await Account.get()).contact_email == "it@lavka.example"
    entry = await AuditEntry.get()
    assert (entry.verb, entry.account_id) == ("save_account", account.id)
    assert entry.after == {"contact_email": "it@lavka.example"}
    await brands.contact(typed("lavka", "none"), operator)
    assert (await Account.get()).contact_email == ""
    assert capsys.readouterr().out.endswith("letters about lavka go to nobody\n")
    with pytest.raises(CannotRun, match="is no address"):
        await brands.contact(typed("lavka", "it@lavka"), operator)
    with pytest.raises(CannotRun, match="no account has the key vasilek"):
        await brands.contact(typed("vasilek", "none"), operator)
