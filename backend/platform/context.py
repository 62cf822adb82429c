"""What every use case needs from the process it runs in."""

from dataclasses import dataclass

from backend.platform.clock import Clock
from backend.platform.mark import NO_MARK, Mark
from backend.platform.outside import SMS_COUNTRIES
from backend.platform.vault import Vault
from backend.platform.wake import Wake


@dataclass(frozen=True, slots=True)
class Context:
    """The first argument of every use case. `wake` tells the relay that something was
    announced; call it after commit."""

    clock: Clock
    vault: Vault
    wake: Wake
    # Where codes may be sent by SMS, the home country first.
    sms_countries: tuple[str, ...] = SMS_COUNTRIES
    # What this process has handed out, kept beside the database.
    mark: Mark = NO_MARK
