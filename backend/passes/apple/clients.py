"""Connections to APNs, one for each pass type, as the settings say it."""

from backend.passes.apple.apns.client import Apns
from backend.passes.apple.apns.way import KeyRefused, ProviderToken, way_to
from backend.passes.apple.settings import apple_passes
from backend.platform.clock import Clock
from backend.platform.settings import Settings, SettingsRefused
from backend.platform.world.apple import read_source


class AppleClients:
    """Raises SettingsRefused for a key that is none. `tells`: False where nobody is to be told."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._passes = apple_passes(settings)
        self._clients: dict[str, Apns] = {}
        self.tells = bool(settings.apns_url)
        for each in self._passes.certificates:
            self._token(each.team)

    def of_type(self, type_: str) -> Apns | None:
        """None: no certificate signs it any more, or none that is still good."""
        if type_ not in self._clients:
            found = self._passes.of_type(type_)
            if found is None or not found.usable(self._clock()):
                return None
            settings = self._settings
            root = read_source(settings.apns_root) if settings.apns_root else b""
            way = way_to(settings.apns_url, found.pem, root, self._token(found.team))
            self._clients[type_] = Apns(way, self._clock)
        return self._clients[type_]

    def _token(self, team: str) -> ProviderToken | None:
        source = self._settings.apns_key.get_secret_value()
        try:
            key_id = self._settings.apns_key_id
            return ProviderToken(read_source(source), key_id, team) if source else None
        except KeyRefused as wrong:
            raise SettingsRefused(f"KARMAN_APNS_KEY: {wrong}") from None

    async def close(self) -> None:
        for client in self._clients.values():
            await client.close()
