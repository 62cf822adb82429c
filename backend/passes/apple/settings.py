"""Open Apple Wallet from the settings: whose passes can be signed, by which certificate."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from backend.passes.apple.certificates import (
    CertificateRefused,
    PassCertificate,
    Standing,
    read_certificate,
)
from backend.passes.apple.maker import PassMaker
from backend.passes.apple.pass_json import Issuer
from backend.platform.settings import Settings, SettingsRefused
from backend.platform.watch.log import get_log
from backend.platform.world.apple import Source, parse_sources, read_source

# Below it devices ask for what is new; they put /v1 behind it.
PATH = "/wallet/apple"
log = get_log(__name__)


@dataclass(frozen=True)
class ApplePasses:
    """`certificates`: of those for the same account the one that ends last signs."""

    certificates: tuple[PassCertificate, ...] = ()
    web_service: str = ""
    _makers: dict[str, PassMaker] = field(default_factory=dict, repr=False)

    def of_account(self, key: str, now: datetime) -> PassCertificate | None:
        """What signs an account's new passes; None: it has no cards in Apple Wallet."""
        usable = [each for each in self.certificates if each.usable(now)]
        own = [each for each in usable if each.account == key]
        return max(
            own or [each for each in usable if not each.account],
            key=lambda each: each.ends, default=None,
        )  # fmt: skip

    def of_type(self, type_: str) -> PassCertificate | None:
        """What signs passes that bear the type; a pass keeps its type for ever."""
        fitting = [each for each in self.certificates if each.type == type_]
        return max(fitting, key=lambda each: each.ends, default=None)

    def maker(self, type_: str) -> PassMaker | None:
        known = self._makers.get(type_)
        if known is None and (found := self.of_type(type_)) is not None:
            issuer = Issuer(found.type, found.team, self.web_service)
            known = self._makers[type_] = PassMaker(issuer, found.signer)
        return known

    def warn(self, now: datetime) -> None:
        """A line of the log for each that is over or soon will be."""
        for each in self.certificates:
            standing = each.standing(now)
            if standing is not Standing.GOOD:
                log.warning(
                    "a certificate of Apple Wallet wants to be renewed",
                    type=each.type, standing=standing.value, ends=each.ends.date().isoformat(),
                )  # fmt: skip


def apple_passes(settings: Settings) -> ApplePasses:
    """Read once for all who ask. Without any certificate nobody has passes. Raises
    SettingsRefused."""
    return _opened(
        settings.apple_passes.get_secret_value(),
        settings.apple_password.get_secret_value(),
        settings.apple_wwdr,
        settings.base_url,
    )


@lru_cache(4)
def _opened(sources: str, password: str, wwdr: str, base_url: str) -> ApplePasses:
    found = tuple(_read(each, password, wwdr) for each in parse_sources(sources))
    for one in found:
        if any(each.account == one.account and each.type != one.type for each in found):
            whose = f"the account {one.account}" if one.account else "all accounts"
            raise SettingsRefused(f"KARMAN_APPLE_PASSES: two pass types for {whose}; expected one")
    return ApplePasses(found, base_url + PATH)


def _read(source: Source, password: str, wwdr: str) -> PassCertificate:
    try:
        others = read_source(wwdr) if wwdr else b""
        return read_certificate(read_source(source.where), others, password, source.account)
    except (CertificateRefused, ValueError) as wrong:
        whose = f" for {source.account}" if source.account else ""
        raise SettingsRefused(f"KARMAN_APPLE_PASSES{whose}: {wrong}") from None
