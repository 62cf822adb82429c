"""Which connections exchange registries: asked often, so that it brings nothing along."""

from models.connection import Connection, ConnectionStatus

VENDOR = "registries"


async def due_connections() -> list[Connection]:
    # of all: one process exchanges everybody's files
    found = Connection.filter(vendor=VENDOR, status=ConnectionStatus.ACTIVE)
    return await found.order_by("id")
