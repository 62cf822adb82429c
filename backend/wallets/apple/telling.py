"""Apple's devices are told that passes of theirs have a new version; each asks for it then."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from backend.passes.apple.apns.client import Apns
from backend.passes.apple.apns.outcome import Fate, Outcome
from backend.passes.apple.clients import AppleClients
from backend.platform.context import Context
from backend.platform.database import among, rows
from backend.platform.watch.use_case_log import log_of
from backend.wallets.apple.devices import apns_token_of, forget_device
from backend.wallets.untold import REFUSED_REST, mark_told, put_off, rest_after, untold
from models.wallet_pass import WalletKind, WalletPass

BATCH = 500
# Of a type whose pushes do not go through, before the next batch is tried.
_PAUSES = (1.0, 5.0, 15.0, 60.0)
# of all: those who hold the passes in hand
_HOLDERS = """
SELECT r.held_id, d.id, d.apns_token FROM wallet_registrations r
JOIN wallet_devices d ON d.id = r.device_id WHERE r.held_id {among}
"""


@dataclass(slots=True)
class _Holders:
    """Tokens for APNs by pass, and whose they are."""

    tokens: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    devices: dict[str, int] = field(default_factory=dict)


class AppleTelling:
    """`clients` open connections; whoever calls `step` closes them."""

    def __init__(self, ctx: Context, clients: AppleClients) -> None:
        self._ctx, self._clients = ctx, clients
        self._failing: dict[str, int] = defaultdict(int)

    async def step(self) -> tuple[bool, float]:
        """A batch. Whether there may be more at once; and how many seconds to wait before it."""
        claimed = await untold(self._ctx, WalletKind.APPLE, BATCH)
        pause = 0.0
        holders = await self._holders(claimed)
        for issuer, held in _by_issuer(claimed).items():
            pause = max(pause, await self._tell(issuer, held, holders))
        return len(claimed) == BATCH, pause

    async def _holders(self, claimed: Sequence[WalletPass]) -> _Holders:
        found = _Holders()
        ids = [each.id for each in claimed]
        for row in await rows(_HOLDERS.format(among=among(1)), [ids]) if ids else ():
            token = apns_token_of(self._ctx, row["apns_token"])
            found.tokens[row["held_id"]].append(token)
            found.devices[token] = row["id"]
        return found

    async def _tell(self, issuer: str, held: Sequence[WalletPass], holders: _Holders) -> float:
        client = self._clients.of_type(issuer)
        nobody = [each for each in held if each.id not in holders.tokens]
        await mark_told(nobody if self._clients.tells else held)
        awaited = [each for each in held if each.id in holders.tokens]
        if not awaited or not self._clients.tells:
            return 0.0
        if client is None:
            log = log_of(self._ctx, __name__)
            log.error("passes of a type that no certificate signs: nobody is told", type=issuer)
            await put_off([each.id for each in awaited], self._ctx.clock() + REFUSED_REST)
            return 0.0
        return await self._push(client, issuer, awaited, holders)

    async def _push(
        self, client: Apns, issuer: str, held: Sequence[WalletPass], holders: _Holders
    ) -> float:
        tokens = [token for each in held for token in holders.tokens[each.id]]
        outcomes = dict(await client.push_all(issuer, tokens))
        for token, outcome in outcomes.items():
            gone = outcome.fate is Fate.GONE
            if gone and not await forget_device(self._ctx, holders.devices[token], outcome.since):
                outcomes[token] = Outcome(Fate.LATER, outcome.reason)
        await self._settle(held, holders, outcomes)
        return self._pause(issuer, outcomes)

    async def _settle(
        self, held: Sequence[WalletPass], holders: _Holders, outcomes: Mapping[str, Outcome]
    ) -> None:
        now, told = self._ctx.clock(), list[WalletPass]()
        off: dict[datetime, list[int]] = defaultdict(list)
        for each in held:
            fates = {outcomes[token].fate for token in holders.tokens[each.id]}
            if Fate.REFUSED in fates:
                off[now + REFUSED_REST].append(each.id)
            elif Fate.LATER in fates:
                off[now + rest_after(each.failures)].append(each.id)
            else:
                told.append(each)
        await mark_told(told)
        for until, ids in off.items():
            await put_off(ids, until)

    def _pause(self, issuer: str, outcomes: Mapping[str, Outcome]) -> float:
        refused = [each for each in outcomes.values() if each.fate is Fate.REFUSED]
        if refused:
            log = log_of(self._ctx, __name__)
            log.error("APNs takes nothing of this type", type=issuer, reason=refused[0].reason)
        later = [each for each in outcomes.values() if each.fate is Fate.LATER]
        if not refused and len(later) * 2 <= len(outcomes):
            self._failing[issuer] = 0
            return 0.0
        self._failing[issuer] += 1
        return _PAUSES[min(self._failing[issuer], len(_PAUSES)) - 1]


def _by_issuer(claimed: Sequence[WalletPass]) -> Mapping[str, list[WalletPass]]:
    found: dict[str, list[WalletPass]] = defaultdict(list)
    for each in claimed:
        found[each.issuer].append(each)
    return found
