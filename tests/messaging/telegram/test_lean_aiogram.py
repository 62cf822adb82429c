"""Whatever of aiogram is built late can be built: every type, every method, every answer."""

from tests.support.machine.processes import finish, start_python


async def test_everything_of_the_bot_api_can_be_built_late() -> None:
    out = await finish(await start_python("tests.messaging.telegram.process_lean_aiogram"))
    late, built = out.split()
    assert int(late) > 400
    assert int(built) > 500
