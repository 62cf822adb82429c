"""The operator opens and closes the address of a connection, and tries it."""

from argparse import Namespace

import pytest

from backend.cli.explain import CannotRun
from backend.cli.main import build_parser
from backend.cli.verbs.partners import hooks
from models.connection import Connection
from models.hook import Hook
from models.refusal import Code, Refusal
from tests.hooks.conftest import House


def typed(*words: str) -> Namespace:
    return build_parser().parse_args(["hooks", *words])


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Without the log, which a process writes elsewhere."""
    return [line for line in capsys.readouterr().out.splitlines() if "[info" not in line]


async def test_open_try_and_close(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    await house.connected("bitrix")
    former = (await Hook.get()).public_id
    printed(capsys)
    await hooks.open_one(typed("open", "lavka", "bitrix"), house.ctx)
    (address,) = printed(capsys)
    assert "/hooks/" in address
    assert (await Hook.get()).public_id != former
    await hooks.check_one(typed("check", "lavka", "bitrix"), house.ctx)
    assert printed(capsys) == ["ok   orders of the shop can be read"]
    house.portal.scopes.clear()
    with pytest.raises(CannotRun, match="1 of these"):
        await hooks.check_one(typed("check", "lavka", "bitrix"), house.ctx)
    await hooks.close_one(typed("close", "lavka", "bitrix"), house.ctx)
    await hooks.close_one(typed("close", "lavka", "bitrix"), house.ctx)
    assert printed(capsys)[-2:] == ["the address is no more", "there was none"]
    with pytest.raises(Refusal) as refused:
        await hooks.open_one(typed("open", "lavka", "nobody"), house.ctx)
    assert refused.value.code is Code.CONNECTION_NOT_FOUND
    await Connection.all().update(vendor="onec")
    with pytest.raises(CannotRun, match="calls nobody"):
        await hooks.open_one(typed("open", "lavka", "bitrix"), house.ctx)
