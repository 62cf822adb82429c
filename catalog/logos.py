"""Logos of brands, as the files that were loaded."""

from collections.abc import Iterable

from models.brand import Brand
from models.media import Media


async def logo_of(brand: Brand | None) -> bytes | None:
    """PNG, JPEG or WebP; None without a brand and for one without a logo."""
    return (await logos_of([brand])).get(brand.id) if brand is not None else None


async def logos_of(brands: Iterable[Brand]) -> dict[int, bytes]:
    """Brand id → file, of those that have a logo; one query at most."""
    named = {brand.id: brand.logo_id for brand in brands if brand.logo_id}
    stored = {logo: _kept[logo] for logo in named.values() if logo in _kept}
    if missing := set(named.values()) - stored.keys():
        found = await Media.filter(sha256__in=list(missing))
        fresh = {media.sha256: bytes(media.content) for media in found}
        _keep(fresh)
        stored |= fresh
    return {id_: stored[logo] for id_, logo in named.items() if logo in stored}


# By the hash of the content: what is kept cannot be out of date.
_kept: dict[str, bytes] = {}
_MOST_BYTES = 4 << 20


def _keep(fresh: dict[str, bytes]) -> None:
    if sum(map(len, (_kept | fresh).values())) > _MOST_BYTES:
        _kept.clear()
    if sum(map(len, fresh.values())) <= _MOST_BYTES:
        _kept.update(fresh)
