"""kill -9 while a message is accepted and sent: asked the same again, Анна has one."""

import json
import signal

import pytest

from backend.platform.context import Context
from models.facade import FacadeAnswer
from models.message import Delivery, Message
from models.partner_message import MessageState, PartnerMessage
from models.webhook import WebhookDelivery
from tests.messages.conftest import Anna
from tests.messages.people import Shop, facade
from tests.messages.process_killed import asked, sent
from tests.support.edge.notebook import Notebook
from tests.support.machine.processes import start_python

ACCEPTING = (
    "INSERT INTO facade_answers",
    "INSERT INTO partner_messages",
    "INSERT INTO messages",
    "INSERT INTO deliveries",
    "UPDATE partner_messages SET message_id",
    "UPDATE facade_answers",
)
SENDING = (
    "UPDATE deliveries SET state",
    "UPDATE partner_messages SET state",
    "INSERT INTO webhook_deliveries",
)


@pytest.mark.slow
@pytest.mark.sample("postgres-partner_messages")
@pytest.mark.parametrize("statement", [*ACCEPTING, *SENDING], ids=lambda text: text.split()[-1])
async def test_anna_has_one(
    statement: str, database: str, engine: str, ctx: Context, shop: Shop, anna: Anna
) -> None:
    login = (await facade(ctx, shop, callback="http://127.0.0.1:9/hook")).login
    keys = json.dumps({name: key.hex() for name, key in ctx.vault.service.items()})
    process = await start_python(
        "tests.messages.process_killed", database, keys, str(login.id), statement
    )
    _, err = await process.communicate()
    assert process.returncode == -signal.SIGKILL, err.decode()
    before = await FacadeAnswer.all().count()
    assert before == (statement in SENDING), "the answer and what it tells of are one"
    assert await Message.filter(once__startswith="partner:").count() == before
    again = await asked(ctx, login.id)
    assert again.again == bool(before)
    notebook = Notebook()
    await sent(ctx, notebook)
    # It was sent before the process died, or it is sent now; in the middle of a send, once more.
    assert len(notebook.sent) == (statement not in SENDING[1:])
    (row,) = await PartnerMessage.all()
    assert row.state is MessageState.DELIVERED
    assert (await Delivery.get(message_id=row.message_id)).state.value == "delivered"
    assert [json.loads(d.body)["state"] for d in await WebhookDelivery.all()] == ["DELIVERED"]
