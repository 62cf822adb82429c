"""Open the vault at the start of a process: master key, then the wrapped service keys."""

from datetime import datetime

from backend.platform.secrets.key_file import MasterKeyRefused
from backend.platform.secrets.master_key import CannotOpen, MasterKeys, new_key
from backend.platform.secrets.vault import SERVICE_KEYS, Vault
from models.service_key import ServiceKey


async def open_vault(masters: MasterKeys, now: datetime) -> Vault:
    """Make the service keys that are missing and unwrap all.

    Raises MasterKeyRefused when this database belongs to another master key.
    """
    for name in SERVICE_KEYS:
        # bulk_create with ignore_conflicts: of two first starts at once, one wins for both.
        fresh = ServiceKey(name=name, wrapped=masters.wrap(new_key()), created_at=now)
        if not await ServiceKey.exists(name=name):
            await ServiceKey.bulk_create([fresh], ignore_conflicts=True)
    service: dict[str, bytes] = {}
    for row in await ServiceKey.all():
        try:
            service[row.name] = masters.unwrap(row.wrapped)
        except CannotOpen as wrong:
            raise MasterKeyRefused(
                "this is not the key that the database was sealed with; expected the key of the "
                "first start (after a rotation the newest one, during a rotation both)"
            ) from wrong
    return Vault(masters=masters, service=service)
