"""Whether anybody shares a folder with their 1С: asked before all that reads one is loaded."""

from models.connection import Connection, ConnectionStatus


async def has_folders() -> bool:
    # of all: the worker serves every account
    there = Connection.filter(vendor="onec", status=ConnectionStatus.ACTIVE)
    return bool(await there.exists())
