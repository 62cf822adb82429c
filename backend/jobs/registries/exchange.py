"""One turn of a connection: take what came, answer what was wrong, give what is due."""

from backend.jobs.registries.give_files import give_files
from backend.jobs.registries.take_files import take_files
from backend.jobs.registries.tell_wrong_lines import tell_wrong_lines
from backend.jobs.registries.work import Hands, Work
from backend.partners.opened import Connections
from backend.partners.registries.exchange import open_place
from backend.partners.registries.settings import Settings
from backend.platform.context import Context
from models.connection import Connection
from models.program import Program


async def exchange(
    ctx: Context, connections: Connections, connection: Connection, hands: Hands
) -> int:
    """How many files were taken, answered and given. Raises NeedsSettings and TryLater."""
    opened = await connections.open(connection)
    assert isinstance(opened.settings, Settings)
    programs = await Program.filter(
        connection_id=connection.id, account_id=connection.account_id
    ).order_by("id")
    named = {each.key: each for each in programs if each.key in opened.settings.programs}
    work = Work(opened.settings, named)
    async with open_place(opened.settings, opened.secrets, opened.way) as place:
        done = await take_files(ctx, work, place, hands)
        done += await tell_wrong_lines(ctx, work, place)
        return done + await give_files(ctx, work, place)
