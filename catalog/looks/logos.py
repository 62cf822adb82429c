"""Logos of brands, as the files that were loaded."""

from collections.abc import Iterable

from models.brand import Brand
from models.media import Media


async def stored_logo(sha256: str | None) -> bytes | None:
    """PNG, JPEG or WebP; None without one. Of any kept picture."""
    return (await _stored({sha256})).get(sha256) if sha256 else None


async def logos_of(brands: Iterable[Brand]) -> dict[int, bytes]:
    """Brand id → file, of those that have a logo; one query at most."""
    named = {brand.id: brand.logo_id for brand in brands if brand.logo_id}
    stored = await _stored(set(named.values()))
    return {id_: stored[logo] for id_, logo in named.items() if logo in stored}


async def _stored(logos: set[str]) -> dict[str, bytes]:
    stored = {logo: _kept[logo] for logo in logos if logo in _kept}
    if missing := logos - stored.keys():
        found = await Media.filter(sha256__in=list(missing))
        fresh = {media.sha256: bytes(media.content) for media in found}
        _keep(fresh)
        stored |= fresh
    return stored


# By the hash of the content: what is kept cannot be out of date.
_kept: dict[str, bytes] = {}
_MOST_BYTES = 8 << 20


def _keep(fresh: dict[str, bytes]) -> None:
    if sum(map(len, (_kept | fresh).values())) > _MOST_BYTES:
        _kept.clear()
    if sum(map(len, fresh.values())) <= _MOST_BYTES:
        _kept.update(fresh)
